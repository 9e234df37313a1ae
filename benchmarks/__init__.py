"""Measurements: python3 run.py bench."""
