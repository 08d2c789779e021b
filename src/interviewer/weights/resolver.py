"""The order in which places are tried, and the work that the later ones need."""

import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

from interviewer.errors import InputError
from interviewer.locks import alone
from interviewer.paths import PRIVATE_DIRECTORY
from interviewer.weights.assets import Asset, WeightFile
from interviewer.weights.cache import UnusableError, fetch, join, set_aside, writing
from interviewer.weights.places import Place, check, in_carriers, in_directory
from interviewer.weights.refusals import Refusals
from interviewer.weights.stamps import Stamps
from interviewer.weights.status import FileCheck, Where

_log = logging.getLogger(__name__)

Progress = Callable[[float], None]
"""Told the share of a model's bytes that is there, 0 to 1."""


class Resolver:
    """Tries an explicit directory, the cache, an installed carrier, the network, in this order.

    Args:
        home: The cache, one directory per model.
        explicit: A directory with one sub-directory per model, or None.
        stamps: Remembered hashes.
        timeout: Seconds without a byte after which a download counts as stalled.
    """

    def __init__(self, home: Path, explicit: Path | None, stamps: Stamps, timeout: float) -> None:
        self._home = home
        self._explicit = explicit
        self._stamps = stamps
        self._timeout = timeout

    def places(self, asset: Asset) -> Iterator[Place]:
        """Where the model's files may lie on this computer, in the order of preference.

        Args:
            asset: The model.

        Yields:
            Each place; some or all files may be missing there.

        Raises:
            InputError: The explicit directory is none.
        """
        if not asset.bundled:
            if self._explicit is not None:
                _require_directory(self._explicit)
                yield in_directory(asset, Where.EXPLICIT, self._explicit / asset.name)
            yield in_directory(asset, Where.CACHE, self._home / asset.name)
        carriers = in_carriers(asset)
        if carriers is not None:
            yield carriers

    def resolve(self, asset: Asset, progress: Progress, *, network: bool) -> Path:
        """Find a model's directory, joining or fetching its files if need be.

        Args:
            asset: The model.
            progress: Told the share that is there, 0 to 1, while files are joined or fetched.
            network: Whether downloading is allowed.

        Raises:
            InputError: The explicit directory is none.
            ModelMissingError: The model is neither here nor to be had.
            CannotDoError: The cache is needed and cannot be written.
        """
        refusals = Refusals(asset, network=network)
        found = self._ready(asset, refusals)
        if found is None and not asset.bundled and (network or in_carriers(asset)):
            found = self._fill(asset, refusals, progress, network=network)
        if found is None:
            raise refusals.error()
        return found

    def _ready(self, asset: Asset, refusals: Refusals) -> Path | None:
        """The first intact directory that needs no work."""
        for place in self.places(asset):
            directory = place.directory(asset)
            if directory is None and (place.where is not Where.EXPLICIT or not place.paths):
                continue
            checks = (check(file, place, self._stamps) for file in asset.files)
            damaged = next((found for found in checks if not found.intact), None)
            if damaged is None:
                return directory
            refusals.damaged(place, damaged)
            if place.where is Where.CACHE:
                self._clean(asset)
        return None

    def _clean(self, asset: Asset) -> None:
        """Set aside what is damaged in the cache."""
        try:
            with self._lock(asset):
                for file in asset.files:
                    self._set_aside_if_damaged(asset, file)
        except OSError as error:
            _log.warning("a damaged copy of %s could not be set aside: %s", asset.name, error)

    def _set_aside_if_damaged(self, asset: Asset, file: WeightFile) -> bool:
        """Whether the file is intact in the cache; if damaged, it is no longer there after."""
        place = in_directory(asset, Where.CACHE, self._home / asset.name)
        found = check(file, place, self._stamps)
        if found.path is not None and found.problem is not None:
            set_aside(found.path, found.problem)
        return found.intact

    def _fill(
        self, asset: Asset, refusals: Refusals, progress: Progress, *, network: bool
    ) -> Path | None:
        """Bring into the cache what is not intact there."""
        directory = self._home / asset.name
        with writing(directory):
            _make(directory)
            with self._lock(asset):
                done = 0
                for file in asset.files:
                    intact = self._set_aside_if_damaged(asset, file)
                    if not intact and not self._obtain(
                        asset, file, refusals, _from(done, asset, progress), network=network
                    ):
                        return None
                    done += file.size
        return directory

    def _obtain(
        self,
        asset: Asset,
        file: WeightFile,
        refusals: Refusals,
        progress: Callable[[int], None],
        *,
        network: bool,
    ) -> bool:
        target = self._home / asset.name / file.name
        carriers = in_carriers(asset)
        if carriers is not None and file.name in carriers.paths:
            try:
                join(carriers.paths[file.name], file, target, self._stamps, progress)
            except UnusableError as error:
                refusals.damaged(carriers, FileCheck(file.name, target, str(error)))
            else:
                return True
        if not network:
            return False
        try:
            fetch(file, target, self._stamps, timeout=self._timeout, progress=progress)
        except UnusableError as error:
            refusals.not_fetched(str(error))
            return False
        return True

    def _lock(self, asset: Asset) -> AbstractContextManager[None]:
        return alone(_make(self._home / ".locks") / asset.name)


def _make(directory: Path) -> Path:
    """Create a private directory; its errors are told apart by who asked for it."""
    directory.mkdir(mode=PRIVATE_DIRECTORY, parents=True, exist_ok=True)
    return directory


def _require_directory(explicit: Path) -> None:
    try:
        there = explicit.is_dir()
    except OSError:  # such as a parent that may not be entered
        there = False
    if not there:
        raise InputError(
            f"INTERVIEWER_WEIGHTS names {explicit}, which is not a directory.",
            "Correct it or unset it.",
        )


def _from(done: int, asset: Asset, progress: Progress) -> Callable[[int], None]:
    """Count a file's bytes on top of those of the files before it."""
    return lambda bytes_of_file: progress((done + bytes_of_file) / asset.size)
