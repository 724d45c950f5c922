"""The names of the wide frame's columns: one row a unit, one column a thing known of it.

The columns, in the order in which the engine makes them:

    unit, name, group, attribute|area     who
    round                                 of which round the row is, where a frame has several
    item|gdp, item|gdp@12, item_na|gdp    reported values of the round, of 12 months before; not applicable
    target|growth, target_na|growth       the unit's target for an indicator
    measure|growth, absence|growth        what the rule rates; why there is none
    value|growth                          what the target is stated of, where that is not the measure
    losses|growth                         whether the unit is below 0 in a sum the measure takes shares of
    treated|growth                        the measure after filling and treatment: what is really rated
    treatment|growth                      winsorised, log, limited; null where the value was left alone
    stat|growth|best …                    statistics of the pool the rule looks at
    over|growth|best …                    the same over several rounds, as it is found beforehand
    ratio|growth, rated|growth            the rule's inner ratio, and its points before any policy for gaps
    node|growth|points, node|growth|na    what points(growth) stands for in formulas; where it does not apply
    points|growth, marks|growth           points after policies; marks the node is worth to this unit
    weight|economy|growth                 a child's weight where each unit has its own
    counted|economy, share|growth         weight of the children with points; a child's part of it
    score|growth                          marks earned
    review|2023-Q1, reviews_mean|2023-Q1  the total of a review inside the year; a mean of some of them
    reviews_mean, own|total               what is folded into the year's total, and its total before
    claim|total|bonus, adjust|total|bonus adjustment marks asked for at a node; those that count
    claim|total|bonus|praise              those asked for in a category; kept|total|bonus: what caps leave
    below|economy|bonus, left|work|bonus| what a cap of a node holds for; what the caps of nodes leave
    stands|economy                        whether the condition of a dimension holds
    ceiling|growth|0                      whether a cap under a condition holds
    cut|growth                            what a floor adds to the score of a node, or a cap takes from it
    uncapped|bonus, gate|bonus            a unit's marks of a kind before cap and gate; whether the gate holds
    adjustment_rule|0 …                   what a computed adjustment gives
    problem                               whether a finding of error level is about the unit
    place, placed, tier, ranked, vetoed   the unit's outcome, and how many units of its group are placed
    last_place, place_gain …              the unit's earlier rounds
"""

from __future__ import annotations

from typing import Final

UNIT: Final = "unit"
NAME: Final = "name"
GROUP: Final = "group"
ROUND: Final = "round"
"""Which round a row is of, where a frame has several."""
OVER_ROUNDS: Final = "over_rounds"
"""There only in a frame whose rows are of several rounds that are looked at together."""
PLACE: Final = "place"
TIER: Final = "tier"
RANKED: Final = "ranked"
VETOED: Final = "vetoed"
PLACED: Final = "placed"
"""How many units of the unit's group have a place."""
LAST_PLACE: Final = "last_place"
LAST_TIER: Final = "last_tier"
LAST_SCORE: Final = "last_score"
"""What the unit reached in the round before, null if it was not there."""
PLACE_GAIN: Final = "place_gain"
SCORE_GAIN: Final = "score_gain"
"""How many places, and how much score, better than in the round before."""
FIRST_TIER_STREAK: Final = "first_tier_streak"
FIRST_TIER_COUNT: Final = "first_tier_count"
"""How many rounds in a row up to this one, and how many rounds in all, the unit was in the first tier."""
EARLIER_STREAK: Final = "earlier_first_tier_streak"
EARLIER_COUNT: Final = "earlier_first_tier_count"
"""The same before this round."""
OWN_TOTAL: Final = "own|total"
"""The total before the reviews are folded into it; there only where the scheme folds them."""
REVIEWS_MEAN: Final = "reviews_mean"
"""The mean of the unit's reviews that is folded into its total, null where it has none."""
PROBLEM: Final = "problem"
"""Whether something about the unit is an error."""
AVAILABLE: Final = "available"
"""Share of the unit's weight that has points of its own (absence §7)."""

PRESENT: Final = 0
MISSING: Final = 1
NOT_APPLICABLE: Final = 2
UNDEFINED: Final = 3
"""The four values of `absence|…`: has a value, missing, not applicable, the formula cannot be computed."""


def item(code: str, months_before: int = 0) -> str:
    """Return the column of an item's value, of the round or of so many months before."""
    return f"item|{_at(code, months_before)}"


def item_na(code: str, months_before: int = 0) -> str:
    """Return the column that is true where the item does not apply; there only if some cell says so."""
    return f"item_na|{_at(code, months_before)}"


def item_undefined(code: str, months_before: int = 0) -> str:
    """Return the column that is true where a figure over periods cannot be computed for one of them."""
    return f"item_undefined|{_at(code, months_before)}"


def of_node(code: str, function: str, by: str | None = None) -> str:
    """Return the column of what `points(code)` or `score(code)` stands for in a formula.

    `by` is the column of the units that names whose units are meant.
    """
    return f"node|{code}|{function}{_related(by)}"


def of_node_na(code: str, by: str | None = None) -> str:
    """Return the column that is true where a node named in a formula does not apply to the unit."""
    return f"node|{code}|na{_related(by)}"


def _related(by: str | None) -> str:
    return "" if by is None else f"|{by}"


def target(indicator: str) -> str:
    """Return the column of the unit's target for an indicator."""
    return f"target|{indicator}"


def target_na(indicator: str) -> str:
    """Return the column that is true where the target is stated as not applicable; it may not exist."""
    return f"target_na|{indicator}"


def attribute(column: str) -> str:
    """Return the column of an attribute of the units (`region`, `area`)."""
    return f"attribute|{heading(column)}"


def heading(written: str) -> str:
    """Return a heading people wrote in the form in which columns carry it.

    Spark reads a dot in the name of a column as a field of a structure and a backtick as a quote; here they
    become characters that look alike.

    Examples:
        >>> heading("No. of staff")
        'No․ of staff'
    """
    return written.translate(_LOOK_ALIKE)


_LOOK_ALIKE: Final = str.maketrans({".": "․", "`": "ˋ"})


def measure(indicator: str) -> str:
    """Return the column of the measure: null where it is absent."""
    return f"measure|{indicator}"


def value(indicator: str) -> str:
    """Return the column of what a target is stated of, e, where the measure is `completion(e)`."""
    return f"value|{indicator}"


def losses(code: str) -> str:
    """Return the column that says whether a unit is below 0 in a sum that the measure takes shares of."""
    return f"losses|{code}"


def absence(indicator: str) -> str:
    """Return the column that says why a measure is absent: PRESENT, MISSING, NOT_APPLICABLE, UNDEFINED."""
    return f"absence|{indicator}"


def treated(indicator: str) -> str:
    """Return the column of the measure after filling and treatment."""
    return f"treated|{indicator}"


def stat(indicator: str, statistic: str) -> str:
    """Return the column of a statistic of the indicator's pool."""
    return f"stat|{indicator}|{statistic}"


def over(indicator: str, statistic: str) -> str:
    """Return the column of a statistic taken over several rounds, found before the round is scored."""
    return f"over|{indicator}|{statistic}"


def member(pool: str) -> str:
    """Return the column of whether a unit is in a pool."""
    return f"member|{pool}"


def treatment(indicator: str) -> str:
    """Return the column that says how the unit's value was treated; null where it was not."""
    return f"treatment|{indicator}"


def ratio(indicator: str) -> str:
    """Return the column of the rule's inner ratio (scale's r, target's c)."""
    return f"ratio|{indicator}"


def rated(indicator: str) -> str:
    """Return the column of the points the rule gives, before any policy for gaps."""
    return f"rated|{indicator}"


def points(node: str) -> str:
    """Return the column of a node's points."""
    return f"points|{node}"


def share(node: str) -> str:
    """Return the column of a node's part (0 to 1) among its siblings for the unit, after redistribution."""
    return f"share|{node}"


def counted(dimension: str) -> str:
    """Return the column of the weight of a dimension's children that have points for the unit."""
    return f"counted|{dimension}"


def unit_weight(dimension: str, child: str) -> str:
    """Return the column of a child's weight in a dimension where weights differ by unit."""
    return f"weight|{dimension}|{child}"


def marks(node: str) -> str:
    """Return the column of the marks a node is worth to the unit, after redistribution."""
    return f"marks|{node}"


def score(node: str) -> str:
    """Return the column of the marks a node earned."""
    return f"score|{node}"


def review(round: str) -> str:  # noqa: A002 - the word of the language
    """Return the column of the total that the unit reached in a review inside the year."""
    return f"review|{round}"


def mean_of_reviews(step: str) -> str:
    """Return the column of the mean of some reviews, such as those of the months of a quarter."""
    return f"{REVIEWS_MEAN}|{step}"


def cut(node: str) -> str:
    """Return the column of what a floor added to the score of a node, or a cap took from it (below 0)."""
    return f"cut|{node}"


def stands(dimension: str) -> str:
    """Return the column that says whether the condition of a dimension holds."""
    return f"stands|{dimension}"


def ceiling(node: str, index: int) -> str:
    """Return the column that says whether a cap of a node that has a condition holds."""
    return f"ceiling|{node}|{index}"


def adjust(node: str, kind: str) -> str:
    """Return the column of the adjustment marks of `kind` that count at a node, after caps and gates."""
    return f"adjust|{node}|{kind}"


def claim(node: str, kind: str) -> str:
    """Return the column of the adjustment marks of `kind` asked for at a node, before cap and gate."""
    return f"claim|{node}|{kind}"


def uncapped(kind: str) -> str:
    """Return the column of all adjustment marks of `kind` asked for, at any node, before cap and gate.

    What the caps of nodes and categories take is not among them.
    """
    return f"uncapped|{kind}"


def claim_in(node: str, kind: str, category: str) -> str:
    """Return the column of the marks of `kind` asked for at a node in a category, "" being in none."""
    return f"claim|{node}|{kind}|{category}"


def below(node: str, kind: str, category: str | None = None) -> str:
    """Return the column of all marks of `kind` asked for at a node and below it, before the node's cap.

    With a `category` they are those of it, before its cap at the node.
    """
    return f"below|{node}|{kind}" if category is None else f"below|{node}|{kind}|{category}"


def left(node: str, kind: str, category: str) -> str:
    """Return the column of the marks asked for at a node in a category that the caps of nodes leave."""
    return f"left|{node}|{kind}|{category}"


def kept(node: str, kind: str) -> str:
    """Return the column of the marks of `kind` asked for at a node that caps of nodes, categories leave."""
    return f"kept|{node}|{kind}"


def uncapped_in(kind: str, category: str) -> str:
    """Return the column of all marks of `kind` asked for in a category, at any node, before its cap."""
    return f"uncapped|{kind}|{category}"


def gate(kind: str) -> str:
    """Return the column that says whether the gate of `kind` holds; null where its figures are absent."""
    return f"gate|{kind}"


def adjustment_rule(index: int) -> str:
    """Return the column of what a computed adjustment gives: its marks, or for a veto whether it falls.

    Null where its figures are absent.
    """
    return f"adjustment_rule|{index}"


def adjustment_gate(index: int) -> str:
    """Return the column that says whether a computed adjustment's own gate holds; null if that is open."""
    return f"adjustment_gate|{index}"


def _at(code: str, months_before: int) -> str:
    return f"{code}@{months_before}" if months_before else code
