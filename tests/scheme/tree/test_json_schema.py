from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from tests.scheme.strategies import Plain, schemes
from tests.scheme.written import scheme_text

from quanheng.scheme.document.json_schema import json_schema, json_schema_text
from quanheng.scheme.files.yaml_lines import read_yaml

_VALIDATOR = Draft202012Validator(json_schema())
_BOOKS = sorted((Path(__file__).parents[3] / "books").glob("*/scheme.yaml"))


def test_schema_is_one() -> None:
    Draft202012Validator.check_schema(json_schema())
    assert json.loads(json_schema_text()) == json_schema()


@given(schemes())
def test_lawful_schemes_fit(value: Plain) -> None:
    _VALIDATOR.validate(json.loads(json.dumps(value)))


@pytest.mark.parametrize("path", _BOOKS, ids=lambda path: path.parent.name)
def test_example_books_fit(path: Path) -> None:
    value, _ = read_yaml(path.read_text(encoding="utf-8"), file=path.name)

    _VALIDATOR.validate(value)


@pytest.mark.parametrize(
    "body",
    [
        "indicators: {one: {mesure: a}}",
        "indicators: {one: {direction: mroe}}",
        "indicators: {one: {rule: {scale: {}, given: {}}}}",
        "indicators: {one: {rule: percentil}}",
        "indicators: {one: {weight: -1}}",
        "indicators: {}",
        "tiers: [{top: 3}]",
    ],
)
def test_what_does_not_fit_is_refused(body: str) -> None:
    value, _ = read_yaml(scheme_text(body), file="s.yaml")

    with pytest.raises(ValidationError):
        _VALIDATOR.validate(value)


def test_descriptions_are_the_docstrings() -> None:
    parts = json_schema()["$defs"]

    assert parts["ScaleForm"]["properties"]["base"]["description"] == "The points at r = 0."
    assert parts["DeductForm"]["properties"]["from"]["description"] == "Points before anything is taken."
    assert [name for name, part in parts.items() if not part.get("description")] == []


def test_parts_are_called_as_readers_know_them() -> None:
    # two forms of one name would be told apart by the modules they are in: pages of the reference show that
    assert [name for name in json_schema()["$defs"] if "__" in name] == []


@pytest.mark.parametrize(
    "cap",
    [
        "80",
        "{a: 80}",
        "{marks: 80, where: x > 1}",
        "{marks: 60%, where: x > 1}",
        "[90, {marks: {a: 8}, where: x > 1}]",
    ],
)
def test_every_cap_fits(cap: str) -> None:
    value, _ = read_yaml(
        scheme_text(
            f"items: {{x: {{}}}}\ncap: {cap}\nindicators: {{i: {{measure: x, rule: given, cap: {cap}}}}}\n"
        ),
        file="s.yaml",
    )

    _VALIDATOR.validate(value)
