"""The places on this computer where a model's files may lie, and whether they are intact there."""

import importlib.util
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from interviewer.weights.assets import Asset, Part, WeightFile
from interviewer.weights.stamps import Stamps, sha256_of
from interviewer.weights.status import FileCheck, Where

_log = logging.getLogger(__name__)
WRONG_HASH = "does not match its SHA-256"


@dataclass(frozen=True, slots=True)
class Place:
    """A model's files in one place, some of them perhaps missing.

    Attributes:
        where: The kind of place.
        root: Its directory.
        paths: File name to the file, or to its pieces in order; missing files are left out.
    """

    where: Where
    root: Path
    paths: Mapping[str, tuple[Path, ...]]

    def complete(self, asset: Asset) -> bool:
        """Whether every file is there, intact or not."""
        return all(file.name in self.paths for file in asset.files)

    def directory(self, asset: Asset) -> Path | None:
        """The one directory that holds all files under their names; None if there is none."""
        parents: set[Path] = set()
        for file in asset.files:
            match self.paths.get(file.name):
                case (path,) if path.name == file.name:
                    parents.add(path.parent)
                case _:
                    return None
        return parents.pop() if len(parents) == 1 else None


def in_directory(asset: Asset, where: Where, root: Path) -> Place:
    """Look for a model's files directly in a directory.

    Args:
        asset: The model.
        where: What kind of place the directory is.
        root: The directory; it need not exist.
    """
    paths = {file.name: (root / file.name,) for file in asset.files}
    return Place(where, root, {name: found for name, found in paths.items() if _is_file(found[0])})


def in_carriers(asset: Asset) -> Place | None:
    """Look for a model's files in the installed packages that carry them.

    Args:
        asset: The model.

    Returns:
        What is installed; None where no carrier is.
    """
    paths: dict[str, tuple[Path, ...]] = {}
    for file in asset.files:
        found = [_in_package(part) for part in file.parts]
        pieces = tuple(path for path in found if path is not None)
        if pieces and len(pieces) == len(found):
            paths[file.name] = pieces
    if not paths:
        return None
    return Place(Where.CARRIER, next(iter(paths.values()))[0].parent, paths)


def check(file: WeightFile, place: Place, stamps: Stamps, *, fresh: bool = False) -> FileCheck:
    """Compare one file with the registry.

    Args:
        file: What it should be.
        place: Where it is.
        stamps: Remembered hashes.
        fresh: Read the file even if its hash is remembered.
    """
    paths = place.paths.get(file.name)
    if paths is None:
        return FileCheck(file.name, None, "is missing")
    problem = size_problem(file, paths)
    if problem is None:
        try:
            whole = len(paths) == 1
            digest = stamps.digest(paths[0], fresh=fresh) if whole else sha256_of(paths)
            problem = None if digest == file.sha256 else WRONG_HASH
        except OSError as error:
            problem = _unreadable(error)
    return FileCheck(file.name, paths[0], problem)


def glance(file: WeightFile, place: Place, stamps: Stamps) -> bool | None:
    """Compare one file with the registry without reading it.

    Args:
        file: What it should be.
        place: Where it is.
        stamps: Remembered hashes.

    Returns:
        Whether it is intact; None if only its hash could tell and that is not known.
    """
    paths = place.paths.get(file.name)
    if paths is None:
        return False
    if size_problem(file, paths) is not None:
        return False
    digest = stamps.known(paths[0]) if len(paths) == 1 else None
    return None if digest is None else digest == file.sha256


def size_problem(file: WeightFile, paths: tuple[Path, ...]) -> str | None:
    """What is wrong with a file as far as its size tells, as a clause.

    Args:
        file: What it should be.
        paths: The file, or its pieces.
    """
    try:
        size = sum(path.stat().st_size for path in paths)
    except OSError as error:
        return _unreadable(error)
    return None if size == file.size else f"has {size:,} bytes instead of {file.size:,}"


def _unreadable(error: OSError) -> str:
    return f"cannot be read ({error.strerror or error})"


def _in_package(part: Part) -> Path | None:
    """Find a carried file without running the package's code."""
    try:
        # A top-level name: its finders run, the package itself does not.
        spec = importlib.util.find_spec(part.package)
    except (ImportError, ValueError) as error:
        _log.info("the package %s cannot be looked up: %s", part.package, error)
        return None
    roots = spec.submodule_search_locations if spec else None
    for root in roots or ():
        path = Path(root) / part.path
        if _is_file(path):
            return path
    return None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # such as a directory that may not be entered
        return False
