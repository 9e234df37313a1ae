"""Communiqués into attributed statements with exact spans. Pure: texts and lexicons in, proposals out."""
