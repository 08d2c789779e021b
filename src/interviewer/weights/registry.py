"""Where a model is: found, joined or fetched, and always checked."""

import logging
import os
from collections.abc import Sequence
from pathlib import Path

from interviewer.errors import CannotDoError, InputError, ModelMissingError
from interviewer.paths import weights_home
from interviewer.weights.assets import Asset
from interviewer.weights.catalogue import ASSETS, WHISPER_BASE, WHISPER_TINY
from interviewer.weights.places import Place, check, glance
from interviewer.weights.resolver import Progress, Resolver
from interviewer.weights.stamps import Stamps
from interviewer.weights.status import ModelStatus, Verification, Where

_log = logging.getLogger(__name__)


def _quiet(share: float) -> None:
    """Tell nobody."""


class Weights:
    """Finds models: an explicit directory, the cache, an installed carrier, the network.

    Args:
        assets: The models to know.
        home: The cache, one directory per model; `paths.weights_home()` unless given.
        explicit: A directory with one sub-directory per model that comes before the cache;
            `INTERVIEWER_WEIGHTS` unless given.
        offline: Whether the network is forbidden; `INTERVIEWER_OFFLINE` unless given.
        timeout: Seconds without a byte after which a download counts as stalled.
    """

    def __init__(
        self,
        assets: Sequence[Asset] = ASSETS,
        home: Path | None = None,
        *,
        explicit: Path | None = None,
        offline: bool | None = None,
        timeout: float = 30.0,
    ) -> None:
        named = os.environ.get("INTERVIEWER_WEIGHTS", "")
        if explicit is None and named:
            explicit = Path(named).expanduser()
        switched_off = os.environ.get("INTERVIEWER_OFFLINE", "") not in {"", "0"}
        cache = weights_home() if home is None else home
        self._assets = {asset.name: asset for asset in assets}
        self._offline = switched_off if offline is None else offline
        self._stamps = Stamps(cache / ".stamps")
        self._resolver = Resolver(cache, explicit, self._stamps, timeout)

    def names(self) -> tuple[str, ...]:
        """The models' names, in the registry's order."""
        return tuple(self._assets)

    def asset(self, name: str) -> Asset:
        """What the registry knows about a model.

        Raises:
            InputError: There is no such model.
        """
        if name not in self._assets:
            known = ", ".join(self._assets)
            raise InputError(f"There is no model named {name!r}.", f"The models are: {known}.")
        return self._assets[name]

    def fingerprint(self, name: str) -> str:
        """SHA-256 of the model's main file as the registry has it; nothing is read.

        Raises:
            InputError: There is no such model.
        """
        return self.asset(name).files[0].sha256

    def fingerprints(self, *names: str) -> dict[str, str]:
        """Name to fingerprint, as an observation's key wants them.

        Raises:
            InputError: There is no such model.
        """
        return {name: self.fingerprint(name) for name in names}

    def directory(self, name: str, progress: Progress = _quiet) -> Path:
        """The directory that holds a model's files; they are fetched if need be.

        Args:
            name: The model.
            progress: Told the share that is there, 0 to 1, while files are joined or fetched.

        Raises:
            InputError: There is no such model, or INTERVIEWER_WEIGHTS names no directory.
            ModelMissingError: It is neither here nor to be had.
            CannotDoError: The cache is needed and cannot be written.
        """
        return self._resolver.resolve(self.asset(name), progress, network=not self._offline)

    def file(self, name: str, filename: str | None = None, progress: Progress = _quiet) -> Path:
        """One file of a model; it is fetched if need be.

        Args:
            name: The model.
            filename: One of its files; the main one unless given.
            progress: Told the share that is there, 0 to 1, while files are joined or fetched.

        Raises:
            InputError: There is no such model or file, or INTERVIEWER_WEIGHTS names no directory.
            ModelMissingError: It is neither here nor to be had.
            CannotDoError: The cache is needed and cannot be written.
        """
        names = [file.name for file in self.asset(name).files]
        if filename is not None and filename not in names:
            raise InputError(f"{name} has no file {filename}.", f"It has: {', '.join(names)}.")
        return self.directory(name, progress) / (filename or names[0])

    def locate(self, name: str, progress: Progress = _quiet) -> Path:
        """What a library is handed: the file of a one-file model, else the directory.

        Raises:
            InputError: There is no such model, or INTERVIEWER_WEIGHTS names no directory.
            ModelMissingError: It is neither here nor to be had.
            CannotDoError: The cache is needed and cannot be written.
        """
        return _handed(self.asset(name), self.directory(name, progress))

    def pull(self, name: str, progress: Progress = _quiet) -> Path:
        """Read what is here of a model anew, then replace or fetch what is damaged or missing.

        Returns:
            What `locate` returns.

        Raises:
            InputError: There is no such model, or INTERVIEWER_WEIGHTS names no directory.
            ModelMissingError: It is neither here nor to be had.
            CannotDoError: The cache is needed and cannot be written.
        """
        self.verify(name)
        return self.locate(name, progress)

    def verify(self, name: str) -> Verification:
        """Read a model where it lies and compare it with the registry; nothing is changed.

        Raises:
            InputError: There is no such model, or INTERVIEWER_WEIGHTS names no directory.
        """
        asset = self.asset(name)
        for place in self._resolver.places(asset):
            if place.complete(asset):
                checks = (check(file, place, self._stamps, fresh=True) for file in asset.files)
                return Verification(name, place.where, _shown(asset, place), tuple(checks))
        return Verification(name, Where.MISSING, None, ())

    def list_models(self) -> list[ModelStatus]:
        """Every model and where it would be taken from; no weights are read.

        Raises:
            InputError: INTERVIEWER_WEIGHTS names no directory.
        """
        return [self._status(asset) for asset in self._assets.values()]

    def default_recogniser(self) -> str:
        """Whisper base if it can be had without the network (joining it if need be), else tiny.en.

        Raises:
            InputError: INTERVIEWER_WEIGHTS names no directory.
        """
        try:
            self._resolver.resolve(self.asset(WHISPER_BASE), _quiet, network=False)
        except (ModelMissingError, CannotDoError) as error:
            _log.warning("the recogniser is %s: %s", WHISPER_TINY, error)
            return WHISPER_TINY
        return WHISPER_BASE

    def _status(self, asset: Asset) -> ModelStatus:
        where, path, intact = Where.MISSING, None, None
        for place in self._resolver.places(asset):
            if not place.complete(asset):
                continue
            glances = {glance(file, place, self._stamps) for file in asset.files}
            damaged = False in glances
            if not damaged or where is Where.MISSING:
                where, path = place.where, _shown(asset, place)
                intact = False if damaged else (None if None in glances else True)
            if not damaged:
                break
        return ModelStatus(
            asset.name,
            asset.version,
            asset.licence,
            asset.purpose,
            asset.size,
            where,
            path,
            intact,
        )


def _handed(asset: Asset, directory: Path) -> Path:
    return directory / asset.files[0].name if len(asset.files) == 1 else directory


def _shown(asset: Asset, place: Place) -> Path:
    directory = place.directory(asset)
    return place.root if directory is None else _handed(asset, directory)
