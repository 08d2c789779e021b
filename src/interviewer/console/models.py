"""The models, as a table or as JSON."""

import dataclasses
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from interviewer.weights.status import ModelStatus, Verification

MEGABYTE = 1_000_000


def print_models(models: list["ModelStatus"], *, as_json: bool) -> None:
    """Print one line per model: what it is for, its size, and where it lies."""
    if as_json:
        print(json.dumps([dataclasses.asdict(model) for model in models], indent=1, default=str))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0))
    for column in ("Model", "For", "Licence"):
        table.add_column(column, no_wrap=column == "Model")
    table.add_column("MB", justify="right")
    table.add_column("Where")
    for model in models:
        size = f"{model.size / MEGABYTE:.1f}"
        where = "damaged" if model.intact is False else str(model.where)
        table.add_row(model.name, model.purpose, model.licence, size, where)
    console = Console(highlight=False)
    console.print(table)
    if any(model.path is None for model in models):
        console.print("\nFetch what is missing with: interviewer models pull")


def print_verification(checks: Iterable["Verification"]) -> bool:
    """Print one line per file as it is read; return whether every model is here and intact."""
    good = True
    for check in checks:
        if check.intact is None:
            print(f"{check.name}\tmissing\tfetch it with: interviewer models pull {check.name}")
            good = False
        for file in check.files:
            state = "intact" if file.problem is None else file.problem
            print(f"{check.name}\t{file.name}\t{state}", flush=True)
            good &= file.problem is None
    return good
