"""A document in the forms that other people and systems take: text, Markdown, DOCX, tables, archival metadata.

    Document -> layout -> plain, markdown, docx
             -> records -> spreadsheets (CSV, XLSX)
             -> tt05 -> spreadsheets, ead
    text, edits, Seen -> words -> sheets -> alto, page_xml, hocr

The upper ones are made from the ``Document`` alone, the lower ones from where its words stand on their pages; the same results
give the same bytes.
"""
