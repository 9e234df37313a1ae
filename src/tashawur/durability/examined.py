"""What was examined, with everything that is told of it."""

from __future__ import annotations

from dataclasses import dataclass

from tashawur.consult.consultation import Consultation
from tashawur.durability.answers import Durability
from tashawur.durability.leaving import Leaving
from tashawur.durability.model_files import ModelFile
from tashawur.durability.package import Deal


@dataclass(frozen=True, slots=True)
class ExaminedModel:
    """A graph model, and what lasts in it."""

    file: ModelFile
    found: Durability


@dataclass(frozen=True, slots=True)
class ExaminedPackage:
    """The package of a consultation, who gains by leaving it, and who would without the host's guarantee."""

    consultation: Consultation
    deal: Deal
    found: Durability
    leaving: Leaving
    without: Leaving | None
