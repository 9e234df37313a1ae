"""The shared words: identifiers, texts in several languages, and the error tree."""
