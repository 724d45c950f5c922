"""The text of a page: what stands in it without its script, for whom, how large, and with which names."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final, cast, get_args

import polars as pl
import pytest
from tests.documents.page.pages import example, example_page, moves_of
from tests.documents.units.hostile import BOOK as HOSTILE_BOOK

import quanheng as qh
from quanheng.documents.page.assets import policy, script, style
from quanheng.documents.page.model import model_of
from quanheng.documents.page.page import page_html
from quanheng.documents.page.shown import EVERYTHING, MOST_EXPLAINED, OF_ONE_UNIT, Shown
from quanheng.engine.results.result import Result
from quanheng.engine.results.score import score
from quanheng.findings.errors import UsageError
from quanheng.scheme.document.published import PUBLISHED, Part

HOSTILE = (
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "=cmd|' /C calc'!A0",
    "{{data}} {unit}",
    "a\u2028b",
    "'\"&amp;<!--",
)


class Read(HTMLParser):
    """What a reader without scripts sees, and what stands in attributes and elements."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self._cell: list[str] | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in {"td", "th"}:
            self._cell = []

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"} and self._cell is not None:
            self.tables[-1][-1].append("".join(self._cell))
            self._cell = None

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)


def test_rankings_stand_in_the_page_without_its_script() -> None:
    _, result = example("hdi-2022")
    ranking = Read(example_page("hdi-2022")).tables[0]

    told = [(place, name, total) for place, name, total, *_ in ranking[1:]]

    assert told == [
        (str(row["place"]), row["name"], f"{row['score']:.3f}")
        for row in result.ranking.iter_rows(named=True)
    ]


def test_methods_stand_in_the_page_without_its_script() -> None:
    text = example_page("district-2023")

    assert "修约、排名与等次" in text
    assert any("统计局" in row for table in Read(text).tables for row in table)


@pytest.mark.parametrize(("name", "most"), [("hdi-2022", 1_100_000), ("district-2023", 2_000_000)])
def test_page_is_no_larger_than_it_may_be(name: str, most: int) -> None:
    assert len(example_page(name).encode()) <= most


def test_same_result_gives_same_page() -> None:
    book, result = example("wuxi-gdp")

    again = page_html(Shown(result=qh.score(book), book=book, language="zh"))

    assert page_html(Shown(result=result, book=book, language="zh")) == again


def test_page_refers_to_nothing_outside() -> None:
    elements = Read(example_page("wuxi-gdp")).elements

    assert [attributes for _, attributes in elements if {"src", "style", "onclick"} & attributes.keys()] == []
    assert {attributes["href"] for _, attributes in elements if "href" in attributes} == {"#main"}
    assert not any(tag in {"link", "iframe", "object", "img"} for tag, _ in elements)


def test_policy_lets_only_the_pages_own_script_and_styles_run() -> None:
    assert policy().startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy()
    assert "eval(" not in script()
    assert "innerHTML" not in script()
    assert "</style" not in style()
    assert "</script" not in script()


def test_hostile_names_stand_as_they_were_typed() -> None:
    result = hostile_result()

    text = page_html(Shown(result=result, book=None, language="en"))

    names = [row[1] for row in Read(text).tables[0][1:]]
    assert sorted(names) == sorted(name.replace("\u2028", " ") for name in HOSTILE)
    assert data_in(text)["units"]["names"] == result.wide["name"].to_list()
    assert text.count("<script") == 2


def test_public_page_holds_nothing_but_what_is_published() -> None:
    book, result = example("district-2023")

    model = held(Shown(result=result, book=book, language="zh", parts=frozenset(PUBLISHED)))

    assert sorted(model["scores"]) == ["total"]
    empty = ("points", "weights", "stats", "traces", "scoring", "spreads", "shares")
    assert {key: model[key] for key in empty if model[key]} == {}
    assert (model["units"]["last"], model["units"]["vetoed"]) == (None, None)
    assert [part["title"][1] for part in model["methods"]] == ["Rounding, places and tiers"]


def test_page_without_places_and_totals_keeps_its_order_to_itself() -> None:
    book, result = example("district-2023")

    model = held(Shown(result=result, book=book, language="zh", parts=frozenset({"awards"})))

    assert model["order"] == list(range(len(result.ranking)))
    assert model["scores"] == {}
    assert set(model["units"]["places"]) == {None}
    assert model["units"]["tiers"] is None
    by_award = [(award["name"], award["unit"]) for award in model["awards"]]
    assert len(by_award) > 20
    for name in {name for name, _ in by_award}:
        units = [unit for award, unit in by_award if award == name]
        assert units == sorted(units)


@pytest.mark.parametrize("part", get_args(Part))
def test_page_of_any_one_part_holds_no_total_that_is_not_published(part: Part) -> None:
    book, result = example("district-2023")
    parts: frozenset[Part] = frozenset({part, "place", "moves"})

    shown = Shown(result=result, book=book, language="zh", parts=parts, moves=moves_of("district-2023"))

    assert "<main" in page_html(shown)
    model = held(shown)
    assert ("total" in model["scores"], model["units"]["lastScores"] is not None) == (part == "total",) * 2
    assert any(model["units"]["last"])


def test_page_of_a_unit_tells_no_totals_that_are_not_published_and_no_mean_of_few(tmp_path: Path) -> None:
    result = score(HOSTILE_BOOK.loaded(tmp_path))
    published, kept = (
        replace(result, scheme=replace(result.scheme, publish=frozenset(parts)))
        for parts in (("total", "place"), ("place",))
    )

    def model_for(unit: str, of: Result) -> Mapping[str, Any]:
        return held(Shown(result=of, book=None, language="zh", parts=OF_ONE_UNIT, unit=unit))

    few, many = model_for("Q1", kept), model_for("H01", kept)
    groups = [group["code"] for group in many["groups"]]
    assert few["stats"][groups.index("few")] == {}
    assert many["stats"][groups.index("towns")]["total"]["mean"] > 0
    assert many["spreads"][groups.index("towns")] == {"count": 34}
    assert model_for("H01", published)["spreads"][groups.index("towns")]["count"] == 34
    assert "median" in model_for("H01", published)["spreads"][groups.index("towns")]


def test_page_of_a_unit_names_no_other_unit() -> None:
    book, result = example("district-2023")
    shown = Shown(result=result, book=book, language="zh", parts=OF_ONE_UNIT, unit="T04")

    text = (
        json.dumps(held(shown), ensure_ascii=False)
        + page_html(shown).partition("<main")[2].partition("</main")[0]
    )

    units = result.ranking.select("unit", "name", "group").rows()  # departments also report figures
    others = [name for unit, name, group in units if group == "towns" and unit != "T04"]
    assert "准绳镇" in text
    assert len(others) == 11
    assert [name for name in others if name in text] == []


def test_large_page_holds_ranking_and_dimensions_and_says_so() -> None:
    units = MOST_EXPLAINED + 1
    result = two_levels(units)

    model = held(Shown(result=result, book=None, language="en"))

    assert len(model["units"]["codes"]) == units
    assert sorted(model["scores"]) == ["a", "total"]
    assert model["traces"] is None
    assert model["scoring"] is None
    assert "more than 2,000 units" in model["left"][1]


def test_too_many_units_are_refused() -> None:
    with pytest.raises(UsageError, match="20000 units at most"):
        page_html(Shown(result=two_levels(20_001), book=None, language="en"))


def test_everything_is_more_than_anybody_else_sees() -> None:
    assert frozenset(PUBLISHED) < OF_ONE_UNIT < EVERYTHING


def held(shown: Shown) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", model_of(shown))


def hostile_result() -> Result:
    figures = pl.DataFrame(
        {"unit": list("abcdef"), "name": list(HOSTILE), "x": [5.0, 4.0, 3.0, 2.0, 1.0, 0.0]}
    )
    return scored(figures, {"a": {"weight": 100, **LEAF}})


def two_levels(units: int) -> Result:
    numbers = range(units)
    figures = pl.DataFrame({"unit": [f"u{n}" for n in numbers], "x": [float(n % 100) for n in numbers]})
    return scored(figures, {"a": {"weight": 100, "children": {"b": {"weight": 100, **LEAF}}}})


LEAF: Final = {"measure": "x", "rule": {"given": {}}}


def scored(figures: pl.DataFrame, indicators: Mapping[str, object]) -> Result:
    scheme = {"quanheng": 1, "id": "s", "round": "2023", "items": {"x": {}}, "indicators": indicators}
    return qh.score(figures, scheme)


def data_in(text: str) -> Mapping[str, Any]:
    begin = '<script type="application/json" id="data">'
    data = json.loads(text.partition(begin)[2].partition("</script>")[0])
    assert isinstance(data, dict)
    return data
