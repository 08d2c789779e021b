"""`interviewer` and `python -m interviewer` begin here."""

import sys

_INTERRUPTED = 130


def main() -> None:
    """Run the command line; Ctrl-C is obeyed in words even before there is a command to stop."""
    try:
        from interviewer.cli import main as command_line

        command_line()
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)


if __name__ == "__main__":
    main()
