"""The ways to score a book that the choices of a study allow, each scored once."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from quanheng.engine.frame.comparing import POINTS_NOISE
from quanheng.engine.replicates.prepared import Prepared, prepared
from quanheng.engine.replicates.runs import Way
from quanheng.engine.replicates.trees import Trees
from quanheng.findings.errors import UsageError
from quanheng.findings.finding import Finding, FindingsError, Kind
from quanheng.findings.text import Text
from quanheng.scheme.tree.named import follows_weights
from quanheng.scheme.tree.scheme import Scheme
from quanheng.scheme.weights.aggregation import Aggregation, Power
from quanheng.studies.robustness.causes.causes import OWN, TITLES, CauseName, Choice, Choices, Variants
from quanheng.studies.variants.edits import with_dimensions

if TYPE_CHECKING:
    from quanheng.data.book.book import Book

MOST_SCORINGS: Final = 240
"""So many combinations of rules, treatments and policies are scored at most."""

CHOICE_FAILS: Final = Kind(
    code="QH703",
    severity="warning",
    en="{cause}: the choice {choice} is left out, the book cannot be scored with it: {reason}",
    zh="{cause}：选项 {choice} 无法用于本考核册，予以剔除：{reason}",
    hint_en="correct the choice in the study file, or remove it",
    hint_zh="请在研究文件中更正或删去该选项",
)
NO_MEAN: Final = Kind(
    code="QH704",
    severity="note",
    en="{method} means are not taken where a child has no points above 0: {count} dimensions keep their own "
    "aggregation: {nodes}",
    zh="下级得分有 0 或负数的维度不采用{method}合成，保留原合成方法，共{count}个：{nodes}",
    hint_en="let the rules give points above 0 (a base), or take arithmetic means there",
    hint_zh="可让计分规则给出大于 0 的得分（基础分），或在该处采用算术平均",
)
NO_CHOICE: Final = Kind(
    code="QH705",
    severity="warning",
    en="{cause}: nothing is left to choose from, so this cause is not in the study",
    zh="{cause}：没有可选的做法，本次研究不含该因素",
    hint_en="name other nodes or other choices",
    hint_zh="请改选其他节点或做法",
)


class Ways:
    """The scorings of a study; `findings` say what was left out of it."""

    def __init__(self, book: Book, variants: Variants) -> None:
        """Score the book as it is, and once with each choice.

        Raises:
            FindingsError: the book has errors as it is.
            UsageError: there are too many combinations of choices.
        """
        self._book = book
        self._variants = variants
        self.findings: list[Finding] = []
        self._scored: dict[tuple[int, ...], Prepared] = {}
        self._own = (0,) * len(variants.choices)
        self._apart = _needs_scorings(book.scheme)
        self.nominal = prepared(book, book.scheme)
        self._kept: dict[Aggregation, frozenset[str]] = {}
        left = self._left()
        self.choices = tuple(left[index] for index in range(len(left)))
        self._require_few()

    def way(self, chosen: Sequence[int]) -> Way:
        """Return the way of a combination, a number of each cause's choices."""
        aggregates = {
            code: method
            for code, method in self._variants.aggregates(chosen).items()
            if code not in self._kept.get(method, ())
        }
        if self._apart:
            return Way(points=self._prepared(chosen, aggregates), aggregates={})
        return Way(points=self._prepared(self._but_aggregation(chosen), {}), aggregates=aggregates)

    def labels(self, cause: CauseName) -> tuple[str, ...]:
        """Return how the choices of a cause are written, in the order of their numbers from 1."""
        every = next(each for each in self._variants.choices if each.cause == cause)
        return tuple(way.label for way in every.ways if way.number)

    def _left(self) -> dict[int, Choices]:
        """Return the choices of each cause that can be had; where only the own way is left, it is told.

        Aggregations come last: with each other choice it is seen where a mean is not defined.
        """
        numbered = enumerate(self._variants.choices)
        found: dict[int, Choices] = {}
        for index, choices in sorted(numbered, key=lambda each: each[1].cause == "aggregation"):
            ways = tuple(
                way for way in choices.ways if not way.number or self._can_be_had(index, choices.cause, way)
            )
            if not any(way.number for way in ways):
                self.findings.append(NO_CHOICE.at(cause=TITLES[choices.cause]))
            found[index] = replace(choices, ways=ways or (OWN,))
        return found

    def _can_be_had(self, index: int, cause: CauseName, way: Choice) -> bool:
        chosen = [*self._own]
        chosen[index] = way.number
        if cause == "aggregation":
            return self._is_defined(
                chosen, own=any(not each.number for each in self._variants.choices[index].ways)
            )
        try:
            self._prepared(tuple(chosen), {})
        except FindingsError as error:
            wrong = next(finding for finding in error.findings if finding.severity == "error")
            reason = Text(en=wrong.message("en"), zh=wrong.message("zh"))
            self.findings.append(CHOICE_FAILS.at(cause=TITLES[cause], choice=way.label, reason=reason))
            return False
        return True

    def _is_defined(self, chosen: Sequence[int], *, own: bool) -> bool:
        """Return whether an aggregation is defined anywhere; note where it is not.

        One that all dimensions have anyway is a choice only if the scheme's `own` is not offered, too.
        """
        wanted = self._variants.aggregates(chosen)
        if not wanted:
            return not own
        method = next(iter(wanted.values()))
        by_unit = {each.code for each in self._book.scheme.dimensions if each.method.by_unit}
        scored = (self.nominal, *self._scored.values())
        undefined = frozenset(
            code for each in scored for code in _undefined(each, method, wanted.keys() - by_unit)
        )
        self._kept[method] = undefined | by_unit
        if undefined:
            self.findings.append(
                NO_MEAN.at(method=method.words, count=len(undefined), nodes=", ".join(sorted(undefined)[:8]))
            )
        return bool(wanted.keys() - self._kept[method])

    def _prepared(self, chosen: Sequence[int], aggregates: Mapping[str, Aggregation]) -> Prepared:
        key = tuple(chosen)
        if key == self._own:
            return self.nominal
        if key not in self._scored:
            scheme = self._variants.scheme(key)
            if aggregates:
                scheme = with_dimensions(
                    scheme, lambda each: replace(each, aggregate=aggregates.get(each.code, each.aggregate))
                )
            self._scored[key] = prepared(self._book, scheme)
        return self._scored[key]

    def _but_aggregation(self, chosen: Sequence[int]) -> tuple[int, ...]:
        return tuple(
            0 if choices.cause == "aggregation" else number
            for choices, number in zip(self._variants.choices, chosen, strict=True)
        )

    def _require_few(self) -> None:
        counts = [
            len(choices.ways) for choices in self.choices if self._apart or choices.cause != "aggregation"
        ]
        count = math.prod(counts)
        if count > MOST_SCORINGS:
            raise UsageError(
                f"the choices make {count} combinations, each of which is scored: at most {MOST_SCORINGS}; "
                "name fewer choices",
                f"各选项共有{count}种组合，每种都要计分，最多{MOST_SCORINGS}种；请减少选项",
            )


def _needs_scorings(scheme: Scheme) -> bool:
    """Return whether aggregations change more than what they join.

    They do where weights are computed from the points of dimensions, and where formulas ask for these.
    """
    return follows_weights(scheme) or any(
        each.method.basis in {"points", "own points"}
        and any(child in scheme.dimensions for child in each.children)
        for each in scheme.dimensions
    )


def _undefined(scored: Prepared, method: Aggregation, codes: frozenset[str] | set[str]) -> Iterator[str]:
    """Yield the dimensions in which a mean is not defined, or 0 for who has one child at 0."""
    base = scored.base
    trees = Trees(base=base, scheme=base.scheme, weights={}).grown()
    least = POINTS_NOISE if _needs_positive(method) else -POINTS_NOISE
    for dimension in base.scheme.dimensions:
        if dimension.code in codes and (method.refuses_negative or method.zero_makes_zero):
            points = [trees.points[child.code] for child in dimension.children]
            known = np.concatenate([each[~np.isnan(each)] for each in points])
            if known.size and float(known.min()) <= least:
                yield dimension.code


def _needs_positive(method: Aggregation) -> bool:
    return method.zero_makes_zero or (isinstance(method, Power) and method.exponent < 0.0)
