"""What the document is: header, legal bases, sections, closing."""
