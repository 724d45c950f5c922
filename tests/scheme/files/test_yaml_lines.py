from __future__ import annotations

import pytest

from quanheng.findings.finding import FindingsError
from quanheng.scheme.files.yaml_lines import MAX_NESTING, read_yaml


def found_in(text: str) -> list[tuple[str, int | None]]:
    with pytest.raises(FindingsError) as caught:
        read_yaml(text, file="s.yaml")
    return [(finding.code, finding.where.line) for finding in caught.value.findings]


def test_scalars_mean_what_yaml_1_2_says() -> None:
    value, _ = read_yaml(
        "[1, -2, 1.5, 1e3, true, null, ~, no, 'true', 001, 0x1f, 2023-06-30, 30%, 1_000, .inf, !!str 5, ]",
        file="s.yaml",
    )

    assert value == [
        *(1, -2, 1.5, 1000.0, True, None, None, "no", "true", "001"),
        *("0x1f", "2023-06-30", "30%", "1_000", ".inf", "5"),
    ]


def test_every_key_and_row_has_its_line() -> None:
    value, places = read_yaml("a:\n  b:\n    - 1\n    - {c: 2}\nd: 3\n", file="s.yaml")

    assert value == {"a": {"b": [1, {"c": 2}]}, "d": 3}
    assert [
        str(places.of(*path)) for path in (("a", "b", 1, "c"), ("a", "b", 0), ("d",), ("a", "z"), ())
    ] == [
        *("s.yaml:4", "s.yaml:3", "s.yaml:5", "s.yaml:1", "s.yaml"),
    ]


def test_all_keys_that_stand_twice_are_found_with_both_lines() -> None:
    with pytest.raises(FindingsError) as caught:
        read_yaml("a: 1\nb: {c: 1, c: 2}\na: 3\n", file="s.yaml")

    assert [finding.message("en") for finding in caught.value.findings] == [
        "'c' is written twice here, first on line 2",
        "'a' is written twice here, first on line 1",
    ]
    assert [finding.where.line for finding in caught.value.findings] == [2, 3]


def test_aliases_and_merges_are_resolved() -> None:
    value, places = read_yaml(
        "base: &b {x: 1, y: 2}\none: *b\ntwo: {<<: *b, y: 3}\nthree: {<<: [*b, {z: 4}], x: 0}\n",
        file="s.yaml",
    )

    assert value == {
        "base": {"x": 1, "y": 2},
        "one": {"x": 1, "y": 2},
        "two": {"x": 1, "y": 3},
        "three": {"z": 4, "y": 2, "x": 0},
    }
    assert places.of("one", "x").line == 1


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: [1", "QH104", 1),
        ('a: 1\nb: "\\U00110000"', "QH104", 2),
        ("a: b: c", "QH104", 1),
        ("\ta: 1", "QH104", 1),
        ("a: 1\n---\nb: 2", "QH113", 2),
        ("a: !!python/object:os.system x", "QH112", 1),
        ("a: !!int '3'", "QH112", 1),
        ("? [a]\n: 1", "QH111", 1),
        ("a: *b", "QH109", 1),
        ("a: &a {b: *a}", "QH110", 1),
        ("<<: 3", "QH124", 1),
        ('a: "\\ud800"', "QH114", 1),
        ('"\\e[31m": 1', "QH114", 1),
    ],
)
def test_what_is_not_read_is_a_finding(text: str, code: str, line: int) -> None:
    assert found_in(text) == [(code, line)]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_deep_nesting_stops_early(opening: str) -> None:
    assert {code for code, _ in found_in(opening * 50_000)} <= {"QH107", "QH111"}


def test_nesting_up_to_the_limit_is_read() -> None:
    value, _ = read_yaml("[" * MAX_NESTING + "]" * MAX_NESTING, file="s.yaml")

    assert isinstance(value, list)


def test_alias_bomb_is_refused() -> None:
    rows = ["a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]

    assert found_in("\n".join(rows)) == [("QH108", 5)]
