"""Where in a YAML text a field stands."""

from collections.abc import Sequence


def line_of(text: str, path: Sequence[int | str]) -> int | None:
    """The line, from 1, of the deepest part of a path that is there; None if none is."""
    import yaml

    node: yaml.Node | None = yaml.compose(text)
    line: int | None = None
    for part in path:
        match node:
            case yaml.MappingNode():
                pair = next((pair for pair in node.value if pair[0].value == str(part)), None)
                if pair is None:
                    break
                line, node = pair[0].start_mark.line + 1, pair[1]
            case yaml.SequenceNode() if isinstance(part, int) and part < len(node.value):
                node = node.value[part]
                line = node.start_mark.line + 1
            case _:
                break
    return line
