"""The words that rows point at: spans of a text that is given by its path and never kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping

from tashawur.consult.consultation import Consultation
from tashawur.consult.mechanism import Origin
from tashawur.terms.errors import WrongTextError

Read = Callable[[str, bytes], str]
"""The text that the bytes of a file of some name hold."""


def texts_by_digest(consultation: Consultation, given: Iterable[tuple[str, bytes]], read: Read) -> dict[str, str]:
    """The texts by the digest of their documents; `given` are names and bytes of files, which `read` reads.

    Raises:
        WrongTextError: a file is none of the documents of the consultation.
    """
    known = {document.sha256 for document in consultation.case.documents}
    found: dict[str, str] = {}
    for place, data in given:
        digest = hashlib.sha256(data).hexdigest()
        if digest not in known:
            raise WrongTextError(place, known)
        found[digest] = read(place, data)
    return found


def words_of(origin: Origin, texts: Mapping[str, str]) -> str | None:
    """The words of the span, exactly as they stand; None where the text was not given."""
    text = texts.get(origin.document or "")
    return None if text is None else text[origin.start : origin.end]
