"""Keeps a consultation as a folder of YAML files, and the record of one in a journal."""
