"""What a node answers over HTTP: so far the three questions of other nodes. It reads within bounds and answers."""
