"""Tashawur: a consultation mechanism that sides who distrust each other can run between them."""

__version__ = "0.1.0"
