"""The indicators of random books: every rule, with limits that are just reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from tests.exact.naive.books import Book, Seat
from tests.exact.naive.formulas import measured
from tests.exact.random_figures import ABOVE_ZERO, REPORTED, Figures, Form, Rule

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
    "share({x})",
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
    "{x} - mean(units({x}))",
    "({x} - min(units({x}))) / sum(units({p}))",
    "{p} / max(units({q}))",
    "{p} / sd(units({q}))",
    "median(units({x})) - {y}",
    "units({x} > 1) / units()",
    "where({x} > mean(units({y})), 2, {x})",
    "floor({x} / {p})",
    "ceil({x} / {p})",
    "ceil({t} + {s})",
    "floor({p} / {q})",
    "round({x} / {p}, 1)",
    "round({x})",
    "abs({x} - {y})",
    "sign({x})",
    "sqrt(abs({x}))",
    "sqrt({p})",
    "exp(-{p} / 100)",
)
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


@dataclass
class Leaves(Figures):
    """Makes indicators, and the figures and targets they look at."""

    def _missing(self) -> Rule:
        fill: Form = {"fill": self.pick(["mean", "median"])}
        if self.chance(0.4):
            fill["within"] = "region"
        if self.chance(0.5):
            fill["at"] = self.pick(["value", "points"])
        words: list[Rule] = ["zero", "worst", "redistribute", "redistribute", "neutral", "error"]
        return self.pick([*words, fill, fill])

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
        if self.chance(0.4):
            corners.insert(self.pick([1, 2, 3]), [self.pick([row[0] for row in corners]), 70])
            corners.sort(key=lambda row: row[0])
            if len({row[0] for row in corners}) == len(corners):
                corners.pop(1)
        return {"bands": corners}

    def _steps(self, code: str, form: Form) -> Rule:
        low, high = self._two(form, code)
        points = [100, 70] if form.get("direction") == "less" else [70, 100]
        table = [[low, points[0]], [high, points[1]]]
        if self.chance(0.3):
            return {"steps": {"table": table, "strict": True}}
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
        if self.chance(0.4):
            return "percentile"
        return {
            "percentile": {
                "strict": self.chance(0.5),
                "among": self.pick(["others", "all", "exclusive"]),
                "zeros": self.pick(["counted", "apart"]),
            }
        }

    def _ratio(self, code: str, form: Form) -> Rule:  # noqa: ARG002  all rules are made alike
        profiles = ABOVE_ZERO if self.chance(0.8) else REPORTED
        form["measure"] = self._item(profiles)
        ref = self.pick(["best", "mean", "median", 2.5, 75, {"item": self._item(profiles)}])
        return {"ratio": {"ref": ref, "cap": self.pick([100, 120])} if self.chance(0.5) else {"ref": ref}}

    def _zscore(self, code: str, form: Form) -> Rule:  # noqa: ARG002  all rules are made alike
        rule: Form = dict(self.pick([{}, {"center": 60, "spread": 12}, {"ddof": 0}]))
        if self.chance(0.4):
            cap = self.pick([0.5, 1, 1.5])
            condition = f"{self._item(REPORTED)} > 1"
            rule["cap"] = self.pick([cap, {"at": cap}, {"at": cap, "where": condition}])
        return {"zscore": rule}

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
