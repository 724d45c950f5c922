from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.scheme.strategies import Plain, schemes

from quanheng.findings.finding import FindingsError, Location, has_errors
from quanheng.findings.text import Text
from quanheng.scheme.document.document import hash_of
from quanheng.scheme.fields.lines import Locations
from quanheng.scheme.files.read import (
    Written,
    document_from,
    load_scheme,
    read_scheme,
    scheme_from,
    scheme_from_mapping,
)
from quanheng.scheme.files.yaml_lines import MAX_BYTES

SMALL = """\
quanheng: 1
id: small
title: 小方案
round: 2023
items: {gdp: 地区生产总值}
indicators:
  output: {measure: gdp, weight: 100, rule: percentile}
"""


def codes_of(error: FindingsError) -> list[str]:
    return [finding.code for finding in error.findings]


def test_scheme_is_read_with_its_lines() -> None:
    written = read_scheme(SMALL, file="scheme.yaml")

    assert written.document.id == "small"
    assert written.document.round == "2023"
    assert written.locations.of("indicators", "output", "weight") == Location(file="scheme.yaml", line=7)


def test_scheme_in_a_file_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "scheme.yaml"
    path.write_text("\ufeff" + SMALL, encoding="utf-8")

    scheme, findings = load_scheme(path)

    assert findings == ()
    assert scheme is not None
    assert scheme.title == Text(zh="小方案")
    assert scheme.hash == hash_of(read_scheme(SMALL).document)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"title: \xd0\xc2\xff", "QH103"),
        (b"a: [1", "QH104"),
        (b"", "QH105"),
        (b"- 1\n- 2\n", "QH105"),
        (b"just words", "QH105"),
        (b"PK\x03\x04\x00\x00", "QH104"),
        (b"#" * (MAX_BYTES + 1), "QH102"),
    ],
)
def test_file_that_is_no_scheme_is_a_finding(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "scheme.yaml"
    path.write_bytes(content)

    scheme, findings = load_scheme(path)

    assert scheme is None
    assert [finding.code for finding in findings] == [code]


def test_file_that_cannot_be_read_is_a_finding(tmp_path: Path) -> None:
    missing, findings = load_scheme(tmp_path / "none.yaml")
    folder, others = load_scheme(tmp_path)

    assert missing is folder is None
    assert [finding.code for finding in (*findings, *others)] == ["QH101", "QH101"]


def test_findings_of_form_are_collected_with_lines() -> None:
    text = SMALL.replace("title", "titel").replace("weight: 100", "wieght: 100, direction: mor")

    with pytest.raises(FindingsError) as caught:
        read_scheme(text, file="s.yaml")

    found = {(finding.code, str(finding.where)) for finding in caught.value.findings}
    assert found == {("QH121", "s.yaml"), ("QH120", "s.yaml:3"), ("QH120", "s.yaml:7"), ("QH127", "s.yaml:7")}
    assert "did you mean 'weight'?" in [finding.hint("en") for finding in caught.value.findings]


def test_laws_are_checked_where_the_form_is_right() -> None:
    text = SMALL.replace("weight: 100", "weight: 90").replace("measure: gdp", "measure: gpd")

    scheme, findings = scheme_from(read_scheme(text))

    assert scheme is not None
    assert {finding.code for finding in findings if finding.severity == "error"} == {"QH201", "QH220"}


def test_formula_that_cannot_be_read_leaves_no_scheme_but_other_laws_are_checked() -> None:
    text = SMALL.replace("weight: 100", "weight: 90").replace("measure: gdp", "measure: gdp +")

    scheme, findings = scheme_from(read_scheme(text))

    assert scheme is None
    assert [finding.code for finding in findings] == ["QH165", "QH201"]


def test_mapping_needs_no_head() -> None:
    scheme = scheme_from_mapping(
        {
            "items": {"gdp": None},
            "indicators": {"output": {"measure": "gdp", "weight": 100, "rule": "percentile"}},
        }
    )

    assert [indicator.weights for indicator in scheme.indicators] == [{"all": 100.0}]


def test_mapping_with_findings_raises() -> None:
    with pytest.raises(FindingsError) as caught:
        scheme_from_mapping({"indicators": {"output": {"measure": "gdp", "weight": 1}}})

    assert set(codes_of(caught.value)) == {"QH230", "QH201", "QH220"}


def test_mapping_that_contains_itself_is_a_finding() -> None:
    node: dict[str, Any] = {}
    node["children"] = {"a": node}

    with pytest.raises(FindingsError) as caught:
        scheme_from_mapping({"indicators": {"b": node}})

    assert codes_of(caught.value) == ["QH107"]


def test_places_may_be_cells() -> None:
    cell = Location(file="book.xlsx", sheet="指标", cell="C4")
    places = Locations(file="book.xlsx", others={("round",): cell})

    with pytest.raises(FindingsError) as caught:
        document_from(
            {"quanheng": 1, "id": "a", "title": "b", "round": "x", "indicators": {"a": "b"}}, places
        )

    assert [finding.where for finding in caught.value.findings] == [cell]


@given(schemes())
def test_lawful_schemes_have_no_errors(value: Plain) -> None:
    scheme, findings = scheme_from(Written(document=document_from(value), locations=Locations()))

    assert not has_errors(findings), "\n".join(finding.text("en") for finding in findings)
    assert scheme is not None


@given(st.text(max_size=200))
def test_any_text_is_a_scheme_or_has_findings(text: str) -> None:
    with suppress(FindingsError):
        read_scheme(text)


_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda parts: st.lists(parts, max_size=3) | st.dictionaries(st.text(max_size=8), parts, max_size=3),
    max_leaves=8,
)


def _paths(value: object, above: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    if isinstance(value, dict):
        return [path for key, part in value.items() for path in ((*above, key), *_paths(part, (*above, key)))]
    if isinstance(value, list):
        return [path for at, part in enumerate(value) for path in ((*above, at), *_paths(part, (*above, at)))]
    return []


def _with(value: Any, path: tuple[Any, ...], part: object) -> Any:  # noqa: ANN401  # plain values
    if not path:
        return part
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = _with(value[path[0]], path[1:], part)
    return copy


@given(schemes(), _ANYTHING, st.data())
def test_broken_schemes_have_findings_and_never_fail_otherwise(
    value: Plain, part: object, data: st.DataObject
) -> None:
    path = data.draw(st.sampled_from(_paths(value)))

    try:
        scheme, findings = scheme_from(
            Written(document=document_from(_with(value, path, part)), locations=Locations())
        )
    except FindingsError as error:
        findings, scheme = error.findings, None

    assert scheme is not None or has_errors(findings)
    for finding in findings:
        finding.text("zh").encode()
        finding.text("en").encode()
