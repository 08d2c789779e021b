"""Files that ship beside the code: templates and questions, from the wheel or the checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).parent
_ROOTS = (_PACKAGE / "_resources", _PACKAGE.parents[1])


def resource(name: str) -> Path:
    """Find a shipped file or folder.

    Args:
        name: Its path below the resource root, such as `templates/report.html.j2`.

    Raises:
        FileNotFoundError: The installation is incomplete.
    """
    for root in _ROOTS:
        path = root / name
        if path.exists():
            return path
    raise FileNotFoundError(f"{name} is missing from this installation of interviewer")
