"""Whether a deal lasts, wherever it stands: a graph model in a file, or the package of a consultation."""

from __future__ import annotations

from typing import Final

import numpy as np

from tashawur.consult.consultation import Consultation
from tashawur.durability.answers import durability
from tashawur.durability.examined import ExaminedModel, ExaminedPackage
from tashawur.durability.leaving import leaving, unguaranteed
from tashawur.durability.model_files import model_of, no_model
from tashawur.durability.package import deal
from tashawur.durability.stability import stability
from tashawur.node.cases import consultation, folder_of
from tashawur.settle.formats.places import At
from tashawur.store.scenarios import scenario_files

SEED: Final = 20_250_218
"""What the samples are drawn from, so that the same file gives the same answer."""


def examined(source: str) -> ExaminedModel | ExaminedPackage:
    """What lasts of what stands at `source`: a file with a graph model, or a consultation.

    Raises:
        ScenarioFileError: the file cannot be read, or holds a mistake or no model.
        NoPlanToLeaveError, TooManySidesError: the consultation holds no plan of several sides, or of too many.
        UnknownPairsError: as `durability` does.
        UnreadableError, MistakesError: as the store does for consultations.
    """
    path = folder_of(source)
    chance = np.random.default_rng(SEED)
    if path.is_dir():
        return _package(consultation(source), chance)
    files = scenario_files(path)
    if len(files) != 1:
        raise no_model(At(source))
    file = model_of(files[0])
    return ExaminedModel(file, durability(file.model, chance))


def _package(case: Consultation, chance: np.random.Generator) -> ExaminedPackage:
    found = deal(case)
    lasting = durability(found.model, chance, found.sampler(), only=found.agreed)
    held = stability(found.model)
    alone = unguaranteed(found)
    return ExaminedPackage(case, found, lasting, leaving(found, held), leaving(alone, held) if alone else None)
