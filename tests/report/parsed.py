"""A page as its elements and its words, read with the standard library's parser."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "br", "img", "input", "hr", "source"}
SILENT = {"style", "script"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    parent: "Element | None" = None
    children: list["Element | str"] = field(default_factory=list)

    def find(self, tag: str | None = None, **wanted: str) -> list["Element"]:
        """All descendants of this tag whose attributes contain the wanted words."""
        found = []
        for child in self.children:
            if isinstance(child, str):
                continue
            fits = all(
                word in child.attributes.get(name.rstrip("_"), "").split()
                for name, word in wanted.items()
            )
            if fits and tag in (None, child.tag):
                found.append(child)
            found += child.find(tag, **wanted)
        return found

    def by_id(self, name: str) -> "Element":
        (found,) = self.find(id=name)
        return found

    @property
    def text(self) -> str:
        """Its words as a person reads them, with single spaces."""
        return " ".join(self._raw().split())

    def _raw(self) -> str:
        if self.tag in SILENT:
            return ""
        return "".join(child if isinstance(child, str) else child._raw() for child in self.children)


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("root", {})
        self.here = self.root

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.children.append(element)
        if tag not in VOID:
            self.here = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.children.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.here.tag == tag, f"</{tag}> closes <{self.here.tag}>"
        assert self.here.parent is not None
        self.here = self.here.parent

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)


def parse(page: str) -> Element:
    """Parse a page; elements that do not close in order fail."""
    builder = _Builder()
    builder.feed(page)
    builder.close()
    assert builder.here is builder.root, f"<{builder.here.tag}> is never closed"
    return builder.root
