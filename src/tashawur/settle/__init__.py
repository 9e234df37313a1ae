"""Packages that every side can accept: exact search, solutions, rules; other programs' scenarios in `formats`."""
