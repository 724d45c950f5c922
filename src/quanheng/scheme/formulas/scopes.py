"""What a formula may speak of, by the place where it stands: the words and functions beside the items.

A word goes before an item, an item before a node of the same code; where that could mislead, a check says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

from quanheng.scheme.formulas.functions import OF_UNITS, UNITS

Sort: TypeAlias = Literal["number", "condition", "words", "day"]
"""What a word or a part of a formula is; `condition` is true or false."""

# --- words ----------------------------------------------------------------------------------------

MET_WORDS: Final[Mapping[str, Sort]] = {"x": "number", "target": "number"}
"""In the rule `met`: the measure and the unit's target, beside the items."""

MARKS_WORDS: Final[Mapping[str, Sort]] = {**MET_WORDS, "marks": "number"}
"""In the rule `marks`: also what the indicator is worth by the scheme."""

LEDGER_WORDS: Final[Mapping[str, Sort]] = {"period_start": "day", "period_end": "day"}
"""In the `where` of a ledger item: first and last day of the period, beside the ledger's columns."""

POOL_WORDS: Final[Mapping[str, Sort]] = {"group": "words"}
"""In the `where` of a pool, beside items."""

TIER_WORDS: Final[Mapping[str, Sort]] = {
    "veto": "condition",
    "vetoed": "condition",
    "score": "number",
    "place": "number",
    "group": "words",
}
"""In the `unless` of a tier, beside items and the codes of nodes (their scores)."""

AWARD_WORDS: Final[Mapping[str, Sort]] = {
    **TIER_WORDS,
    "tier": "words",
    "last_place": "number",
    "last_score": "number",
    "last_tier": "words",
    "place_gain": "number",
    "score_gain": "number",
    "first_tier_streak": "number",
    "first_tier_count": "number",
}
"""In `where` and `by` of an award, beside items and the codes of nodes (their scores)."""

REVIEW_WORDS: Final[Mapping[str, Sort]] = {
    "score": "number",
    "place": "number",
    "place_from_below": "number",
    "tier": "words",
    "award": "words",
}
"""In `reviews(…)`: what a unit reached in a review; alone there, no items and no nodes."""

LIGHT_WORDS: Final[Mapping[str, Sort]] = {
    "value": "number",
    "target": "number",
    "due": "number",
    "completion": "number",
    "growth": "number",
    "average": "number",
}
"""In the conditions of a pace: of the year to date, what is due of the target and how it stands to it."""

# --- functions ------------------------------------------------------------------------------------

NUMBER_FUNCTIONS: Final = frozenset({"log", "abs", "sign", "floor", "ceil", "round", "sqrt", "exp"})
"""Functions of one number."""
ROW_FUNCTIONS: Final = NUMBER_FUNCTIONS | frozenset({"min", "max", "mean", "sum", "coalesce", "where"})
"""Functions of one record or unit alone."""
RECORD_FUNCTIONS: Final = ROW_FUNCTIONS | {"workdays"}
"""Functions over the columns of a record of a ledger, where the book's calendar is known."""
TIME_FUNCTIONS: Final = frozenset({"growth", "change", "lag", "own"})
"""Functions that look at earlier periods."""
POOL_FUNCTIONS: Final = frozenset({"share", "place", UNITS, "sd", "median", *OF_UNITS.values()})
"""Functions that look at other units; `place` by the indicator's direction, elsewhere more is better."""
SERIES_FUNCTIONS: Final = frozenset({"months", "quarters", "best", "worst", "last", "percentile"})
"""Functions that look at each month or quarter of the round."""
REVIEW_FUNCTIONS: Final = frozenset({"reviews", "best", "worst", "last"})
"""Functions that look at the reviews inside the round."""
TARGET_FUNCTIONS: Final = frozenset({"completion"})
"""Functions that look at the indicator's target."""

ITEM_FUNCTIONS: Final = ROW_FUNCTIONS | TIME_FUNCTIONS | POOL_FUNCTIONS | SERIES_FUNCTIONS
"""In `coefficient` and `when`, and in the `marks` of an adjustment."""
MEASURE_FUNCTIONS: Final = ITEM_FUNCTIONS | TARGET_FUNCTIONS
"""In the measure and the `met` of an indicator."""
NODE_FUNCTIONS: Final = frozenset({"points", "score"})
"""In the measure of an indicator, and in computed items that measures use: what a node has (points §10)."""

# --- codes ----------------------------------------------------------------------------------------

FORMULA_KEYWORDS: Final = frozenset({"and", "or", "not", "in"})
"""No code may be one of these, since a formula could not name it."""

DATA_HEADINGS: Final = frozenset({"unit", "name", "group", "period", "item", "value"})
"""No item may be called like a column that says whose value it is, or that holds the values of all items."""
