"""What we know: letters, syllables, dictionaries, the channel and the language model."""
