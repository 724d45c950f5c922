"""The words of an office are read with findings where something is wrong."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from quanheng.documents.words.read import read_words, words_from
from quanheng.documents.words.words import NO_WORDS
from quanheng.examples import path_of_example
from quanheng.findings.finding import FindingsError
from quanheng.findings.text import Text
from quanheng.usecase.books.new import new_book


def test_one_text_stands_for_a_list_of_one() -> None:
    words = words_from(
        {"opening": "一", "closing": ["二", {"zh": "三", "en": "three"}], "title": ["甲", "乙"]}
    )

    assert words.opening == (Text(zh="一"),)
    assert words.closing == (Text(zh="二"), Text(zh="三", en="three"))
    assert words.title == (Text(zh="甲"), Text(zh="乙"))


def test_folded_lines_leave_no_blank_between_chinese_characters(tmp_path: Path) -> None:
    file = tmp_path / "words.yaml"
    file.write_text(
        "opening: >-\n  完成了审核、计分和复核，\n  结果已经审定 2023 年。\n  Of A\n  town\n",
        encoding="utf-8",
    )

    assert read_words(file).opening[0].zh == "完成了审核、计分和复核，结果已经审定 2023 年。 Of A town"


def test_it_is_sent_on_its_date_unless_it_says_otherwise() -> None:
    assert words_from({"date": "2024-02-06"}).issued_on == dt.date(2024, 2, 6)
    assert words_from({"date": "2024-02-06", "issued_on": "2024-02-07"}).issued_on == dt.date(2024, 2, 7)


def test_an_empty_mapping_says_nothing() -> None:
    assert words_from({}) == NO_WORDS


def test_what_is_no_list_of_keys_is_refused() -> None:
    with pytest.raises(FindingsError, match="QH800"):
        words_from(["authority"])


def test_all_that_is_wrong_is_told(tmp_path: Path) -> None:
    file = tmp_path / "words.yaml"
    file.write_text("authrity: 甲\ndate: 2024-02-30\nsealed: maybe\n", encoding="utf-8")

    with pytest.raises(FindingsError) as refused:
        read_words(file)

    assert sorted(str(finding.where) for finding in refused.value.findings) == [
        f"words.yaml:{line}" for line in (1, 2, 3)
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_new_book_has_an_example(language: str, tmp_path: Path) -> None:
    new_book(tmp_path / "book", language="zh" if language == "zh" else "en")

    words = read_words(tmp_path / "book/words.yaml")

    assert words.date == dt.date(2024, 2, 6)
    assert words.authority.in_language("zh")


def test_the_example_book_speaks_both_languages() -> None:
    words = read_words(path_of_example("district-2023") / "words.yaml")

    for text in (
        words.authority,
        words.number,
        *words.title,
        words.recipients,
        *words.opening,
        *words.closing,
    ):
        assert text.zh
        assert text.en
