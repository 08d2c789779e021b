"""From the file matplotlib writes to an element that can stand in a page among others."""

import re
from enum import StrEnum
from typing import Final

from interviewer.report.palette import ALL

_METADATA: Final = re.compile(r"<metadata>.*?</metadata>", re.DOTALL)
_STYLE: Final = re.compile(r"<defs>\s*<style.*?</style>\s*</defs>", re.DOTALL)
_OPENING: Final = re.compile(r"<svg\b[^>]*>", re.DOTALL)
_ID: Final = re.compile(r' id="([^"]+)"')
_REFERENCE: Final = re.compile(r'(href="#|url\(#)([^")]+)')
_FAMILY: Final = re.compile(r" font-family: [^;\"]+;?")
_NO_TURN: Final = re.compile(r' transform="rotate\(-?0 [^)]*\)"')
_NOTHING_DRAWN: Final = re.compile(r'<path d="[^"]*" style="fill: none"/>')
_STYLED: Final = re.compile(r' style="([^"]*)"')
_SPACES: Final = re.compile(r"\s*\n\s*")


class Paint(StrEnum):
    """How colours are written: by the page's custom properties, or as they are on paper."""

    THEMED = "themed"
    LITERAL = "literal"


def inline(drawing: str, prefix: str, paint: Paint) -> str:
    """What follows the opening tag of a drawing, made fit for a page.

    Args:
        drawing: The file that matplotlib wrote.
        prefix: Makes its ids unique on the page.
        paint: How colours are to be written.

    Returns:
        The content with its closing tag.
    """
    return _painted(_own_ids(_plain(drawing), prefix), paint)


def _plain(drawing: str) -> str:
    """What matplotlib wrote after its opening tag, without what the page has no use for."""
    opening = _OPENING.search(drawing)
    body = drawing[opening.end() :] if opening else drawing
    # The style sheet inside would apply to the whole page.
    for pattern in (_METADATA, _STYLE, _NOTHING_DRAWN, _NO_TURN, _FAMILY):
        body = pattern.sub("", body)
    return _SPACES.sub("\n", body).strip()


def _own_ids(body: str, prefix: str) -> str:
    """Keep the ids something refers to, each made unique on the page."""
    wanted = {found.group(2) for found in _REFERENCE.finditer(body)}

    def rename(found: re.Match[str]) -> str:
        return f' id="{prefix}-{found.group(1)}"' if found.group(1) in wanted else ""

    body = _ID.sub(rename, body)
    return _REFERENCE.sub(lambda found: f"{found.group(1)}{prefix}-{found.group(2)}", body)


def _painted(body: str, paint: Paint) -> str:
    if paint is Paint.LITERAL:
        # The PDF renderer takes a style for one of HTML's and finds most of it unknown.
        return _STYLED.sub(_attributes, body)
    for colour in ALL:
        body = body.replace(colour.light, f"var(--c-{colour.name})")
    return body


def _attributes(styled: re.Match[str]) -> str:
    pairs = (declaration.split(":", 1) for declaration in styled.group(1).split(";") if declaration)
    return "".join(f' {name.strip()}="{value.strip()}"' for name, value in pairs)
