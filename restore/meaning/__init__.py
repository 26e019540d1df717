"""What a document means: whom and what it names, who must do what by when, what a records clerk would ask about."""
