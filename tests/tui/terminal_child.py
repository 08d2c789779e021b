"""The app on a real terminal, with a library that prints what it should not."""

import fcntl
import os
import subprocess
import sys
import termios
from pathlib import Path

from stagehand import Stagehand

from interviewer.config import Choices
from interviewer.errors import CannotDoError
from interviewer.tui.app import InterviewerApp, run_app


class Noisy(Stagehand):
    def domains(self):
        if "--broken" in sys.argv:
            raise ZeroDivisionError("broken on purpose")
        return super().domains()

    def found(self):
        os.write(1, b"NOISE-ONE\n")
        os.write(2, b"NOISE-TWO\n")
        subprocess.run(["sh", "-c", "echo NOISE-CHILD >&2"], check=True)
        return super().found()

    def close(self):
        print("CLOSED", file=sys.stderr, flush=True)  # noqa: T201 - the test reads it


# Closing the terminal is told to whom it belongs.
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
try:
    code = run_app(InterviewerApp(Noisy(), Choices(welcomed=True)))
except CannotDoError as error:
    print(f"{error.message} {error.next_step}", flush=True)  # noqa: T201 - the test reads it
    sys.exit(error.exit_code)
if len(sys.argv) > 1:
    Path(sys.argv[1]).write_text(str(int(code)))
print(f"CODE {int(code)}", flush=True)  # noqa: T201 - the test reads it
sys.exit(code)
