"""Sound and picture into one file that plays whatever happens to the process that writes it."""

from interviewer.capture.recorder.recorder import Recorder, RecorderStats

__all__ = ["Recorder", "RecorderStats"]
