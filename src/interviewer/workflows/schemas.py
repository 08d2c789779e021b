"""Publish the documents' JSON Schemas: `python -m interviewer.workflows.schemas docs/schemas`."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.interview.documents.assessment import Assessment
from interviewer.interview.documents.base import Document
from interviewer.interview.documents.session import Session
from interviewer.questions.schema import BankFile
from interviewer.simulate.script import Script
from interviewer.simulate.truth import Truth

if TYPE_CHECKING:
    from pydantic.json_schema import JsonSchemaMode

DIALECT = "https://json-schema.org/draft/2020-12/schema"
PUBLISHED: dict[str, type[Document]] = {
    "assessment": Assessment,
    "session": Session,
    "bank": BankFile,
    "script": Script,
    "truth": Truth,
}
"""Documents that others read or write, by the name of their schema."""

READ = {"bank", "script"}
"""Those that people write and we read."""


def schema_of(document: type[Document]) -> str:
    """The JSON Schema of a document as it is written or read, as indented text."""
    read = any(PUBLISHED[name] is document for name in READ)
    mode: JsonSchemaMode = "validation" if read else "serialization"
    schema = {"$schema": DIALECT, **document.model_json_schema(mode=mode)}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def publish(folder: Path) -> list[Path]:
    """Write every published schema into a folder; return the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, document in PUBLISHED.items():
        path = folder / f"{name}.schema.json"
        path.write_text(schema_of(document), encoding="utf-8")
        written.append(path)
    return written


if __name__ == "__main__":
    for published in publish(Path(sys.argv[1])):
        print(published)  # noqa: T201 - a maintainer's command
