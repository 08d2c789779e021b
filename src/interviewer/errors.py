"""The expected ways to fail, each with the exit code a script can rely on."""

from enum import IntEnum


class ExitCode(IntEnum):
    """What the process says when it ends; the only table of exit codes."""

    OK = 0
    FAILED = 1
    USAGE = 2
    DEVICE = 3
    MODEL = 4
    UNDELIVERED = 5
    THRESHOLD = 100
    INTERRUPTED = 130


class InterviewerError(Exception):
    """An expected failure: one sentence that says what happened, and the next step.

    Args:
        message: One sentence, ending with a full stop.
        next_step: What the person can do now, one sentence; empty if there is nothing.
    """

    exit_code = ExitCode.FAILED

    def __init__(self, message: str, next_step: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.next_step = next_step

    def __reduce__(self) -> tuple[type["InterviewerError"], tuple[str, str]]:
        """Keep both sentences when the error crosses a process boundary."""
        return (type(self), (self.message, self.next_step))


class CannotDoError(InterviewerError):
    """The request was understood but could not be carried out."""


class InputError(InterviewerError):
    """Usage, configuration, or an input that cannot be read."""

    exit_code = ExitCode.USAGE


class DeviceError(InterviewerError):
    """A camera, microphone or speaker is missing or was lost."""

    exit_code = ExitCode.DEVICE


class ModelMissingError(InterviewerError):
    """A model's weights are neither here nor to be had."""

    exit_code = ExitCode.MODEL


class InterruptedByPersonError(InterviewerError):
    """The person stopped it, and something is left to do."""

    exit_code = ExitCode.INTERRUPTED
