"""Small random books on which ties, gaps and sums that are equal on paper are common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any, Final, TypeAlias, TypeVar

import numpy as np
from tests.exact.naive.books import Book, Seat
from tests.exact.naive.formulas import measured
from tests.exact.naive.scoring import Scored, score

NOT_YET: Final = frozenset(
    {
        "a coefficient missing beside a gap",
        "a coefficient of a dimension under computed weights",
        "a condition settled beside a side that does not apply",
        "a dimension of weight 0 where scores are rounded",
        "a reference of 0",
        "a target of 0",
        "a treatment at its limit",
        "an anchor missing where values are filled",
        "an anchor or condition that does not apply",
        "equal on paper alone under ideal",
        "equal on paper alone under met",
        "marks at a node of weight 0",
        "marks at a node whose points do not follow from rounded scores",
        "no mean at a dimension with a coefficient",
        "no unit with points for every child",
        "winsorised until all are alike",
        "worst and best equal on paper alone",
    }
)
"""What books leave out because the engine does not do there what its pages say; emptied as that is mended."""

T = TypeVar("T")
Form: TypeAlias = dict[str, Any]
Rule: TypeAlias = str | Form
Weight: TypeAlias = dict[str, Decimal]
"""What a node is worth, by group."""
PROFILES: Final[dict[str, tuple[str, ...]]] = {
    "tenths": ("0.1", "0.2", "0.3", "1.1", "2.2", "3.3", "2.0", "1.3", "0.7", "0.6"),
    "whole": ("1", "2", "3", "4", "5", "6", "8", "10", "12"),
    "grades": ("60", "62.5", "75", "75", "80", "88.8", "90", "95", "100"),
    "hundredths": ("106.30", "106.00", "12.35", "12.40", "0.05", "0.30", "99.95", "50.25"),
    "signed": ("-2", "-1.5", "0", "0", "0.5", "1", "1.5", "3"),
    "outlying": ("1", "2", "2", "3", "4", "5", "6", "7", "1000"),
    "counts": ("0", "0", "1", "2", "3", "5"),
}
REPORTED: Final = ("tenths", "whole", "grades", "hundredths", "signed", "outlying", "counts")
ABOVE_ZERO: Final = ("tenths", "whole", "grades", "hundredths", "outlying")
MEASURES: Final = (
    "{x} + {y}",
    "{t} + {s}",
    "{t} + {s}",
    "{t} - {s}",
    "sum({t}, {s}, {r})",
    "mean({t}, {s})",
    "{t} / {s}",
    "({t} + {s}) / {p}",
    "growth({t})",
    "{x} - {y}",
    "{x} / {p}",
    "{x} / ({p} + {q})",
    "({x} - {y}) / {p}",
    "{x} * 3",
    "{x} * 5%",
    "{x} / {y}",
    "{p} ** 2",
    "min({x}, {y})",
    "max({x}, {y}, 1)",
    "mean({x}, {y})",
    "sum({x}, {y}, {p})",
    "coalesce({x}, {y})",
    "coalesce({x} / {p}, {y}, 1)",
    "where({x} > 1, {x}, {y})",
    "where({x} > 1 or {y} > 1, {p}, {q})",
    "where({x} > 1 and not ({y} > 1), {p}, {x})",
    "where(1 <= {x} < 3, {x}, 2)",
    "where({x} in (1, 2, 3), 1, {p})",
    "share({p})",
    "share({p}) * 100",
    "place({x})",
    "growth({p})",
    "change({x})",
    "lag({x}, 1y)",
    "change(share({p}))",
    "{p} / lag({p}, 1y)",
    "-{x}",
    "log({p})",
    "completion({p})",
)


def random_book(seed: int, leave_out: frozenset[str] = NOT_YET) -> tuple[Book, Scored]:
    """Return the book of a seed, and what it scores, without the constructions that are left out."""
    for attempt in range(100):
        book = _Maker(np.random.default_rng([seed, attempt])).book()
        scored = score(book)
        if not scored.findings.edges & leave_out:
            return book, scored
    raise AssertionError(seed)


@dataclass
class _Maker:
    rng: np.random.Generator
    items: dict[str, str] = field(default_factory=dict)
    """The profile of each item."""
    figures: dict[tuple[str, str, int], str] = field(default_factory=dict)
    targets: dict[tuple[str, str], str] = field(default_factory=dict)
    units: dict[str, dict[str, str]] = field(default_factory=dict)
    groups: list[str] = field(default_factory=list)
    leaves: list[str] = field(default_factory=list)
    dimensions: list[str] = field(default_factory=list)
    gappy: bool = False

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
        self._add_ends(scheme)
        return Book(
            scheme=scheme,
            units=self.units,
            figures=self.figures,
            targets=self.targets,
            adjustments=self._by_hand(),
        )

    # --- chance ----------------------------------------------------------------------------------

    def chance(self, part: float) -> bool:
        return bool(self.rng.random() < part)

    def pick(self, of: Sequence[T]) -> T:
        return of[int(self.rng.integers(len(of)))]

    def count(self, low: int, high: int) -> int:
        return int(self.rng.integers(low, high + 1))

    # --- units and figures -----------------------------------------------------------------------

    def _make_units(self) -> None:
        self.groups = self.pick([[""], ["g"], ["g", "h"], ["g", "h"], ["g", "h", "k"]])
        number = self.count(2, 8) if self.chance(0.9) else self.count(9, 12)
        for index in range(number):
            unit = {"region": self.pick(["north", "south"])}
            if self.groups != [""]:
                unit["group"] = self.groups[index] if index < len(self.groups) else self.pick(self.groups)
            self.units[f"u{index}"] = unit
        if number < len(self.groups):
            self.groups = self.groups[:number]

    def _item(self, profiles: Sequence[str]) -> str:
        """Return an item of one of these profiles, an old one or a new one."""
        old = [item for item, profile in self.items.items() if profile in profiles]
        if old and self.chance(0.4):
            return self.pick(old)
        item = f"x{len(self.items)}"
        profile = self.pick(list(profiles))
        self.items[item] = profile
        values = list(PROFILES[profile])
        if self.chance(0.4):
            values = [self.pick(values) for _ in range(self.count(1, 3))]
        for unit in self.units:
            for months in (0, 12):
                self.figures[unit, item, months] = self._cell(values)
        return item

    def _cell(self, values: Sequence[str]) -> str:
        if self.gappy and self.chance(0.1):
            return self.pick(["", "", "/"])
        return self.pick(values)

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
        return self.pick(["arithmetic", "geometric", "harmonic", "min", "copeland", *powers])

    def _missing(self) -> Rule:
        fill: Form = {"fill": self.pick(["mean", "median"])}
        if self.chance(0.4):
            fill["within"] = "region"
        if self.chance(0.5):
            fill["at"] = self.pick(["value", "points"])
        words: list[Rule] = ["zero", "worst", "redistribute", "redistribute", "neutral", "error"]
        return self.pick([*words, fill, fill])

    # --- indicators ------------------------------------------------------------------------------

    def _fill_leaf(self, code: str, form: Form) -> None:
        kind = self.pick(KINDS)
        if self.chance(0.3):
            form["direction"] = "less"
        if kind == "given":
            form["measure"] = self._item(("grades", "tenths", "whole"))
        elif self.chance(0.4) or kind == "target":
            form["measure"] = self._item(REPORTED)
        else:
            form["measure"] = self._formula()
        if "completion" in form["measure"]:
            self._set_targets(code, ["2", "4", "0.5", "10"])
        if self.chance(0.5):
            form["gaps"] = {"missing": self._missing()}
        if self.chance(0.15):
            form["within"] = "all"
        if self.chance(0.25):
            form["treat"] = self._treatment(form["measure"])
        form["rule"] = getattr(self, f"_{kind}")(code, form)

    def _formula(self) -> str:
        pattern = self.pick(MEASURES)
        profiles = {
            **dict.fromkeys("xy", REPORTED),
            **dict.fromkeys("pq", ABOVE_ZERO),
            **dict.fromkeys("rst", ("tenths",)),
        }
        named = {letter: self._item(of) for letter, of in profiles.items() if f"{{{letter}}}" in pattern}
        return pattern.format(**named)

    def _treatment(self, measure: str) -> Rule:
        if self.items.get(measure) in ABOVE_ZERO and self.chance(0.2):
            return "log"
        if self.chance(0.3):
            return {"quantiles": self.pick([["10%", "90%"], ["0%", "80%"], ["25%", "75%"]])}
        winsorise = {"winsorise": self.count(1, 3), "then": self.pick(["log", "none"])}
        return winsorise if self.chance(0.5) else {**winsorise, "skewness": 1, "kurtosis": 1}

    def _values(self, form: Form, code: str = "") -> list[Decimal]:
        """Return the measures of the units, rising, to two decimals: limits that are just reached."""
        scheme: Form = {"items": {item: {} for item in self.items}}
        if self.groups != [""]:
            scheme["groups"] = dict.fromkeys(self.groups)
        book = Book(scheme=scheme, units=self.units, figures=self.figures, targets=self.targets)
        direction = form.get("direction", "more")
        seats = (
            Seat(book, unit, direction, words={"target": book.target(unit, code)}) for unit in self.units
        )
        found = {
            Decimal(round(value * 100)) / 100
            for seat in seats
            if isinstance(value := measured(str(form["measure"]), seat), Fraction)
        }
        return sorted(found) or [Decimal(1)]

    def _two(self, form: Form, code: str) -> tuple[float, float]:
        values = self._values(form, code)
        low, high = self.pick(values), self.pick(values)
        low, high = min(low, high), max(low, high)
        return float(low), float(high if high > low else high + 1)

    def _set_targets(self, code: str, values: Sequence[str]) -> None:
        if self.chance(0.5):
            self.targets["*", code] = self.pick(values)
        for unit in self.units:
            if ("*", code) not in self.targets or self.chance(0.2):
                lost = self.gappy and self.chance(0.1)
                self.targets[unit, code] = self.pick(["", "/"]) if lost else self.pick(values)

    def _scale(self, code: str, form: Form) -> Rule:
        rule: Form = {}
        less = form.get("direction") == "less"
        kind = self.pick(["observed", "observed", "stated", "quantiles", "unit", "item", "target", "one"])
        low, high = self._two(form, code)
        worst, best = (high, low) if less else (low, high)
        if kind == "stated":
            form.pop("direction", None)
            rule |= {"worst": worst, "best": best}
        elif kind == "quantiles":
            rule |= {"worst": "q90", "best": "q10"} if less else {"worst": "q10", "best": "q90"}
        elif kind == "unit":
            rule["best"] = {"unit": self.pick(list(self.units))}
        elif kind == "item":
            rule[self.pick(["worst", "best"])] = {"item": self._item(REPORTED)}
        elif kind == "target":
            rule["best"] = "target"
            self._set_targets(code, [str(value) for value in self._values(form, code)])
        elif kind == "one":
            rule[self.pick(["worst", "best"])] = self.pick([low, high])
        if self.chance(0.6):
            rule["base"] = self.pick([60, 40, 50.5])
            if self.chance(0.2):
                rule["curve"] = "exponential"
        if self.chance(0.3):
            rule["clamp"] = self.pick(["above", "below", "none"])
        if self.chance(0.2):
            rule["round_ratio"] = self.pick([1, 2, 3])
        return {"scale": rule}

    def _target(self, code: str, form: Form) -> Rule:
        values = [str(value) for value in self._values(form, code)]
        self._set_targets(code, values)
        rule: Form = {}
        if self.chance(0.25):
            rule["compare"] = "difference"
        kind = self.pick(["met_only", "base"] if rule else ["plain", "plain", "met_only", "base"])
        if kind == "met_only":
            rule["met_only"] = True
        elif kind == "base":
            per = self.pick([0.1, 1, "5%"]) if rule else self.pick(["1%", "10%", "0.5%"])
            rule["base"] = self.pick([80, 90])
            if self.chance(0.7):
                rule["over"] = {"per": per, "add": self.pick([0.5, 1]), "up_to": self.pick([100, 110])}
            if self.chance(0.7):
                rule["short"] = {"per": per, "take": self.pick([1, 2.5]), "down_to": self.pick([0, 40])}
            for side in ("over", "short"):
                if side in rule and self.chance(0.5):
                    rule[side]["whole"] = True
        elif self.chance(0.5):
            rule |= {"cap": self.pick([110, 120]), "floor": self.pick([0, 20])}
        return {"target": rule}

    def _bands(self, code: str, form: Form) -> Rule:
        low, high = self._two(form, code)
        corners = [[low, 20], [low + (high - low) / 4, self.pick([30, 60])], [high, self.pick([100, 90])]]
        return {"bands": corners}

    def _steps(self, code: str, form: Form) -> Rule:
        low, high = self._two(form, code)
        points = [100, 70] if form.get("direction") == "less" else [70, 100]
        table = [[low, points[0]], [high, points[1]]]
        return {"steps": {"table": table, "otherwise": 30} if self.chance(0.5) else table}

    def _place(self, code: str, form: Form) -> Rule:  # noqa: ARG002  all rules are made alike
        rules: list[Form] = [
            {"first": 100, "last": 60},
            {},
            {"first": 100, "step": 5, "floor": 88},
            {"table": {"1": 100, "2-3": 90, "4": 80}, "otherwise": 60},
        ]
        return {"place": self.pick(rules)}

    def _percentile(self, code: str, form: Form) -> Rule:  # noqa: ARG002  all rules are made alike
        return "percentile"

    def _ratio(self, code: str, form: Form) -> Rule:  # noqa: ARG002  all rules are made alike
        profiles = ABOVE_ZERO if self.chance(0.8) else REPORTED
        form["measure"] = self._item(profiles)
        ref = self.pick(["best", "mean", "median", 2.5, 75, {"item": self._item(profiles)}])
        return {"ratio": {"ref": ref, "cap": self.pick([100, 120])} if self.chance(0.5) else {"ref": ref}}

    def _zscore(self, code: str, form: Form) -> Rule:  # noqa: ARG002  all rules are made alike
        return {"zscore": self.pick([{}, {"center": 60, "spread": 12}, {"ddof": 0}])}

    def _deduct(self, code: str, form: Form) -> Rule:
        low, _ = self._two(form, code)
        form.pop("direction", None)
        rule = {"each": self.pick([1, 2.5, 10]), "free": low, "floor": self.pick([0, 40])}
        return {"deduct": rule if self.chance(0.7) else {**rule, "from": 90}}

    def _ideal(self, code: str, form: Form) -> Rule:
        low, high = self._two(form, code)
        form.pop("direction", None)
        rule: Form = {"between": [low, high]}
        return {"ideal": {**rule, "width": self.pick([0.3, 2, 20])} if self.chance(0.5) else rule}

    def _met(self, code: str, form: Form) -> Rule:
        low, high = self._two(form, code)
        form.pop("direction", None)
        other = self._item(REPORTED)
        target = self.pick(["x <= target", "x >= target"])
        if self.chance(0.2):
            self._set_targets(code, [str(value) for value in self._values(form, code)])
            return {"met": target}
        conditions = [
            f"x >= {high}",
            f"x <= {low}",
            f"{low} <= x < {high}",
            f"x in ({low}, {high})",
            f"x > {low} and {other} >= 1",
            f"x == {high} or not ({other} > 1)",
            f"x >= {other}",
        ]
        return {"met": self.pick(conditions).replace("(-", "(0 -")}

    def _given(self, code: str, form: Form) -> Rule:  # noqa: ARG002  all rules are made alike
        form.pop("direction", None)
        return "given" if self.chance(0.8) else {"given": {"range": [0, 120]}}

    # --- rounding, adjustments, grades -----------------------------------------------------------

    def _add_ends(self, scheme: Form) -> None:
        rounding = {
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


KINDS: Final = (
    "scale",
    "scale",
    "scale",
    "target",
    "target",
    "bands",
    "steps",
    "place",
    "percentile",
    "ratio",
    "zscore",
    "deduct",
    "ideal",
    "met",
    "given",
)


def _as_written(weight: Weight) -> float | dict[str, float]:
    values = {group: float(own) for group, own in weight.items()}
    return next(iter(values.values())) if len(set(values.values())) == 1 else values
