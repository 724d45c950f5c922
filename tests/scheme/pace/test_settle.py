"""Pace and reviews as they are written become values, with what an indicator says of its own."""

from __future__ import annotations

import pytest
from tests.scheme.written import all_codes_in, scheme

from quanheng.scheme.pace.pace import Curve, Even, Fold, Given, Pace, Reviews, Seasonal

_BODY = """
    items: {a: {every: month}}
    indicators:
      one: {measure: a, weight: 60, rule: percentile}
      two: {measure: a, weight: 40, rule: percentile, pace: OWN}
"""


def test_scheme_without_pace_and_reviews_has_none() -> None:
    made = scheme(_BODY.replace(", pace: OWN", ""))

    assert (made.pace, made.reviews) == (None, None)
    assert [indicator.pace for indicator in made.indicators] == [None, None]


@pytest.mark.parametrize(
    ("written", "curve"),
    [
        ("even", Even()),
        ("seasonal", Seasonal(years=5)),
        ("{seasonal: 3}", Seasonal(years=3)),
        ("{2023-Q1: 22%, 2023-H1: 0.48}", Given({"2023-Q1": 0.22, "2023-H1": 0.48})),
    ],
)
def test_curve_has_its_forms(written: str, curve: Curve) -> None:
    made = scheme(f"{_BODY.replace('OWN', '{}')}    pace: {{curve: {written}}}\n")

    assert made.pace is not None
    assert made.pace.curve == curve


def test_pace_that_says_nothing_has_the_defaults() -> None:
    made = scheme(f"{_BODY.replace('OWN', 'none')}    pace: {{}}\n")

    assert made.pace == Pace() == Pace(yellow=0.95, red=0.85, repeat=2, due_soon=14, every="month")
    assert [indicator.pace for indicator in made.indicators] == [Pace(), None]


def test_indicator_has_the_pace_of_the_scheme_with_its_own_keys() -> None:
    made = scheme(f"""{_BODY.replace("OWN", "{target: level, yellow: 90%, when: {green: value >= due}}")}
    pace:
      curve: seasonal
      at: {{2023-H1: 50%}}
      red: 80%
      when: {{red: growth < 0, yellow: value < average}}
      repeat: 3
      due_soon: 0
      every: quarter
    """)
    one, two = (indicator.pace for indicator in made.indicators)

    assert one == made.pace
    assert two is not None
    assert (two.nature, two.yellow, two.red, two.repeat, two.due_soon, two.every) == (
        *("level", 0.9, 0.8, 3, 0, "quarter"),
    )
    assert (two.curve, two.at) == (Seasonal(), {"2023-H1": 0.5})
    assert (str(two.lights.red), str(two.lights.yellow), str(two.lights.green)) == (
        *("None", "None", "value >= due"),
    )


def test_curve_of_an_indicator_sets_aside_the_shares_stated_beside_the_curve_of_the_scheme() -> None:
    made = scheme(f"{_BODY.replace('OWN', '{curve: even}')}    pace: {{at: {{2023-H1: 40%}}}}\n")
    one, two = (indicator.pace for indicator in made.indicators)

    assert one is not None
    assert two is not None
    assert (one.at, two.at) == ({"2023-H1": 0.4}, {})


def test_pace_of_an_indicator_alone_begins_with_the_defaults() -> None:
    made = scheme(_BODY.replace("OWN", "{repeat: 4}"))

    assert [indicator.pace for indicator in made.indicators] == [None, Pace(repeat=4)]


def test_reviews_have_their_values() -> None:
    made = scheme(f"""{_BODY.replace("OWN", "{}")}
    reviews: {{every: month, nodes: one, through: quarter, fold: {{reviews: 40%, year: 0.6}}}}
    """)

    assert made.reviews == Reviews(
        every="month", nodes=("one",), through="quarter", fold=Fold(reviews=0.4, year=0.6)
    )


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ("{curve: evn}", "QH127"),
        ("{curve: {seasonal: 0}}", "QH128"),
        ("{curve: {}}", "QH129"),
        ("{curve: {Q1: 20%}}", "QH129"),
        ("{at: {2023-H1: 120%}}", "QH128"),
        ("{repeat: 0}", "QH128"),
        ("{repeat: 1.5}", "QH122"),
        ("{due_soon: -1}", "QH128"),
        ("{every: week}", "QH127"),
        ("{when: {orange: value < 1}}", "QH120"),
        ("{target: level}", "QH120"),
    ],
)
def test_what_pace_cannot_be_is_found(keys: str, code: str) -> None:
    assert all_codes_in(f"{_BODY.replace('OWN', '{}')}    pace: {keys}\n")[0][0] == code


@pytest.mark.parametrize(("own", "code"), [("off", "QH127"), ("{target: sum}", "QH127")])
def test_what_the_pace_of_an_indicator_cannot_be_is_found(own: str, code: str) -> None:
    assert all_codes_in(_BODY.replace("OWN", own))[0][0] == code
