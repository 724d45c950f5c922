"""What may be asked of the reviews inside a round, and how that is written in Chinese (formulas m)."""

from __future__ import annotations

import pytest

from quanheng.findings.finding import FindingsError
from quanheng.scheme.files.read import scheme_from_mapping
from quanheng.scheme.formulas.worded.chinese import in_chinese, in_english
from quanheng.scheme.tree.scheme import Scheme

REVIEWS = {"reviews": {"every": "quarter"}}
FLAG = {"awards": [{"name": "Flag", "every": "quarter", "take": 1}, {"name": "Cup", "every": "year"}]}
LEAF = {"measure": "x", "weight": 100, "rule": "percentile"}


def read(when: str, **more: object) -> tuple[Scheme | None, set[str]]:
    """Read a scheme with an invented rule under the condition `when`."""
    rule = {"name": "invented", "kind": "penalty", "marks": 2, "when": when}
    scheme = {
        "items": {"x": {"every": "quarter"}},
        "indicators": {"k": LEAF},
        "adjustments": {"rules": [rule]},
        **REVIEWS,
        **FLAG,
        **more,
    }
    try:
        made = scheme_from_mapping(scheme)
    except FindingsError as error:
        return None, {finding.code for finding in error.findings}
    return made, set()


@pytest.mark.parametrize(
    ("when", "code"),
    [
        ("reviews(place <= 3) >= 3", None),
        ("last(2, reviews(place_from_below <= 3)) >= 2 and x > 3", None),
        ("share(reviews(tier == 'A')) > 50%", None),
        ("reviews(award == 'Flag' or place == 1) > 1", None),
        ("reviews(award in ('Flag',)) > 1", None),
        ("mean(best(3, reviews(score))) < 60", None),
        ("reviews(place)", "QH179"),
        ("reviews(place <= 3, 13) > 1", "QH180"),
        ("mean(reviews(place <= 3)) > 1", "QH181"),
        ("months(reviews(place <= 3) > 1) > 1", "QH181"),
        ("reviews(x > 1) > 1", "QH186"),
        ("reviews(k > 1) > 1", "QH186"),
        ("reviews(score(k) > 1) > 1", "QH186"),
        ("reviews(months(x > 1) > 1) > 1", "QH181"),
        ("reviews(growth(score) > 1) > 1", "QH186"),
        ("reviews(award == tier) > 1", "QH186"),
        ("lag(reviews(place <= 3), 1y) > 1", "QH186"),
        ("growth(reviews(place <= 3)) > 1", "QH186"),
        ("mean(best(3, reviews(score - place))) > 1", "QH186"),
        ("reviews(award == 'Flagg') > 1", "QH187"),
        ("reviews(award == 'Cup') > 1", "QH187"),
        ("reviews(tier > 1) > 1", "QH224"),
        ("reviews(place <= 3)", "QH224"),
    ],
)
def test_what_may_be_asked_of_a_review(when: str, code: str | None) -> None:
    _, codes = read(when)

    assert codes == set() if code is None else code in codes


def test_reviews_are_looked_at_only_where_there_are_any() -> None:
    _, codes = read("reviews(place <= 3) > 1", reviews=None)

    assert codes == {"QH185"}


@pytest.mark.parametrize(
    "more",
    [
        {"indicators": {"k": {**LEAF, "measure": "x + reviews(place <= 3)"}}},
        {"indicators": {"k": {**LEAF, "coefficient": "reviews(place <= 3)"}}},
        {"gaps": {"where": "reviews(place <= 3) > 1"}},
    ],
)
def test_what_reviews_are_made_of_cannot_look_at_them(more: dict[str, object]) -> None:
    _, codes = read("x > 1", **more)

    assert "QH223" in codes


def test_award_of_a_review_cannot_look_at_the_reviews_of_the_year() -> None:
    award = {"name": "Flag", "every": "quarter", "where": "reviews(place <= 3) > 1"}

    _, codes = read("x > 1", awards=[award])

    assert codes == {"QH877"}


@pytest.mark.parametrize(
    ("written", "chosen"),
    [("mean(best(2, reviews(place))) > 1", "lowest"), ("mean(best(2, reviews(score))) > 1", "highest")],
)
def test_best_place_is_the_least(written: str, chosen: str) -> None:
    scheme, _ = read(written)

    assert scheme is not None
    assert [item.code for item in scheme.items if item.code != "x"] == [
        written.replace("best", chosen).removesuffix(" > 1")
    ]
    # it is told as it was written, whichever way it is looked for
    assert scheme.items[-1].name.en == written.removesuffix(" > 1")


@pytest.mark.parametrize(
    ("written", "chinese"),
    [
        ("reviews(place <= 3) > 1 and place > 2", "各次评议(位次 <= 3) > 1 且 place > 2"),
        ("last(2, reviews(award == 'Flag')) > 1", "最后(2, 各次评议(奖项 == 'Flag')) > 1"),
        ("mean(reviews(score, 3)) + score(k)", "平均(各次评议(得分, 3)) + 得分(k)"),
        ("reviews((place_from_below + 1) > 3) > x", "各次评议((倒数位次 + 1) > 3) > x"),
    ],
)
def test_words_of_a_review_are_chinese_inside_alone(written: str, chinese: str) -> None:
    assert in_chinese(written) == chinese
    assert in_english(chinese) == written
