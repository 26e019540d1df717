"""Full-text search over the documents of a batch, with and without diacritics.

    words -> query -> expression, spans
    card, filters; store -> update
    expression, filters, patience -> candidates
    all of them -> index

The index, ``search.sqlite``, is derived data: it can be deleted at any time and is built anew.
"""
