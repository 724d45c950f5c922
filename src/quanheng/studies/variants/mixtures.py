"""Mixtures of two sides of a comparison: scheme, figures and targets, each of one side or the other.

What is mixed is the grid, the figures and targets as columns: so a mixture is scored by the very stages by
which a book is, and many of them below each other in one pass. Where only stated weights are other ones, the
points are known, and totals are joined over arrays.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeAlias

import narwhals as nw

from quanheng.engine.frame.holding import MANY
from quanheng.engine.replicates.reweighed import Stated, stated_otherwise
from quanheng.findings.finding import Finding
from quanheng.findings.value import Value, field
from quanheng.studies.variants.passes import MIXTURE, Copy, Mixture, passed
from quanheng.studies.variants.weighed import Weighed, weighed

if TYPE_CHECKING:
    from quanheng.data.book.frames import Frame


class Outcome(Value):
    """What became of mixtures: mixture, unit, group, score, place, tier in `rows`.

    `shared_out` are the codes of the indicators whose weight was shared out for somebody, since a mixture
    lacks a figure that neither side lacks. `findings` are, by
    its key, those on each mixture that was looked at as a book is.
    """

    rows: Frame
    shared_out: tuple[str, ...]
    findings: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)


_Parts: TypeAlias = tuple[int, int, int, int]
"""What tells mixtures from each other: the very scheme, grid, adjustments and reviews."""
_Done: TypeAlias = Copy | Weighed


class Known(Value):
    """What was scored of a `grid` that is asked for again and again."""

    grid: Frame
    copies: dict[_Parts, Copy] = field(default_factory=dict)

    def keep(self, copy: Copy) -> None:
        """Keep what was scored of the grid; nothing of another one, nor what takes much memory."""
        cells = len(self.grid) * len(copy.of.done.plan.collect_schema())
        if copy.mixture.grid is self.grid and cells <= _MOST_CELLS:
            while len(self.copies) >= _MOST_COPIES:
                self.copies.pop(next(iter(self.copies)))
            self.copies[_parts(copy.mixture)] = copy.alone()


_MOST_CELLS: Final = 10_000_000
_MOST_COPIES: Final = 2


def scored(
    mixtures: Mapping[str, Mixture], *, looked_at: Collection[str] = (), known: Known | None = None
) -> Outcome:
    """Return what becomes of each of `mixtures`, by its key; those of one scheme are scored in one pass.

    A figure that is missing where the scheme calls that an error has its weight shared out: a book would not
    be scored, a mixture of two that are is. What is wrong with those in `looked_at` is told. What is `known`
    by now is not scored again.

    Raises:
        FindingsError: weights cannot be computed.
    """
    found = {key: _weights_apart(mixture) for key, mixture in mixtures.items()}
    copies = _copies({key: of for key, (of, _) in found.items()}, known)
    done: dict[str, _Done] = {}
    others: dict[tuple[int, int], dict[str, tuple[Copy, Mixture, Stated]]] = {}
    for key, (of, stated) in found.items():
        copy = copies[_parts(of)]
        if stated:
            alike = others.setdefault((id(of.scheme), id(of.reviews)), {})
            alike[key] = copy, mixtures[key], stated
        else:
            done[key] = copy
    for alike in others.values():
        made = weighed([(copy, mixture.scheme, stated) for copy, mixture, stated in alike.values()])
        done.update(zip(alike, made, strict=True))
    rows = [each.outcome.with_columns(nw.lit(key).alias(MIXTURE)) for key, each in done.items()]
    lacking = dict.fromkeys(code for each in done.values() for code in each.lacking)
    looked = {key: done[key] for key in looked_at}
    return Outcome(
        rows=nw.concat(rows, how="vertical"),
        shared_out=tuple(lacking),
        findings=_findings(looked, mixtures),
    )


def _parts(mixture: Mixture) -> _Parts:
    return id(mixture.scheme), id(mixture.grid), id(mixture.rows), id(mixture.reviews)


def _weights_apart(mixture: Mixture) -> tuple[Mixture, Stated]:
    """Return the mixture that is to be scored, and the weights that are stated otherwise."""
    if mixture.rated_by is None or mixture.rated_by is mixture.scheme or len(mixture.grid) > MANY:
        return mixture, {}
    stated = stated_otherwise(mixture.scheme, mixture.rated_by)
    if stated is None:
        return mixture, {}
    return replace(mixture, scheme=mixture.rated_by, rated_by=None), stated


def _copies(mixtures: Mapping[str, Mixture], known: Known | None) -> dict[_Parts, Copy]:
    """Return the mixtures as they were scored, each once."""
    found = dict(known.copies) if known is not None else {}
    new = {_parts(mixture): (key, mixture) for key, mixture in mixtures.items()}
    for group in _alike((key, mixture) for parts, (key, mixture) in new.items() if parts not in found):
        for part in _in_parts(group):
            for copy in passed(part).values():
                found[_parts(copy.mixture)] = copy
                if known is not None:
                    known.keep(copy)
    return found


def _alike(mixtures: Iterable[tuple[str, Mixture]]) -> Iterator[dict[str, Mixture]]:
    """Yield the mixtures with the same scheme and reviews together."""
    groups: dict[tuple[int, int], dict[str, Mixture]] = {}
    for key, mixture in mixtures:
        groups.setdefault((id(mixture.scheme), id(mixture.reviews)), {})[key] = mixture
    yield from groups.values()


def _in_parts(group: Mapping[str, Mixture]) -> Iterator[dict[str, Mixture]]:
    """Yield some of the mixtures after others, each time no more rows than are scored well at once."""
    part: dict[str, Mixture] = {}
    rows = 0
    for key, mixture in group.items():
        if part and rows + len(mixture.grid) > MANY:
            yield part
            part, rows = {}, 0
        part[key] = mixture
        rows += len(mixture.grid)
    yield part


def _findings(looked: Mapping[str, _Done], mixtures: Mapping[str, Mixture]) -> dict[str, tuple[Finding, ...]]:
    """Return what is wrong with each; nothing where all of one scheme have the same, and no error.

    That needs only to be counted.
    """
    groups: dict[int, dict[str, _Done]] = {}
    for key, each in looked.items():
        groups.setdefault(id(mixtures[key].scheme), {})[key] = each
    found: dict[str, tuple[Finding, ...]] = {}
    for group in groups.values():
        counts = {each.counts for each in group.values()}
        conditions = next(iter(group.values())).conditions
        wrong = any(
            count and each.kind.severity == "error"
            for of in counts
            for count, each in zip(of, conditions, strict=True)
        )
        same = not wrong and len(counts) == 1 and len(group) > 1
        for key, each in group.items():
            if any(map(any, counts)):
                found[key] = () if same else (*each.notes, *each.findings())
            else:
                found[key] = each.notes
    return found
