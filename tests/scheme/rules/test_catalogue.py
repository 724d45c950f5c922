from __future__ import annotations

from typing import get_args

from quanheng.scheme.rules.catalogue import CATALOGUE, AnyRule
from quanheng.scheme.rules.forms import RULE_WORDS


def test_catalogue_has_every_rule_of_the_union_once() -> None:
    assert sorted(value.__name__ for entry in CATALOGUE for value in entry.values) == sorted(
        rule.__name__ for rule in get_args(AnyRule)
    )


def test_one_word_is_enough_where_all_numbers_have_defaults() -> None:
    assert set(RULE_WORDS) == {"scale", "target", "place", "percentile", "zscore", "given"}
