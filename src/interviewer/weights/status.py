"""What the registry reports about a model."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Where(StrEnum):
    """The kind of place a model is taken from."""

    EXPLICIT = "explicit"
    CACHE = "cache"
    CARRIER = "carrier"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class ModelStatus:
    """One line of the list of models.

    Attributes:
        name: The model.
        version: The maker's version.
        licence: SPDX identifier.
        purpose: What it is for.
        size: Bytes of all its files.
        where: The place it would be taken from now.
        path: What would be handed to its library; for a carrier in pieces, the carrier's
            directory. None where it is missing.
        intact: Whether size and hash are right; None where it was not hashed yet, or is missing.
    """

    name: str
    version: str
    licence: str
    purpose: str
    size: int
    where: Where
    path: Path | None
    intact: bool | None


@dataclass(frozen=True, slots=True)
class FileCheck:
    """One file, read and compared with the registry.

    Attributes:
        name: The file's name.
        path: The file, or its first piece; None where it is missing.
        problem: What is wrong, as a clause such as "has 3 bytes instead of 7"; None if nothing.
    """

    name: str
    path: Path | None
    problem: str | None

    @property
    def intact(self) -> bool:
        """Whether nothing is wrong."""
        return self.problem is None


@dataclass(frozen=True, slots=True)
class Verification:
    """A model, read and compared with the registry.

    Attributes:
        name: The model.
        where: The place that was read.
        path: That place; None where the model is missing.
        files: One check per file; empty where the model is missing.
    """

    name: str
    where: Where
    path: Path | None
    files: tuple[FileCheck, ...]

    @property
    def intact(self) -> bool | None:
        """Whether all files are as the registry says; None where the model is missing."""
        if self.where is Where.MISSING:
            return None
        return all(check.intact for check in self.files)
