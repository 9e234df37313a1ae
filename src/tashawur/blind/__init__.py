"""Settling between the sides' own nodes, in which neither shows what it would accept."""
