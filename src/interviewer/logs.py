"""The log file: rotating, private, and never the terminal."""

import logging
import os
from logging.handlers import RotatingFileHandler

from interviewer.errors import InterviewerError
from interviewer.paths import PRIVATE_FILE, log_file, make_private

_MAX_BYTES = 1_000_000
_CHATTY = ("faster_whisper", "fontTools", "matplotlib", "weasyprint")
_FORMAT = "%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"


def configure() -> None:
    """Send this process's log records to the log file; `INTERVIEWER_LOG_LEVEL` sets the level.

    A log that cannot be written is given up silently: it must never stop an interview.
    """
    level = os.environ.get("INTERVIEWER_LOG_LEVEL", "INFO").upper()
    # A record that cannot be written, as on a full disk, would print a traceback.
    logging.raiseExceptions = False
    root = logging.getLogger()
    root.setLevel(level if level in logging.getLevelNamesMapping() else "INFO")
    try:
        path = log_file()
        make_private(path.parent)
        handler = RotatingFileHandler(
            path, maxBytes=_MAX_BYTES, backupCount=2, encoding="utf-8", delay=False
        )
        path.chmod(PRIVATE_FILE)
    except (OSError, InterviewerError):
        root.addHandler(logging.NullHandler())
        return
    handler.setFormatter(logging.Formatter(_FORMAT))
    root.addHandler(handler)
    for library in _CHATTY:
        logging.getLogger(library).setLevel(logging.WARNING)
