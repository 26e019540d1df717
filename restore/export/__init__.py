"""A document in the forms that other people and systems take: text, Markdown, DOCX, tables, archival metadata.

    Document -> layout -> plain, markdown, docx
             -> records -> spreadsheets (CSV, XLSX)
             -> tt05 -> spreadsheets, ead

Everything is made from the ``Document`` alone, and the same document gives the same bytes.
"""
