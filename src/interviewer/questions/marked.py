"""YAML that remembers on which line everything stands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.errors import InputError

if TYPE_CHECKING:
    import yaml

_FIX = "Correct the file and try again."
_HINTS = {
    "mapping values are not allowed here": (
        "a colon stands where none may stand; put the whole text in quotes, or below `>-`"
    ),
    "found character '\\t' that cannot start any token": "it is indented with a tab; use spaces",
}
"""What YAML's commonest complaints mean for somebody who writes questions."""


@dataclass(frozen=True, slots=True)
class Marked:
    """What a YAML file says.

    Attributes:
        path: The file.
        content: Its mappings, sequences and values; None for an empty file.
        root: The same as a tree of nodes with their places.
    """

    path: Path
    content: object
    root: "yaml.Node | None"

    def line_of(self, place: Sequence[int | str]) -> int:
        """The line, from 1, of the deepest part of a place that is there."""
        import yaml

        node, line = self.root, 1
        for part in place:
            match node:
                case yaml.MappingNode():
                    pair = next((pair for pair in node.value if pair[0].value == str(part)), None)
                    if pair is None:
                        return line
                    line, node = pair[0].start_mark.line + 1, pair[1]
                case yaml.SequenceNode() if isinstance(part, int) and part < len(node.value):
                    node = node.value[part]
                    line = node.start_mark.line + 1
                case _:
                    return line
        return line

    def fault(self, place: Sequence[int | str], why: str) -> InputError:
        """The error for something wrong at a place."""
        return fault(self.path, self.line_of(place), why)


def fault(path: Path, line: int | None, why: str) -> InputError:
    """One sentence with file, line and reason."""
    where = f", line {line}" if line else ""
    return InputError(f"The question bank {path}{where} has a fault: {why.rstrip('.')}.", _FIX)


def read_yaml(path: Path) -> Marked:
    """Read a YAML file.

    Raises:
        InputError: It is missing, cannot be opened, is not UTF-8 or not YAML, or names a field
            twice; the sentence says in which line.
    """
    import yaml

    loader = _loader(path)
    try:
        root = loader.get_single_node()
        for again in _named_twice(root):
            line = again.start_mark.line + 1
            raise fault(path, line, f"the field {again.value} stands there a second time")
        content = loader.construct_document(root) if root is not None else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = error.problem or error.context or "it is not YAML"
        why = _HINTS.get(problem, f"it is not YAML, {problem}")
        raise fault(path, mark.line + 1 if mark else None, why) from error
    except (ValueError, RecursionError) as error:
        raise fault(path, None, "a value in it cannot be read") from error
    finally:
        loader.dispose()
    return Marked(path, content, root)


def _loader(path: Path) -> "yaml.SafeLoader":
    import yaml

    text = _text(path)
    try:
        return yaml.SafeLoader(text)
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        raise fault(path, line, "it holds a character that YAML does not allow") from error


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"There is no question bank {path}.", "Check the path.") from None
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise InputError(f"The question bank {path} cannot be read: {why}.") from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise fault(path, line, "it is not text in UTF-8") from error


def _named_twice(root: "yaml.Node | None") -> "Iterator[yaml.ScalarNode]":
    """Keys that a mapping has more than once; YAML itself would silently take the last."""
    import yaml

    todo, seen = [root], set[int]()
    while todo:
        node = todo.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        match node:
            case yaml.MappingNode():
                keys = set[str]()
                for key, value in node.value:
                    todo.append(value)
                    if isinstance(key, yaml.ScalarNode):
                        if key.value in keys:
                            yield key
                        keys.add(key.value)
            case yaml.SequenceNode():
                todo += node.value
