import json

import jsonschema
import pytest

from interviewer.workflows.schemas import PUBLISHED, schema_of


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_published_schema_is_the_one_the_code_writes(name, repository):
    published = (repository / "docs" / "schemas" / f"{name}.schema.json").read_text()
    assert published == schema_of(PUBLISHED[name]), "run `make schemas`"


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_schema_is_itself_valid(name):
    jsonschema.Draft202012Validator.check_schema(json.loads(schema_of(PUBLISHED[name])))
