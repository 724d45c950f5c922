"""A replicate beside a full scoring of the book with its settings: what differs at nine decimals."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from quanheng.data.book.book import Book
from quanheng.engine.replicates.base import Edge
from quanheng.engine.replicates.prepared import prepared
from quanheng.engine.replicates.runs import Outcomes, Replicates, Way, replicated
from quanheng.engine.results.result import Result
from quanheng.engine.results.score import score
from quanheng.scheme.tree.scheme import Scheme
from quanheng.scheme.weights.aggregation import Aggregation
from quanheng.studies.variants.anew import scored_anew
from quanheng.studies.variants.edits import with_dimensions, with_weights


def disagreements(
    book: Book, rng: np.random.Generator, aggregates: Mapping[str, Aggregation], *, count: int = 2
) -> Iterator[str]:
    """Yield what differs between random replicates of `book` and full scorings with their weights."""
    points = prepared(book, book.scheme)
    weights = random_weights(points.base.weights, points.base.by_unit, rng, count)
    entire = scored_anew(points, lambda _: lambda rows, _: rows)
    way = Way(points=points, aggregates=aggregates, entire=entire)
    outcomes = replicated(Replicates(ways=[way], way=np.zeros(count, dtype=np.int64), weights=weights))
    for row in range(count):
        changed = joined_by(with_weights(book.scheme, stated(weights, book.scheme, row)), aggregates)
        result = score(replace(book, scheme=changed))
        yield from (f"replicate {row}: {told}" for told in differences(outcomes, row, result))


def random_weights(
    own: Mapping[Edge, NDArray[np.float64]], by_unit: frozenset[Edge], rng: np.random.Generator, count: int
) -> dict[Edge, NDArray[np.float64]]:
    """Return weights around the own ones, of which some are 0."""
    found = {}
    for edge, weight in own.items():
        if edge not in by_unit:
            factor = rng.uniform(0.5, 1.5, (count, 1)) * (rng.random((count, 1)) > 0.1)
            found[edge] = weight * factor
    return found


def stated(
    weights: Mapping[Edge, NDArray[np.float64]], scheme: Scheme, row: int
) -> dict[str, dict[str, float]]:
    """Return the weights of a replicate as a scheme has them: by node and group."""
    groups = [group.code for group in scheme.groups]
    return {
        child: {
            group: float(value)
            for group, value in zip(groups, values[row], strict=True)
            if not math.isnan(value)
        }
        for (_, child), values in weights.items()
    }


def joined_by(scheme: Scheme, aggregates: Mapping[str, Aggregation]) -> Scheme:
    """Return `scheme` with other aggregations."""
    return with_dimensions(
        scheme, lambda each: replace(each, aggregate=aggregates.get(each.code, each.aggregate))
    )


def differences(outcomes: Outcomes, row: int, result: Result) -> Iterator[str]:
    """Yield what differs between a replicate and a result."""
    awards = {(str(award), str(unit)) for award, unit in result.awards.select("award", "unit").iter_rows()}
    for unit, score_, place, tier in result.ranking.select("unit", "score", "place", "tier").iter_rows():
        at = outcomes.codes.index(unit)
        came = float(outcomes.scores[row, at])
        if (score_ is None) != math.isnan(came) or (score_ is not None and round(score_ - came, 9) != 0.0):
            yield f"{unit}: {came!r} is not {score_!r}"
        if (place or 0) != outcomes.places[row, at]:
            yield f"{unit}: place {outcomes.places[row, at]} is not {place}"
        number = outcomes.tiers[row, at]
        if (None if number < 0 else outcomes.tier_names[number]) != tier:
            yield f"{unit}: tier {number} is not {tier}"
        for award, flags in outcomes.awards.items():
            if bool(flags[row, at]) != ((award, unit) in awards):
                yield f"{unit}: award {award} {flags[row, at]}"
    assert isinstance(result.ranking, nw.DataFrame)
