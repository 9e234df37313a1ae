"""The words that rows point at: spans of a text that is given by its path and never kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from tashawur.consult.consultation import Consultation
from tashawur.consult.mechanism import Origin
from tashawur.terms.errors import UnreadableError, WrongTextError
from tashawur.terms.phrases import N_


def texts_by_digest(consultation: Consultation, given: Iterable[tuple[str, bytes]]) -> dict[str, str]:
    """The decoded texts, by the digest of their documents; `given` are names and bytes of files.

    Raises:
        WrongTextError: a file is none of the documents of the consultation.
        UnreadableError: it is one of them, and its bytes are no UTF-8 text.
    """
    known = {document.sha256 for document in consultation.case.documents}
    found: dict[str, str] = {}
    for place, data in given:
        digest = hashlib.sha256(data).hexdigest()
        if digest not in known:
            raise WrongTextError(place, known)
        try:
            found[digest] = data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise UnreadableError(place=place, why=N_("it is no UTF-8 text")) from error
    return found


def words_of(origin: Origin, texts: Mapping[str, str]) -> str | None:
    """The words of the span, exactly as they stand; None where the text was not given."""
    text = texts.get(origin.document or "")
    return None if text is None else text[origin.start : origin.end]
