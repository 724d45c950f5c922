"""Small random books on which ties, gaps and sums that are equal on paper are common."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from tests.exact.naive.books import Book
from tests.exact.naive.scoring import Scored, score
from tests.exact.random_computed import name_some_formulas
from tests.exact.random_ends import aside, cap_nodes, refine_rounding, require, sort_adjustments
from tests.exact.random_figures import ABOVE_ZERO, REPORTED, Form, Rule
from tests.exact.random_grades import regraded
from tests.exact.random_leaves import Leaves
from tests.exact.random_named import name_some_nodes
from tests.exact.random_newer import add_newer_words
from tests.exact.random_node_rules import add_node_rules

Weight: TypeAlias = dict[str, Decimal]
"""What a node is worth, by group."""


def random_book(seed: int) -> tuple[Book, Scored]:
    """Return the book of a seed, and what it scores."""
    book = _Maker(np.random.default_rng([seed, 0])).book()
    book = replace(book, scheme=regraded(book.scheme, seed))
    add_node_rules(book, np.random.default_rng([seed, 1]))
    name_some_nodes(book, np.random.default_rng([seed, 3]))
    name_some_formulas(book, np.random.default_rng([seed, 2]))
    book = add_newer_words(book, np.random.default_rng([seed, 4]))
    return book, score(book)


@dataclass
class _Maker(Leaves):
    def book(self) -> Book:
        self.gappy = self.chance(0.6)
        self._make_units()
        scheme: Form = {}
        if self.groups != [""]:
            scheme["groups"] = {
                group: {"marks": self.pick([50, 200])} if self.chance(0.15) else {} for group in self.groups
            }
        if self.chance(0.25):
            scheme["marks"] = self.pick([10, 120, 60])
        scheme["gaps"] = {"missing": self._missing()}
        if self.chance(0.2):
            scheme["gaps"]["not_applicable"] = "full"
        if self.chance(0.3):
            scheme["gaps"]["at_least"] = self.pick(["50%", "60%", "75%", "100%"])
        method, aggregate = self._method(0.3), self._aggregate(0.3)
        if method is not None:
            scheme["weights"] = method
        if aggregate is not None:
            scheme["aggregate"] = aggregate
        marks = {
            group: Decimal(
                str(scheme.get("groups", {}).get(group, {}).get("marks", scheme.get("marks", 100)))
            )
            for group in self.groups
        }
        top = scheme.get("weights", "marks")
        scheme["indicators"] = self._children(1, marks, top, top)
        scheme["items"] = {item: {} for item in self.items}
        refine_rounding(scheme, aside(self.rng))
        self._add_ends(scheme)
        rows = self._by_hand()
        sort_adjustments(scheme, rows, aside(self.rng))
        require(scheme, aside(self.rng))
        cap_nodes(scheme, aside(self.rng))
        return Book(
            scheme=scheme,
            units=self.units,
            figures=self.figures,
            targets=self.targets,
            adjustments=rows,
        )

    # --- the tree --------------------------------------------------------------------------------

    def _children(self, level: int, weight: Weight, method: str, default: str) -> Form:
        """Return the nodes under a node that is worth `weight`, by group."""
        number = self.count(1, 4) if level == 1 else self.count(1, 3)
        found: Form = {}
        weights = self._weights(number, weight, method)
        everywhere = method != "marks" and (method != "relative" or 0 not in weights[0].values())
        for place, own in enumerate(weights):
            is_leaf = level == 3 or not self.chance(0.35)
            code = f"leaf{len(self.leaves)}" if is_leaf else f"dim{len(self.dimensions)}"
            (self.leaves if is_leaf else self.dimensions).append(code)
            form: Form = {}
            groups = list(weight)
            if method in {"marks", "relative"}:
                form["weight"] = _as_written(own)
            if place > 0 and everywhere and not isinstance(form.get("weight"), dict) and self.chance(0.15):
                groups = [self.pick(groups)]
                if groups != [""]:
                    form["groups"] = groups
            found[code] = form
            if self.chance(0.1):
                form["coefficient"] = self.pick([1.1, 0.9, 2, f"where({self._item(ABOVE_ZERO)} > 2, 1.2, 1)"])
            if self.chance(0.1):
                form["cap"] = self.count(2, 30)
            if self.chance(0.1):
                form["floor"] = self.pick([0, 1, -1]) if groups == [""] else {groups[0]: 1}
            if is_leaf:
                self._fill_leaf(code, form)
            else:
                self._fill_dimension(form, level, {group: own[group] for group in groups}, method, default)
        return found

    def _fill_dimension(self, form: Form, level: int, own: Weight, method: str, default: str) -> None:
        inner = self._method(0.4)
        if inner is not None:
            form["weights"] = inner
        used = inner or default
        aggregate = self._aggregate(0.3)
        if self.chance(0.05):
            aggregate, used = "sum", "equal"
            form.pop("weights", None)
        if aggregate is not None:
            form["aggregate"] = aggregate
        if used == "marks" and method not in {"marks", "relative"}:
            own = dict.fromkeys(own, Decimal(self.count(2, 5) * 10))
        if used == "marks" and 0 in own.values():
            form["weights"] = used = "equal"
        form["children"] = self._children(level + 1, own, used, default)

    def _weights(self, number: int, whole: Weight, method: str) -> list[Weight]:
        """Return the weights of so many children, by group; marks add up to those of the whole."""
        by_group = {group: self._parts(number, method) for group in whole}
        if self.chance(0.7):
            by_group = dict.fromkeys(whole, self._parts(number, method))
        size = {group: marks / 10 if method == "marks" else Decimal(1) for group, marks in whole.items()}
        return [
            {group: size[group] * parts[child] for group, parts in by_group.items()}
            for child in range(number)
        ]

    def _parts(self, number: int, method: str) -> list[Decimal]:
        if method == "relative":
            parts = [Decimal(self.count(1, 4)) for _ in range(number)]
            if number > 1 and self.chance(0.1):
                parts[0] = Decimal(0)
            return parts
        if method != "marks":
            return [Decimal(0)] * number
        cuts = sorted(self.count(0 if self.chance(0.1) else 1, 9) for _ in range(number - 1))
        edges = [0, *cuts, 10]
        return [Decimal(high - low) for low, high in pairwise(edges)]

    def _method(self, part: float) -> str | None:
        if not self.chance(part):
            return None
        return self.pick(["marks", "relative", "relative", "equal", "std", "entropy", "critic"])

    def _aggregate(self, part: float) -> Rule | None:
        if not self.chance(part):
            return None
        powers: list[Rule] = [{"power": power} for power in (2, -1, 0.5, -2)]
        powers += [{"best": self.count(1, 2)}, {"last": self.count(1, 2)}]
        return self.pick(
            ["arithmetic", "geometric", "harmonic", "min", "max", "product", "copeland", *powers]
        )

    # --- rounding, adjustments, grades -----------------------------------------------------------

    def _add_ends(self, scheme: Form) -> None:
        rounding: Form = {
            stage: self.count(0, 3) for stage in ("ratio", "points", "scores", "total") if self.chance(0.25)
        }
        if rounding:
            scheme["rounding"] = rounding
        if self.chance(0.5):
            scheme["adjustments"] = self._adjustments()
        if self.chance(0.5):
            scheme["tiers"] = self._tiers()
        if self.chance(0.4):
            scheme["ties"] = {
                "break_by": self.pick([self.leaves[:1], self.leaves[-2:], self.dimensions[:1] or self.leaves])
            }
        if self.chance(0.3):
            scheme["awards"] = [self._award(number) for number in range(self.count(1, 2))]
        scheme["items"] = {item: {} for item in self.items}

    def _award(self, number: int) -> Form:
        award: Form = {"name": f"award {number}"}
        if self.chance(0.8):
            award["take"] = self.pick(["30%", "50%", 1, 2])
            if self.chance(0.5):
                award["by"] = self.pick([self.leaves[-1], self.pick(list(self.items)), "score", "0 - place"])
        if self.chance(0.4):
            wanted = [
                f"{self.pick(list(self.items))} > 1",
                "score >= 60",
                "place <= 3",
                f"{self.leaves[0]} > 5",
            ]
            award["where"] = self.pick(wanted)
        if self.chance(0.3) and self.groups != [""]:
            award["from"] = [self.pick(self.groups)]
        if self.chance(0.3):
            award["veto"] = "allowed"
        return award

    def _adjustments(self) -> Form:
        found: Form = {}
        item = self._item(REPORTED)
        for kind in ("bonus", "penalty"):
            if self.chance(0.5):
                found[kind] = {"cap": self.pick([1, 2.5, 5])}
                if self.chance(0.3):
                    found[kind]["when"] = f"{item} > {self.pick(['0', '1', '0.3'])}"
        rules = []
        for number in range(self.count(0, 3)):
            kind = self.pick(["bonus", "penalty", "veto"])
            rule: Form = {"name": f"rule {number}", "kind": kind}
            if kind == "veto":
                rule["when"] = f"{self._item(REPORTED)} > {self.pick(['2', '5', '0.2'])}"
            else:
                rule["marks"] = self.pick([1.5, 2, item, f"{item} * 0.5", f"min({item}, 3)"])
                if self.chance(0.4):
                    rule["node"] = self.pick([*self.leaves, *self.dimensions])
                if self.chance(0.3):
                    rule["when"] = f"{self._item(REPORTED)} >= {self.pick(['1', '0.3'])}"
            rules.append(rule)
        if rules:
            found["rules"] = rules
        if self.chance(0.3):
            found["veto"] = {"tier": "vetoed"}
        return found

    def _tiers(self) -> list[Form]:
        first: Form = {"name": "first", "top": self.pick(["29%", "30%", "50%", 1, 2])}
        if self.chance(0.3):
            first["at_least"] = self.pick([60, 80, 75.5])
        if self.chance(0.3):
            first["unless"] = self.pick(
                [f"{self.leaves[0]} < 10", f"{self.pick(list(self.items))} > 2", "score < 70"]
            )
        return [first, {"name": "second", "at_least": 50}, {"name": "third"}]

    def _by_hand(self) -> list[dict[str, str]]:
        rows = []
        for _ in range(self.count(1, 4) if self.chance(0.4) else 0):
            kind = self.pick(["bonus", "penalty", "bonus", "penalty", "veto"])
            row = {"unit": self.pick(list(self.units)), "kind": kind, "reason": "r", "node": ""}
            row["marks"] = "" if kind == "veto" else self.pick(["1", "2", "0.5", "0.1", "0.2"])
            if kind != "veto" and self.chance(0.4):
                row["node"] = self.pick([*self.leaves, *self.dimensions])
            rows.append(row)
        return rows


def _as_written(weight: Weight) -> float | dict[str, float]:
    values = {group: float(own) for group, own in weight.items()}
    return next(iter(values.values())) if len(set(values.values())) == 1 else values
