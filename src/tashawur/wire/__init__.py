"""How records travel between nodes: messages in, messages out, over a line, in a file, in a mail or on paper.

Whoever carries them can hold them back, and cannot change them. No file, no network, no clock; chance is an argument.
"""
