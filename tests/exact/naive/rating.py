"""The points of indicators: measure, gaps at value, treatment, rule, gaps at points, coefficient."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from tests.exact.naive.books import ROOT, Book, Form, Node, Seat
from tests.exact.naive.formulas import LOSSES, decided, measured
from tests.exact.naive.numerals import Absent, Value, cell, half_up, mean, median, number
from tests.exact.naive.rules import Case, FindingError, rate
from tests.exact.naive.treatment import treated

FULL = Fraction(100)
BEYOND = 10**15
"""Numbers of this size and more are not counted with (numbers §2)."""


@dataclass
class Findings:
    """Codes of findings with the unit (or group) and the node they are about."""

    errors: set[tuple[str, str, str]] = field(default_factory=set)
    warnings: set[tuple[str, str]] = field(default_factory=set)
    refused: set[tuple[str, str]] = field(default_factory=set)
    """What a book that is read is refused for before anything is rated: code and node."""
    alike: set[tuple[str, str]] = field(default_factory=set)
    """The units that a rule told apart from nobody, with the node."""
    edges: set[str] = field(default_factory=set)
    """What was met on the way: books may be asked to leave it out, or are known to hold it."""


@dataclass
class Ratings:
    """What became of one indicator, by unit: points, and whether the figure is the unit's own."""

    points: dict[str, Fraction] = field(default_factory=dict)
    own: set[str] = field(default_factory=set)
    not_applicable: set[str] = field(default_factory=set)


def rate_indicator(book: Book, node: Node, findings: Findings) -> Ratings:
    """Return the points of an indicator for all units it applies to."""
    units = [unit for unit in book.units if book.group(unit) in node.weights]
    measures = {unit: _measure(book, node, unit, findings) for unit in units}
    ratings = Ratings(own={unit for unit, value in measures.items() if isinstance(value, Fraction)})
    for unit, value in measures.items():
        if value is Absent.UNDEFINED:
            findings.errors.add(("QH542", unit, node.code))
    _note_targets(book, node, findings)
    rated = _rated_pool(book, node, measures, findings)
    filled = _filled(book, node, measures)
    if not findings.errors:
        _note_paper(book, node, rated, findings)
    for unit, value in rated.items():
        points = _settled(book, node, unit, rated, filled[unit], findings)
        if value is Absent.NOT_APPLICABLE:
            ratings.not_applicable.add(unit)
        if points is not None:
            points *= coefficient(book, node, unit, findings)
            if abs(points) >= BEYOND:
                findings.errors.add(("QH563", unit, node.code))
            ratings.points[unit] = rounded(points, book, node, "points")
    return ratings


def setting(book: Book, node: Node, key: str) -> Any:  # noqa: ANN401  what a scheme may hold under a key
    """Return what the indicator says, or the scheme's defaults say for it."""
    return node.form.get(key, book.scheme.get("defaults", {}).get(key))


def policies(book: Book, node: Node) -> dict[str, Any]:
    """Return the policies for gaps of an indicator, key by key."""
    defaults = book.scheme.get("defaults", {}).get("gaps", {})
    return {**book.scheme.get("gaps", {}), **defaults, **node.form.get("gaps", {})}


def decimals(book: Book, node: Node, stage: str) -> int | None:
    """Return the decimals of a stage of a node: its own, else the scheme's for all nodes or for its kind."""
    is_root = node.code == ROOT
    if not is_root and stage in node.form.get("rounding", {}):
        own: int = node.form["rounding"][stage]
        return own
    stated: int | dict[str, int] | None = book.scheme.get("rounding", {}).get(stage)
    if isinstance(stated, dict):
        return stated.get("total" if is_root else "indicators" if node.is_leaf else "dimensions")
    return stated


def rounded(value: Fraction, book: Book, node: Node, stage: str) -> Fraction:
    """Return `value` at the decimals of a stage of a node."""
    places = decimals(book, node, stage)
    return value if places is None else half_up(value, places)


def _measure(book: Book, node: Node, unit: str, findings: Findings, *, binary: bool = False) -> Value:
    direction = setting(book, node, "direction") or "more"
    words = {"target": book.target(unit, node.code)}
    if _looks_at_target(book, node) and words["target"] is Absent.NOT_APPLICABLE:
        return Absent.NOT_APPLICABLE
    items = _items_of_the_rule(book, node)
    if any(cell(book.figures.get((unit, item, 0), "")) is Absent.NOT_APPLICABLE for item in items):
        findings.edges.add("an anchor or condition that does not apply")
        return Absent.NOT_APPLICABLE
    met: set[str] = set()
    value = measured(
        str(node.form["measure"]), Seat(book, unit, direction, words=words, edges=met, binary=binary)
    )
    if LOSSES in met:
        findings.warnings.add(("QH557", node.code))
    findings.edges |= met
    return value


def _rated_pool(
    book: Book, node: Node, measures: Mapping[str, Value], findings: Findings
) -> dict[str, Value]:
    values = _treated(book, node, _filled(book, node, measures))
    return {unit: _rated(book, node, unit, values, findings) for unit in measures}


def _note_targets(book: Book, node: Node, findings: Findings) -> None:
    """Note targets that a completion divides by, whoever they are stated for: 0 is refused (QH419)."""
    rule = setting(book, node, "rule")
    how = rule.get("target") if isinstance(rule, Mapping) else None
    divides = how is not None and "compare" not in how and not how.get("met_only", False)
    if divides or "completion" in str(node.form["measure"]):
        targets = [
            cell(written) for (_, indicator), written in book.targets.items() if indicator == node.code
        ]
        for target in targets:
            if target == 0:
                findings.refused.add(("QH419", node.code))
            if isinstance(target, Fraction) and target <= 0:
                findings.edges.add("a target of 0" if target == 0 else "a target below 0")


def _note_paper(book: Book, node: Node, rated: Mapping[str, Value], findings: Findings) -> None:
    """Note points that would be others if figures were binary numbers and not as they are written."""
    measures = {unit: _measure(book, node, unit, Findings(), binary=True) for unit in rated}
    exact = {
        unit: value if isinstance(value, Absent) else Fraction(value) for unit, value in measures.items()
    }
    binary = Findings()
    rated_binary = _rated_pool(book, node, exact, binary)
    if binary.alike != {(unit, code) for unit, code in findings.alike if code == node.code}:
        findings.edges.add("worst and best equal on paper alone")
    for unit, points in rated_binary.items():
        right = rated[unit]
        if isinstance(points, Absent) or isinstance(right, Absent):
            differs = points != right
        else:
            differs = abs(points - right) > Fraction(1, 10**6)
        if differs:
            rule = setting(book, node, "rule")
            findings.edges.add(
                f"equal on paper alone under {rule if isinstance(rule, str) else next(iter(rule))}"
            )


def _filled(book: Book, node: Node, measures: Mapping[str, Value]) -> dict[str, Value]:
    how = policies(book, node).get("missing", "error")
    if not isinstance(how, Mapping) or how.get("at", "value") != "value":
        return dict(measures)
    return {
        unit: _fill(book, how, unit, measures) if value is Absent.MISSING else value
        for unit, value in measures.items()
    }


def _fill(book: Book, how: Form, unit: str, values: Mapping[str, Value]) -> Value:
    """Return the mean or median of the units that have a value (absence §3 c)."""

    def kin(one: str) -> str:
        return book.units[one][how["within"]] if "within" in how else book.group(one)

    known = [value for one, value in values.items() if isinstance(value, Fraction) and kin(one) == kin(unit)]
    if not known:
        return Absent.MISSING
    return mean(known) if how["fill"] == "mean" else median(known)


def _treated(book: Book, node: Node, values: Mapping[str, Value]) -> dict[str, Value]:
    after = dict(values)
    for pool in _pools(book, node):
        known = {unit: value for unit in pool if isinstance(value := values[unit], Fraction)}
        after.update(treated(known, setting(book, node, "treat")))
    return after


def _pools(book: Book, node: Node) -> list[list[str]]:
    groups = [units for group, units in book.groups().items() if group in node.weights]
    return (
        [[unit for group in groups for unit in group]] if setting(book, node, "within") == "all" else groups
    )


def _rated(book: Book, node: Node, unit: str, values: Mapping[str, Value], findings: Findings) -> Value:
    x = values[unit]
    target = book.target(unit, node.code)
    rule = setting(book, node, "rule")
    if x is Absent.UNDEFINED:
        findings.errors.add(("QH542", unit, node.code))
    if isinstance(x, Absent):
        return x
    pool = next(pool for pool in _pools(book, node) if unit in pool)
    seat = Seat(book, unit, words={"x": x, "target": target}, edges=findings.edges)
    case = Case(
        x=x,
        pool=[value for one in pool if isinstance(value := values[one], Fraction)],
        less=setting(book, node, "direction") == "less",
        target=target,
        ratio=decimals(book, node, "ratio"),
        unit=lambda code: values.get(code, Absent.MISSING),
        formula=lambda text: measured(text, seat),
        condition=lambda text: decided(text, seat),
        edges=findings.edges,
    )
    try:
        rated = rate(rule, case)
    except FindingError as finding:
        findings.errors.add((str(finding), unit, node.code))
        return Absent.UNDEFINED
    if rated.points is Absent.UNDEFINED:
        findings.errors.add(("QH542", unit, node.code))
    if rated.points is Absent.NOT_APPLICABLE:
        findings.edges.add("an anchor or condition that does not apply")
    if rated.alike:
        findings.alike.add((unit, node.code))
        findings.warnings.add(("QH547", node.code))
    return rated.points


def _items_of_the_rule(book: Book, node: Node) -> list[str]:
    """Return the items that are an anchor or a reference of the rule."""
    rule = setting(book, node, "rule")
    form = next(iter(rule.values())) if isinstance(rule, Mapping) else {}
    ends = [form.get(key) for key in ("worst", "best", "ref")] if isinstance(form, Mapping) else []
    return [end["item"] for end in ends if isinstance(end, Mapping) and "item" in end]


def _looks_at_target(book: Book, node: Node) -> bool:
    return "target" in str(setting(book, node, "rule")) or "completion" in str(node.form["measure"])


def _settled(
    book: Book, node: Node, unit: str, rated: Mapping[str, Value], measure: Value, findings: Findings
) -> Fraction | None:
    """Return the rule's points, or those that the policy for the gap gives, or none."""
    points = rated[unit]
    if isinstance(points, Fraction):
        return points
    how = policies(book, node)
    if points is Absent.NOT_APPLICABLE:
        return FULL if how.get("not_applicable") == "full" else None
    if points is Absent.UNDEFINED:
        return None
    missing = how.get("missing", "error")
    if missing == "error":
        findings.errors.add(("QH541" if isinstance(measure, Absent) else "QH544", unit, node.code))
        return None
    kin = {one: value for one, value in rated.items() if book.group(one) == book.group(unit)}
    given = POLICIES[missing](book, node, kin) if isinstance(missing, str) else None
    if (
        isinstance(missing, Mapping)
        and missing.get("at", "value") == "value"
        and isinstance(measure, Fraction)
    ):
        findings.edges.add("an anchor missing where values are filled")
    if isinstance(missing, Mapping) and missing.get("at", "value") == "points":
        filled = _fill(book, missing, unit, rated)
        given = filled if isinstance(filled, Fraction) else None
    if given is None and missing != "redistribute":
        unrated = isinstance(missing, Mapping) and missing.get("at", "value") == "value"
        unrated = unrated and isinstance(measure, Fraction)
        findings.warnings.add(("QH558" if unrated else "QH553", node.code))
    return given


def _neutral(book: Book, node: Node) -> Fraction:
    rule = setting(book, node, "rule")
    form = next(iter(rule.values())) if isinstance(rule, Mapping) else {}
    return number(form.get("base", 0)) if isinstance(form, Mapping) else Fraction(0)


def _worst(rated: Mapping[str, Value]) -> Fraction | None:
    return min((points for points in rated.values() if isinstance(points, Fraction)), default=None)


POLICIES: dict[str, Callable[[Book, Node, Mapping[str, Value]], Fraction | None]] = {
    "zero": lambda _book, _node, _rated: Fraction(0),
    "redistribute": lambda _book, _node, _rated: None,
    "neutral": lambda book, node, _rated: _neutral(book, node),
    "worst": lambda _book, _node, rated: _worst(rated),
}


def coefficient(book: Book, node: Node, unit: str, findings: Findings) -> Fraction:
    """Return what the points of a node are multiplied by; one that is absent is a finding."""
    if "coefficient" not in node.form:
        return Fraction(1)
    factor = _factor(book, node, unit)
    if isinstance(factor, Fraction):
        return factor
    findings.errors.add(("QH546", unit, node.code))
    return Fraction(1)


def _factor(book: Book, node: Node, unit: str) -> Value:
    return measured(str(node.form.get("coefficient", 1)), Seat(book, unit))
