"""How the reviews of a year made a unit's total, in amounts that add up exactly."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from quanheng.engine.frame import columns as c
from quanheng.engine.results.explanation.explanation import Folding, Part
from quanheng.engine.results.explanation.reader import Reader
from quanheng.engine.stages.reviews.fold import HeldReviews
from quanheng.scheme.fields.codes import ROOT


def folding_of(reader: Reader) -> Folding | None:
    """Return how the total of the reader's unit was folded; None where nothing is, or it has no total."""
    held, total = reader.evidence.held, reader.number(c.score(ROOT))
    if held is None or total is None:
        return None
    scores = [
        (round_, score) for round_ in held.rounds if (score := reader.number(c.review(round_))) is not None
    ]
    return Folding(
        own=reader.number(c.OWN_TOTAL),
        year=held.fold.year,
        share=held.fold.reviews,
        mean=reader.number(c.REVIEWS_MEAN),
        reviews=tuple(scores),
        parts=tuple(_parts(reader, held, scores, total)),
    )


def exact(value: float | None) -> Decimal:
    """Return a number as it is explained: with nine decimals, as places compare it (rounding §3)."""
    return Decimal(0) if value is None else Decimal(f"{value:z.9f}")


def _parts(
    reader: Reader, held: HeldReviews, scores: list[tuple[str, float]], total: float
) -> Iterator[Part]:
    own = reader.number(c.OWN_TOTAL)
    if not scores:
        yield Part.of_step("own total", exact(own))
        return
    parts = [Part.of_step("own total", exact(held.fold.year * (own or 0.0)))]
    weights = _weights(held, [round_ for round_, _ in scores])
    for round_, score in scores:
        amount = held.fold.reviews * float(weights[round_]) * score
        parts.append(Part(source=round_, marks=exact(amount)))
    yield from parts
    rest = exact(total) - sum((part.marks for part in parts), Decimal(0))
    if rest:
        yield Part.of_step("rounding", rest)


def _weights(held: HeldReviews, rounds: list[str]) -> dict[str, Fraction]:
    """Return what each of a unit's reviews weighs in the mean, which may be a mean of means."""
    if held.fold.each:
        own = {round_: Fraction(str(held.fold.weight_of(round_))) for round_ in rounds}
        return {round_: weight / sum(own.values()) for round_, weight in own.items()}
    steps = [[round_ for round_ in step if round_ in rounds] for _, step in held.steps] or [rounds]
    known = [step for step in steps if step]
    return {round_: Fraction(1, len(step) * len(known)) for step in known for round_ in step}
