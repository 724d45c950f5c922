"""A second scorer: slow, exact, one unit at a time, written from the reference pages alone.

It says what a book scores by docs/reference/meaning.md without anything of the engine, so that both
can be held against each other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from tests.exact.naive.adjusting import Asked, asked_anywhere, asked_marks
from tests.exact.naive.books import ROOT, Book, Node, Seat, tree_of
from tests.exact.naive.formulas import decided
from tests.exact.naive.grading import Standing, stand
from tests.exact.naive.joining import NINE, copeland, is_zero, joined
from tests.exact.naive.numerals import Absent, half_up, number
from tests.exact.naive.rating import Findings, Ratings, coefficient, decimals, rate_indicator, rounded
from tests.exact.naive.rules import Case, FindingError, rate
from tests.exact.naive.weighing import METHODS, computed

Key = tuple[str, str]


@dataclass
class Scored:
    """The result: by (unit, node) or (group, node); what is absent is not there."""

    points: dict[Key, Fraction] = field(default_factory=dict)
    marks: dict[Key, Fraction] = field(default_factory=dict)
    scores: dict[Key, Fraction] = field(default_factory=dict)
    shares: dict[Key, Fraction] = field(default_factory=dict)
    standing: Standing = field(default_factory=Standing)
    findings: Findings = field(default_factory=Findings)


def score(book: Book) -> Scored:
    """Return what the book scores; with errors among the findings nothing else counts."""
    return _Scorer(book).run()


class _Scorer:
    """The steps from the points of indicators to places, and what each of them found."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.tree = tree_of(book)
        self.groups = book.groups()
        self.scored = Scored()
        self.ratings: dict[str, Ratings] = {}
        self.plain: dict[Key, Fraction] = {}
        self.available: dict[str, Fraction] = {}
        self.asked: Asked = {}

    def run(self) -> Scored:
        findings = self.scored.findings
        for code in asked_anywhere(self.book):
            node = self.tree[code]
            if decimals(self.book, node, "scores") is not None and not self._adds_up(node):
                findings.edges.add("marks at a node whose points do not follow from rounded scores")
        for node in self.tree.values():
            if node.is_leaf:
                self.ratings[node.code] = rate_indicator(self.book, node, findings)
        if findings.errors:
            return self.scored
        for group, units in self.groups.items():
            if units:
                self._score_group(group, units)
        if not findings.errors:
            barred = self._without_enough()
            self.scored.standing = stand(self.book, list(self.tree), self.scored.scores, barred)
        return self.scored

    def _score_group(self, group: str, units: list[str]) -> None:
        nodes = [node for node in self.tree.values() if group in node.weights]
        for node in nodes:
            self._weigh(node, group, units)
        self.scored.shares[group, ROOT] = Fraction(1)
        for unit in units:
            if self._has_points(self.tree[ROOT], unit):
                self.scored.marks[unit, ROOT] = self.tree[ROOT].weights[group]
        for node in reversed(nodes):
            for unit in units:
                self._share_marks(node, unit)
        for unit in units:
            self.available[unit] = self._part_available(unit)
        self.asked |= asked_marks(self.book, units, {node.code for node in nodes}, self.scored.marks)
        for node in nodes:
            if not node.is_leaf:
                self._join(node, units)
            for unit in units:
                self._score(node, unit)

    # --- weights ---------------------------------------------------------------------------------

    def _weigh(self, node: Node, group: str, units: list[str]) -> None:
        """Set the shares of the node's children, and its points as weights see them (weights §2 b)."""
        if node.is_leaf:
            for unit, points in self.ratings[node.code].points.items():
                self.plain[unit, node.code] = points
            return
        children = [child for child in node.children if group in self.tree[child].weights]
        method = self._method(node)
        if method == "equal":
            shares = dict.fromkeys(children, Fraction(1, len(children)))
        elif method in METHODS:
            shares = self._computed(node, method, children, units)
        else:
            total = sum((self.tree[child].weights[group] for child in children), Fraction(0))
            shares = {child: self.tree[child].weights[group] / total for child in children}
        for child, share in shares.items():
            self.scored.shares[group, child] = share
        if self._is_weighed_by_points(node):
            self._join_plainly(node, units)
        else:
            for unit in units:
                if self._counting(node, unit) and self._enough(node, unit):
                    self.plain[unit, node.code] = Fraction(0)

    def _computed(
        self, node: Node, method: str, children: list[str], units: list[str]
    ) -> dict[str, Fraction]:
        whole = [unit for unit in units if all((unit, child) in self.plain for child in children)]
        columns = {child: [self.plain[unit, child] for unit in whole] for child in children}
        try:
            shares, alike = computed(method, columns)
        except FindingError as finding:
            self.scored.findings.errors.add((str(finding), self.book.group(units[0]), node.code))
            return dict.fromkeys(children, Fraction(1, len(children)))
        if alike:
            self.scored.findings.warnings.add(("QH528", node.code))
        return shares

    def _is_weighed_by_points(self, node: Node) -> bool:
        """Whether a node above computes weights, so that the points before adjustments are needed."""
        while node.parent:
            node = self.tree[node.parent]
            if self._method(node) in METHODS:
                return True
        return False

    def _method(self, node: Node) -> str:
        if not node.is_leaf and self._aggregate(node) == "sum":
            return "equal"
        method = node.form.get("weights", self.book.scheme.get("weights", "marks"))
        assert isinstance(method, str)
        return method

    def _share(self, unit: str, child: str) -> Fraction:
        return self.scored.shares[self.book.group(unit), child]

    def _counting(self, node: Node, unit: str) -> list[str]:
        """Return the children that have points for the unit and a weight above 0."""
        return [
            child for child in node.children if (unit, child) in self.plain and self._share(unit, child) > 0
        ]

    def _with_enough(self, node: Node, units: list[str]) -> list[str]:
        return [unit for unit in units if self._enough(node, unit)]

    def _enough(self, node: Node, unit: str) -> bool:
        """Return whether as much of the dimension as it asks for is the unit's own (absence §8)."""
        form = node.form if node.parent else self.book.scheme
        where = form.get("gaps", {}).get("where")
        if where is not None and decided(where, Seat(self.book, unit)) is not True:
            return False
        required = [child for child in node.children if self.tree[child].form.get("gaps", {}).get("required")]
        if not all(self._is_there(child, unit) for child in required):
            return False
        least = node.form.get("gaps", {}).get("at_least") if node.parent else None
        if least is None:
            return True
        own = [child for child in self._counting(node, unit) if self._is_own(child, unit)]
        if isinstance(least, int):
            return len(own) >= least
        applies = [child for child in node.children if self._applies(child, unit)]
        whole = sum((self._share(unit, child) for child in applies), Fraction(0))
        there = sum((self._share(unit, child) for child in own), Fraction(0))
        return bool(whole) and there / whole >= number(least.rstrip("%")) / 100

    def _is_there(self, child: str, unit: str) -> bool:
        """Return whether a unit has what is required of it (absence §9)."""
        if not self.tree[child].is_leaf:
            return (unit, child) in self.plain or self.book.group(unit) not in self.tree[child].weights
        has = (unit, child) in self.plain and self._is_own(child, unit)
        return has or not self._applies(child, unit)

    def _is_own(self, child: str, unit: str) -> bool:
        return not self.tree[child].is_leaf or unit in self.ratings[child].own

    def _applies(self, child: str, unit: str) -> bool:
        if self.book.group(unit) not in self.tree[child].weights:
            return False
        return not self.tree[child].is_leaf or unit not in self.ratings[child].not_applicable

    def _has_points(self, node: Node, unit: str) -> bool:
        return (unit, node.code) in self.plain

    def _share_marks(self, node: Node, unit: str) -> None:
        """Hand the marks of a node down to its children; what does not count has its weight shared out."""
        if (unit, node.code) not in self.scored.marks:
            return
        counting = self._counting(node, unit)
        total = sum((self._share(unit, child) for child in counting), Fraction(0))
        for child in node.children:
            if (unit, child) in self.plain:
                part = self._share(unit, child) / total if child in counting else Fraction(0)
                if self._aggregate(node) == "sum":
                    part = Fraction(child in counting)
                self.scored.marks[unit, child] = self.scored.marks[unit, node.code] * part

    # --- points and scores -----------------------------------------------------------------------

    def _join_plainly(self, node: Node, units: list[str]) -> None:
        joined_points = self._means(node, self._with_enough(node, units), self.plain)
        for unit, points in self._ruled(node, joined_points, Findings()).items():
            factor = coefficient(self.book, node, unit, self.scored.findings)
            self.plain[unit, node.code] = points * factor

    def _join(self, node: Node, units: list[str]) -> None:
        joined_points = self._means(node, self._with_enough(node, units), self.scored.points)
        for unit, points in self._ruled(node, joined_points, self.scored.findings).items():
            factor = coefficient(self.book, node, unit, self.scored.findings)
            self.scored.points[unit, node.code] = points * factor

    def _means(self, node: Node, units: list[str], known: Mapping[Key, Fraction]) -> dict[str, Fraction]:
        """Return what the children make together, rounded where the mean is (rounding §1)."""
        joined_points = self._joined(node, units, known)
        return {unit: rounded(points, self.book, node, "aggregate") for unit, points in joined_points.items()}

    def _joined(self, node: Node, units: list[str], known: Mapping[Key, Fraction]) -> dict[str, Fraction]:
        how = self._aggregate(node)
        counting = {unit: found for unit in units if (found := self._counting(node, unit))}
        points = {unit: {child: known[unit, child] for child in found} for unit, found in counting.items()}
        weights = {unit: self._proportions(unit, found) for unit, found in counting.items()}
        if how == "copeland":
            return copeland(weights, points) if points else {}
        found_points = {}
        for unit, parts in points.items():
            try:
                found_points[unit] = joined(how, weights[unit], parts)
            except FindingError as finding:
                self.scored.findings.errors.add((str(finding), unit, node.code))
                found_points[unit] = Fraction(0)
            if is_zero(how, weights[unit], parts):
                self.scored.findings.warnings.add(("QH548", node.code))
        return found_points

    def _ruled(
        self, node: Node, joined_points: dict[str, Fraction], findings: Findings
    ) -> dict[str, Fraction]:
        """Return what the rule of a dimension makes of the points of its children (points §9)."""
        rule = self._rule(node)
        if rule is None:
            return joined_points
        form = self.book.scheme if node.code == ROOT else node.form
        if node.code == ROOT and _looks_at_others(rule):
            barred = self._without_enough()
            joined_points = {unit: x for unit, x in joined_points.items() if unit not in barred}
        known = {unit: half_up(points, NINE) for unit, points in joined_points.items()}
        found = {}
        for unit, x in known.items():
            seat = Seat(self.book, unit, words={"x": x})
            case = Case(
                x=x,
                pool=list(known.values()),
                less=form.get("direction") == "less",
                target=Absent.MISSING,
                ratio=self.book.scheme.get("rounding", {}).get("ratio"),
                unit=lambda code: known.get(code, Absent.MISSING),
                formula=number,
                condition=lambda text, seat=seat: decided(text, seat),  # type: ignore[misc]  # mypy cannot see the type
                edges=set(),
            )
            try:
                rated = rate(rule, case)
            except FindingError as finding:
                findings.errors.add((str(finding), unit, node.code))
                continue
            if rated.alike:
                findings.warnings.add(("QH547", node.code))
            assert isinstance(rated.points, Fraction)
            found[unit] = rated.points
        return found

    def _rule(self, node: Node) -> str | Mapping[str, Any] | None:
        rule: str | Mapping[str, Any] | None = (
            self.book.scheme.get("rule") if node.code == ROOT else node.form.get("rule")
        )
        return None if node.is_leaf else rule

    def _proportions(self, unit: str, children: list[str]) -> dict[str, Fraction]:
        total = sum((self._share(unit, child) for child in children), Fraction(0))
        return {child: self._share(unit, child) / total for child in children}

    def _aggregate(self, node: Node) -> str | Mapping[str, Any]:
        how: str | Mapping[str, Any] = node.form.get(
            "aggregate", self.book.scheme.get("aggregate", "arithmetic")
        )
        return how

    def _score(self, node: Node, unit: str) -> None:
        """Set the score of a node and the points that follow from it (points §2, §3, adjustments §1)."""
        key = (unit, node.code)
        scored = self.scored
        if node.is_leaf and unit in self.ratings[node.code].points:
            scored.points[key] = self.ratings[node.code].points[unit]
        bonus, penalty = self.asked.get(key, (Fraction(0), Fraction(0)))
        marks = scored.marks.get(key, Fraction(0))
        if marks == 0 and (bonus or penalty):
            scored.findings.warnings.add(("QH574", node.code))
        if marks == 0 and (bonus or penalty) and key in scored.points:
            scored.findings.edges.add("marks at a node of weight 0")
        if key not in scored.points:
            return
        follows = self._adds_up(node) and marks > 0
        if follows:
            parts = (scored.scores[unit, child] for child in self._counting(node, unit))
            whole = sum(parts, Fraction(0)) * coefficient(self.book, node, unit, scored.findings)
        else:
            if not node.is_leaf:
                scored.points[key] = rounded(scored.points[key], self.book, node, "points")
            whole = marks * scored.points[key] / 100
        whole = rounded(whole, self.book, node, "scores")
        if marks > 0 and (bonus or penalty):
            follows = True
            whole = rounded(whole + bonus - penalty, self.book, node, "scores")
        kept = self._kept(node, unit, whole)
        if marks > 0 and kept != whole:
            follows, whole = True, kept
        if follows:
            scored.points[key] = 100 * whole / marks
        if key in scored.marks:
            scored.scores[key] = rounded(whole, self.book, node, "total") if node.code == ROOT else whole

    def _kept(self, node: Node, unit: str, score: Fraction) -> Fraction:
        """Return the score between the floor and the cap of the node (points §9)."""
        form = node.form if node.parent else self.book.scheme
        caps = form.get("cap", [])
        caps = caps if isinstance(caps, list) else [caps]
        for kept, bound in ((max, form.get("floor")), *((min, cap) for cap in caps)):
            end = self._end(node, unit, bound)
            if end is not None:
                score = kept(score, end)
        return score

    def _end(self, node: Node, unit: str, bound: Any) -> Fraction | None:  # noqa: ANN401  # as it is written
        if isinstance(bound, Mapping) and "where" in bound:
            holds = decided(bound["where"], Seat(self.book, unit)) is True
            return self._end(node, unit, bound["marks"]) if holds else None
        if isinstance(bound, Mapping):
            bound = bound.get(self.book.group(unit))
        if isinstance(bound, str):
            return number(bound.rstrip("%")) / 100 * self.scored.marks[unit, node.code]
        return None if bound is None else number(bound)

    def _adds_up(self, node: Node) -> bool:
        if node.is_leaf or self._aggregate(node) not in ("arithmetic", "sum") or self._rule(node):
            return False
        return decimals(self.book, node, "aggregate") is None and self._rounds_scores(node)

    def _rounds_scores(self, node: Node) -> bool:
        """Return whether the score of the node, or of any below it, is rounded."""
        if decimals(self.book, node, "scores") is not None:
            return True
        return any(self._rounds_scores(self.tree[child]) for child in node.children)

    # --- who is ranked ---------------------------------------------------------------------------

    def _part_available(self, unit: str) -> Fraction:
        """Return the weight with a figure of the unit's own as a part of that which applies (absence §7)."""
        own = applies = Fraction(0)
        for code, ratings in self.ratings.items():
            if self.book.group(unit) not in self.tree[code].weights or unit in ratings.not_applicable:
                continue
            weight = self._part_of_whole(unit, code)
            applies += weight
            own += weight if unit in ratings.own else 0
        return own / applies if applies else Fraction(0)

    def _part_of_whole(self, unit: str, code: str) -> Fraction:
        node = self.tree[code]
        part = self._share(unit, code)
        return part * self._part_of_whole(unit, node.parent) if node.parent else part

    def _without_enough(self) -> set[str]:
        least = number(self.book.scheme.get("gaps", {}).get("at_least", 0))
        return {unit for unit, part in self.available.items() if part < least}


def _looks_at_others(rule: object) -> bool:
    """Return whether a rule compares a unit with others (points §9 g)."""
    scale = rule.get("scale") if isinstance(rule, Mapping) else rule == "scale" or None
    if scale is not None and not (isinstance(scale, Mapping) and {"worst", "best"} <= scale.keys()):
        return True  # an end that is not stated is the observed one
    words = set(re.findall(r"[a-z]+|q[0-9.]+", str(rule)))
    return bool(words & {"percentile", "place", "zscore", "observed", "mean", "median", "best", "q"})
