"""The device check: what camera and microphone give, and what the candidate is like at ease."""

from interviewer.workflows.check.device_check import DeviceCheck
from interviewer.workflows.check.verdicts import Hint, Taken

__all__ = ["DeviceCheck", "Hint", "Taken"]
