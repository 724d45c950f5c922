from __future__ import annotations

from pathlib import Path

from quanheng.data.telling.in_places import in_places
from quanheng.findings.finding import Kind, Location
from quanheng.scheme.files.read import load_scheme

SCHEME = """\
quanheng: 1
id: r
title: t
round: 2023
items:
  x: {}
groups:
  towns: {marks: 100}
indicators:
  first:
    weight: 100
    children:
      k: {weight: 100, measure: x, rule: percentile}
"""
KIND = Kind(code="QH999", severity="error", en="odd", zh="怪", hint_en="look", hint_zh="查看")


def test_what_has_no_place_stands_where_the_scheme_speaks_of_it(tmp_path: Path) -> None:
    file = tmp_path / "scheme.yaml"
    file.write_text(SCHEME, encoding="utf-8")
    scheme, _ = load_scheme(file)
    assert scheme is not None
    found = (
        KIND.at(node="k"),
        KIND.at(node="total", item="x"),
        KIND.at(item="x"),
        KIND.at(group="towns"),
        KIND.at(round="2023"),
        KIND.at(node="nobody"),
        KIND.at(Location(file="data/d.csv", line=3), node="k"),
    )

    places = [str(each.where) for each in in_places(found, scheme)]

    assert places == [
        "scheme.yaml:13",
        "scheme.yaml:9",
        "scheme.yaml:6",
        "scheme.yaml:8",
        "scheme.yaml:4",
        "scheme.yaml:4",
        "data/d.csv:3",
    ]
