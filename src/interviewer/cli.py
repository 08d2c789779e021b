"""The command line: parse, hand to a workflow, print. No logic lives here."""

import typer

app = typer.Typer(name="interviewer", no_args_is_help=True)


@app.callback()
def _root() -> None:
    """A mock-interview coach for the terminal."""


def main() -> None:
    """Run the command line."""
    app()
