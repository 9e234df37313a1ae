"""One side's node: a small module for each thing it does, joining what it keeps with what it knows."""
