"""What was signed, by whom, and what is confirmed by all: bytes in, verdicts out. No file, no network, no clock.

A signature claims one thing: that the holder of this key said these exact bytes, for the side whose feed they stand
in, knowing the entries that they name, and nothing about the law, the hour or the truth of what they say.
"""
