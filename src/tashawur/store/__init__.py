"""Keeps a consultation: today as a folder of YAML files."""
