"""The microphones and cameras of this computer."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from interviewer.capture.devices import Devices


@dataclass(frozen=True, slots=True)
class Found:
    """What was found; where that is nothing, why.

    Attributes:
        microphones: What can be heard through.
        cameras: What can be seen through.
    """

    microphones: "Devices"
    cameras: "Devices"


def find() -> Found:
    """Look for both at once; takes a few seconds at most."""
    from interviewer.capture.devices import cameras, microphones

    with ThreadPoolExecutor(2) as both:
        heard, seen = both.submit(microphones), both.submit(cameras)
        return Found(heard.result(), seen.result())
