from __future__ import annotations

import pytest

from quanheng.examples import path_of_example
from quanheng.findings.finding import FindingsError
from quanheng.scheme.fields.lines import Path
from quanheng.scheme.files.yaml_editing import edit_yaml
from quanheng.scheme.files.yaml_lines import Value, read_yaml

TEXT = """\
# of the office
title:  # both
  zh: 示例
  en: Example
publish:
  - total   # the sum
  - place
indicators:
  output: {measure: gdp, weight: 40}   # in 亿元
  people:
    # asked once a year
    weight: 'x'   # to be settled
    measure: survey
    note:
  bare: rate
  none: {}
"""


@pytest.mark.parametrize(
    ("path", "new", "before", "after"),
    [
        (("title", "zh"), "新: 题", "zh: 示例", 'zh: "新: 题"'),
        (("title",), "甲", "title:  # both\n  zh: 示例\n  en: Example\n", "title:  # both\n  甲\n"),
        (("publish",), ["tier"], "publish:\n  - total   # the sum\n  - place\n", "publish: [tier]\n"),
        (("indicators", "output", "weight"), 2.5, "weight: 40}", "weight: 2.5}"),
        (("indicators", "output", "name"), "产出", "{measure: gdp", "{name: 产出, measure: gdp"),
        (("indicators", "people", "weight"), 7, "weight: 'x'", "weight: 7"),
        (("indicators", "people", "note"), "一", "note:\n", "note: 一\n"),
        (("indicators", "people", "name"), "人", "    weight: 'x'", "    name: 人\n    weight: 'x'"),
        (("indicators", "bare"), {"measure": "rate"}, "bare: rate", "bare: {measure: rate}"),
        (("indicators", "none", "weight"), None, "none: {}", "none: {weight: null}"),
        (("rounding",), {"total": 2}, "  none: {}\n", "  none: {}\nrounding: {total: 2}\n"),
    ],
)
def test_one_part_is_written_anew_and_all_else_stays(path: Path, new: Value, before: str, after: str) -> None:
    edited = edit_yaml(TEXT, {path: new})

    assert TEXT.count(before) == 1
    assert (edited.text, edited.in_place) == (TEXT.replace(before, after), True)


def test_several_parts_are_written_at_once() -> None:
    text = "a: {b: 1, c: 2}\nd: 3 # kept\n"

    edited = edit_yaml(text, {("d",): 30, ("a", "c"): 20, ("a", "b"): 10, ("a", "e"): 5})

    assert edited.text == "a: {e: 5, b: 10, c: 20}\nd: 30 # kept\n"


def test_what_an_alias_brings_in_is_written_out_where_it_has_no_place_of_its_own() -> None:
    text = "a: &a {w: 1}\nb: *a # the same\nc: [null, 1.5, true]\n"

    edited = edit_yaml(text, {("b", "w"): 2})

    assert not edited.in_place
    assert read_yaml(edited.text, file="")[0] == {"a": {"w": 1}, "b": {"w": 2}, "c": [None, 1.5, True]}
    assert not edit_yaml(text, {("a", "w"): 2}).in_place  # it would change b too
    assert edit_yaml(text, {("b",): 2}).text == text.replace("*a", "2")


def test_nothing_changed_leaves_the_text_as_it_is() -> None:
    text = path_of_example("district-2023").joinpath("scheme.yaml").read_text(encoding="utf-8")

    assert edit_yaml(text, {("round",): 2023}).text == text


def test_every_weight_of_a_large_scheme_can_be_changed_in_its_place() -> None:
    text = path_of_example("district-2023").joinpath("scheme.yaml").read_text(encoding="utf-8")
    _, locations = read_yaml(text, file="")
    value: Value = 17.25
    weights = [path for path in locations.lines if len(path) > 1 and "weight" in (path[-1], path[-2])]
    single = {path: value for path in weights if not any(path == longer[:-1] for longer in weights)}

    edited = edit_yaml(text, single)

    assert edited.in_place
    assert len(single) > 60
    assert edited.text.count("17.25") == len(single)
    assert edited.text.count("#") == text.count("#")
    assert edited.text.count("\n") == text.count("\n")


def test_what_is_no_yaml_is_refused() -> None:
    with pytest.raises(FindingsError):
        edit_yaml("a: [", {("a",): 1})
