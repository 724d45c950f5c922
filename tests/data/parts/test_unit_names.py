from __future__ import annotations

from pathlib import Path

from tests.data.books import findings_of, write_book
from tests.hardship.poison import laid, names

from quanheng.data.load import load


def units(*rows: str) -> str:
    return "unit,name,group\n" + "".join(f"{row},\n" for row in rows)


def told(folder: Path, *rows: str) -> list[str]:
    book = write_book(folder, {"units.csv": units(*rows)})
    codes = {"QH453", "QH640", "QH643"}
    return [f"{found.code} {found.where}" for found in findings_of(book) if found.code in codes]


def test_codes_and_names_that_look_alike_are_told_with_both_places(tmp_path: Path) -> None:
    book = write_book(tmp_path, {"units.csv": units("A1,x", "\u04101,y", "B,\uff38")})

    (found,) = (found for found in findings_of(book) if found.code == "QH643")

    assert str(found.where) == "units.csv!3:unit"
    assert "units.csv!2:unit" in found.message("en")
    assert "\u0410 U+0410" in found.message("zh")


def test_the_plain_one_is_told_too_if_it_stands_below(tmp_path: Path) -> None:
    assert told(tmp_path, "\uff211,x", "A1,y") == ["QH643 units.csv!3:unit"]


def test_a_unit_may_look_like_itself(tmp_path: Path) -> None:
    assert told(tmp_path, "A1,\uff211", "B,A\u4e00") == []


def test_names_that_act_or_run_are_refused_in_their_cells(tmp_path: Path) -> None:
    assert told(tmp_path, "A,a\x1b[2J", "\u202eB,b", "\"-2+3+cmd|'/C calc'!A0\",c", "-5%,+1") == [
        "QH453 units.csv!4:unit",
        "QH640 units.csv!3:unit",
        "QH640 units.csv!2:name",
    ]


def test_breaks_in_names_are_blanks_and_what_is_unseen_is_left_out(tmp_path: Path) -> None:
    book = load(laid(names({"break": "a\n b", "unseen": "T\u200b1"}), tmp_path))

    assert book.units["name"].to_list()[:2] == ["a b", "T1"]
