from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from quanheng.data.telling.names import Nearness, roster_of, shown
from quanheng.findings.visible import printable

ROSTER = roster_of(["T1", "T2", "P1"], [("甲镇", ""), ("乙镇", "Second"), ("T1", "")])


def find(*texts: str | None) -> list[int | None]:
    return ROSTER.find(pl.Series(texts, dtype=pl.String)).index.to_list()


def test_a_text_finds_by_code_by_name_and_spelt_loosely() -> None:
    assert find("T2", "乙镇", "Second", "t2", "Ｔ２", "乙 镇", None) == [1, 1, 1, 1, 1, 1, None]


def test_a_code_goes_before_a_name_that_is_alike() -> None:
    assert find("T1", "nobody") == [0, None]


def test_an_empty_name_names_nobody() -> None:
    assert find("", " ") == [None, None]


def test_a_name_of_two_is_ambiguous() -> None:
    roster = roster_of(["a", "b"], [("same",), ("same",)])

    found = roster.find(pl.Series(["same", "a"]))

    assert found.index.to_list() == [None, 0]
    assert found.ambiguous == {"same": ("a", "b")}


def test_nobody_is_found_in_an_empty_roster() -> None:
    assert roster_of([], []).find(pl.Series(["x"])).index.to_list() == [None]


@given(codes=st.lists(st.text(min_size=1, max_size=5), unique=True, min_size=1, max_size=8))
def test_every_code_finds_itself(codes: list[str]) -> None:
    roster = roster_of(codes, [("",)] * len(codes))

    assert roster.find(pl.Series([*codes, None])).index.to_list() == [*range(len(codes)), None]


@given(st.data())
def test_codes_find_themselves_however_often_they_stand(data: st.DataObject) -> None:
    codes = data.draw(st.lists(st.sampled_from(["a", "b", "B", "中", "x1", "10"]), unique=True, min_size=1))
    texts = data.draw(st.lists(st.sampled_from([*codes, None]), min_size=10 * len(codes)))
    roster = roster_of(codes, [("Beta",)] * len(codes))
    index = {code: number for number, code in enumerate(codes)}

    found = roster.find(pl.Series([*texts], dtype=pl.String)).index

    assert found.dtype == pl.UInt32
    assert found.to_list() == [None if text is None else index[text] for text in texts]


def test_one_stranger_among_many_codes_is_nobody() -> None:
    assert find(*["T1", "P1"] * 20, "T3", None) == [*[0, 2] * 20, None, None]


def test_the_nearest_is_offered_as_often_as_it_is_cheap() -> None:
    near = Nearness(f"unit{number}" for number in range(60_000))

    offers = [near.facts("unit77x")["near"].en for _ in range(5)]

    assert [bool(offer) for offer in offers] == [True, True, True, False, False]


def test_messages_show_no_control_characters_and_no_long_texts() -> None:
    assert shown("a\x1b[2J\nb") == "a<U+001B>[2J b"
    assert shown("x" * 500) == "x" * 59 + "…"
    assert shown(None) == ""
    assert printable("甲\u202e\t") == "甲<U+202E> "
