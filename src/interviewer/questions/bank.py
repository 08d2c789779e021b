"""Read a bank: one that ships with the package, or a person's own file or folder."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from interviewer.errors import InputError
from interviewer.interview.plan import ToAsk
from interviewer.questions.marked import Marked, read_yaml
from interviewer.questions.schema import BankFile, BankQuestion, Level
from interviewer.resources import resource

SHIPPED: Final = "questions"
"""The folder of the shipped banks, one file for each domain."""

_ENDINGS: Final = {".yaml", ".yml"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A question with the domain that it belongs to."""

    domain: str
    question: BankQuestion

    @property
    def id(self) -> str:
        """The question's id."""
        return self.question.id

    def to_ask(self) -> ToAsk:
        """The question as a plan and a session know it."""
        return self.question.to_ask(self.domain)


@dataclass(frozen=True, slots=True)
class Bank:
    """Questions to choose from; at least one, each with an id of its own.

    Attributes:
        title: What the bank is called on screen.
        entries: The questions in the order of their files.
    """

    title: str
    entries: tuple[Entry, ...]

    @property
    def domains(self) -> tuple[str, ...]:
        """The domains, in the order of their first question."""
        return tuple(dict.fromkeys(entry.domain for entry in self.entries))

    def find(self, question_id: str) -> Entry | None:
        """The question with an id; None if there is none."""
        return next((entry for entry in self.entries if entry.id == question_id), None)

    def at(self, level: Level) -> tuple[Entry, ...]:
        """The questions of one level."""
        return tuple(entry for entry in self.entries if entry.question.level is level)


def shipped_domains() -> tuple[str, ...]:
    """The domains that ship with the package, in alphabetical order."""
    return tuple(sorted(path.stem for path in resource(SHIPPED).glob("*.yaml")))


def load_bank(source: str | Path) -> Bank:
    """Read and check a bank.

    Args:
        source: The slug of a shipped domain, or the path of a YAML file or of a folder of them.

    Raises:
        InputError: There is no such bank, it has no questions, or it has a fault; the sentence
            names the file, the line and the reason.
    """
    if isinstance(source, str) and source in shipped_domains():
        return _joined([resource(f"{SHIPPED}/{source}.yaml")])
    path = Path(source)
    if path.is_dir():
        files = sorted(each for each in path.iterdir() if each.suffix.lower() in _ENDINGS)
        if not files:
            raise InputError(
                f"The folder {path} holds no question bank.",
                "Put a file ending in .yaml into it, or name the file.",
            )
        return _joined(files)
    if not path.exists():
        raise InputError(
            f"There is no question bank {source}.",
            f"Take one of {', '.join(shipped_domains())}, or give the path of a YAML file.",
        )
    return _joined([path])


def _joined(paths: list[Path]) -> Bank:
    """Read files into one bank; a second use of an id is found across them."""
    entries: list[Entry] = []
    titles: list[str] = []
    seen: dict[str, str] = {}
    for path in paths:
        marked = read_yaml(path)
        file = _checked(marked)
        titles.append(file.title)
        for index, question in enumerate(file.questions):
            place = ("questions", index, "id")
            if question.id in seen:
                why = f"the id {question.id} is taken already, by {seen[question.id]}"
                raise marked.fault(place, why)
            seen[question.id] = f"line {marked.line_of(place)} of {path.name}"
            entries.append(Entry(file.domain, question))
    return Bank(title=", ".join(dict.fromkeys(titles)), entries=tuple(entries))


def _checked(marked: Marked) -> BankFile:
    match marked.content:
        case None | {"questions": None | []}:
            raise InputError(
                f"The question bank {marked.path} has no questions.",
                "Add one below `questions:`; `questions/ds.yaml` shows how.",
            )
        case dict():
            pass
        case _:
            raise marked.fault((), "it is not a list of fields; begin with `domain:`")
    try:
        return BankFile.model_validate(marked.content)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "the whole"
        why = first["msg"].removeprefix("Value error, ").rstrip(".")
        why = why[:1].lower() + why[1:]
        others = error.error_count() - 1
        more = f" ({others} more)" if others else ""
        raise marked.fault(first["loc"], f"in {field}, {why}{more}") from error
