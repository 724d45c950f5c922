"""Every study runs on every example book, or says in words why it makes no sense there."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any, Final

import pytest

import quanheng as qh
from quanheng.examples import path_of_example
from quanheng.findings.errors import QuanhengError
from quanheng.findings.finding import FindingsError

BOOKS: Final = ("district-2023", "hdi-2022", "enterprises", "index-51")
LEVERS: Final[Mapping[str, Mapping[str, Any]]] = {
    "district-2023": {"unit": "T01", "item": "industry_growth", "up": 1, "cost": 1},
    "hdi-2022": {"unit": "CHN", "item": "life_expectancy", "up": 1, "cost": 1},
    "enterprises": {"unit": "E00000001", "item": "tax", "up": 1, "cost": 1},
    "index-51": {"unit": "E01", "item": "line_speed", "up": 1, "cost": 1},
}
SMALL: Final[Mapping[str, Mapping[str, Any]]] = {
    "robustness": {"runs": 16, "leave_out": [], "causes": {"weights": {"change": "10%"}}},
    "weights": {"methods": ["equal"]},
    "opinions": {"methods": ["copeland"]},
    "audit": {},
}
"""Settings that make a study small."""
GROUPS: Final = {"district-2023": "towns", "enterprises": "sized"}
"""The group of the level above that the district is in, where there are several."""
ONE_YEAR: Final = frozenset(BOOKS) - {"district-2023"}
"""Books whose figures are of one year: nothing earlier can be compared or looked back at."""


@functools.cache
def book(name: str) -> qh.Book:
    return qh.load(path_of_example(name))


def require_told(study: Any) -> None:  # noqa: ANN401  the value that a study is
    assert study.sentences
    for text in study.sentences:
        assert text.in_language("zh")
        assert text.in_language("en")
        assert "nan" not in text.in_language("en").lower().split()
    assert any(len(table.rows) for table in study.tables)


@pytest.mark.parametrize("name", BOOKS)
@pytest.mark.parametrize("study", SMALL)
def test_a_study_of_one_book_runs(study: str, name: str) -> None:
    require_told(getattr(qh.study, study)(book(name), SMALL[study]))


@pytest.mark.parametrize("name", [name for name in BOOKS if name != "index-51"])
def test_a_lever_is_balanced(name: str) -> None:
    lever = LEVERS[name]

    require_told(qh.study.balance(book(name), {"levers": [lever], "most": [lever["unit"]]}))


def test_a_lever_on_what_is_treated_for_outliers_is_refused_in_words() -> None:
    lever = LEVERS["index-51"]

    with pytest.raises(FindingsError) as error:
        qh.study.balance(book("index-51"), {"levers": [lever], "most": [lever["unit"]]})

    assert [finding.code for finding in error.value.findings] == ["QH773"]


@pytest.mark.parametrize("name", BOOKS)
def test_a_book_beside_its_own_scheme_is_told_to_be_so(name: str) -> None:
    group = {"upper_group": GROUPS[name]} if name in GROUPS else {}
    study = qh.study.alignment(book(name), path_of_example(name) / "scheme.yaml", group)

    require_told(study)
    assert "QH722" in {finding.code for finding in study.findings}


@pytest.mark.parametrize("name", sorted(ONE_YEAR))
@pytest.mark.parametrize("study", ["backtest", "compare"])
def test_a_book_of_one_year_is_refused_in_words(study: str, name: str) -> None:
    with pytest.raises(QuanhengError) as error:
        getattr(qh.study, study)(book(name))

    assert error.value.text("en") != error.value.text("zh")


def test_two_quarters_of_a_year_are_compared() -> None:
    require_told(qh.study.compare(book("district-2023"), None, {"before": "2023-Q2"}, round="2023-Q3"))


@pytest.mark.parametrize("name", BOOKS)
def test_what_would_be_is_told(name: str) -> None:
    lever = LEVERS[name]

    require_told(qh.whatif(book(name), set={f"{lever['item']}@{lever['unit']}": "1"}))
