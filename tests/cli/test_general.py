from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quanheng.cli.general import General, take_general_options
from quanheng.findings.errors import UsageError

ENGLISH = {"LANG": "C"}


def test_general_options_may_stand_anywhere() -> None:
    taken = take_general_options(["--json", "score", "--lang", "zh", "book"], ENGLISH)

    assert taken == (General(language="zh", json=True), ("score", "book"))


def test_general_options_after_the_dashes_are_words() -> None:
    taken = take_general_options(["check", "--", "--json"], ENGLISH)

    assert taken == (General(language="en"), ("check", "--", "--json"))


@pytest.mark.parametrize("tokens", [["--lang", "fr"], ["--lang"], ["--lang="], ["check", "--lang=EN"]])
def test_language_other_than_the_two_is_wrong_usage(tokens: list[str]) -> None:
    with pytest.raises(UsageError, match="--lang takes zh or en"):
        take_general_options(tokens, ENGLISH)


@given(st.lists(st.text().filter(lambda word: not word.startswith("--"))))
def test_words_that_are_no_options_are_kept_as_they_are(words: list[str]) -> None:
    assert take_general_options(words, ENGLISH)[1] == tuple(words)
