"""Other programs' scenarios: from the bytes of their files to values, and back."""

from __future__ import annotations

from typing import Final

CASE: Final = "case"
TARGETS: Final = ("genius", "geniusweb", "negmas", "negmas-json", "negolog", "csv", CASE)
"""What a scenario can be converted to: other programs' formats, and the folder of a consultation."""
