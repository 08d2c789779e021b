"""Microphones and cameras as a table, or as JSON."""

import dataclasses
import json
import sys
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from interviewer.capture.devices import Devices
    from interviewer.workflows.devices import Found


def print_devices(found: "Found", *, as_json: bool) -> None:
    """Print what there is, with what to type to use it."""
    if as_json:
        print(json.dumps(dataclasses.asdict(found), indent=1))
        return
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column("")
    table.add_column("Name", overflow="fold")
    table.add_column("Use it with", no_wrap=True)
    _rows(table, "Microphone", "--mic", found.microphones)
    _rows(table, "Camera", "--camera", found.cameras)
    if table.row_count:
        Console(highlight=False, markup=False).print(table)
    for devices in (found.microphones, found.cameras):
        if devices.reason:
            print(devices.reason, file=sys.stderr)


def _rows(table: Table, kind: str, option: str, devices: "Devices") -> None:
    for device in devices.found:
        spec = device.spec if device.spec.isalnum() else json.dumps(device.spec)
        mark = " (default)" if device.is_default else ""
        table.add_row(kind, f"{device.name}{mark}", f"{option} {spec}")
