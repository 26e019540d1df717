"""The archivist's desk: the server of the review page."""
