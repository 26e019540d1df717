"""A folder of documents: which files, in which processes, what was done, and what came of it."""
