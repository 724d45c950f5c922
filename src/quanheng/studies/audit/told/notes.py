"""What an audit says about how it was made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quanheng.findings.finding import Finding
from quanheng.findings.text import Text
from quanheng.scheme.tree.scheme import Node
from quanheng.studies.audit import findings as told
from quanheng.studies.audit.audited import Audited
from quanheng.studies.audit.figures.correlations import EXACT_UNITS
from quanheng.studies.audit.influences import Influence
from quanheng.studies.audit.pool import TELLING, Pool
from quanheng.studies.audit.settings import AuditForm


def notes_on(found: Audited, settings: AuditForm) -> Iterator[Finding]:
    """Yield what was looked at in part only, or not at all, and why."""
    pool = found.pool
    group, units = pool.group.code, len(pool)
    empty = [node for node in pool.indicators if found.measures[node.code].n == 0]
    if empty:
        yield told.NOBODY.at(group=group, nodes=_listed(pool, empty))
    for code, curve in found.curves.items():
        varies = found.measures[code].varies
        if isinstance(curve, Text) and varies:
            yield told.NO_CURVE.at(group=group, node=told.listed([pool.name_of(code)]), reason=curve)
    if found.is_small:
        yield told.FEW_UNITS.at(group=group, units=units)
        return
    if found.pairs.sample < units:
        yield told.SAMPLED.at(group=group, sample=found.pairs.sample, units=units, seed=settings.seed)
    if not found.pairs.exact_ranks:
        yield told.RANKS_INSIDE.at(group=group, units=units, exact=EXACT_UNITS)
    if found.pairs.all > len(found.pairs.pairs):
        yield told.MANY_PAIRS.at(group=group, pairs=found.pairs.all, kept=len(found.pairs.pairs))
    yield from _on_belongings(found)
    yield from _on_influence(found, settings)


def _on_belongings(found: Audited) -> Iterator[Finding]:
    group = found.pool.group.code
    same = [node for inner in found.belongings for node in inner.same if inner.units > 1]
    if same:
        yield told.LEFT_OUT.at(group=group, nodes=_listed(found.pool, same))
    partly = [inner for inner in found.belongings if inner.units < len(found.pool)]
    if partly:
        names = [
            _with_units(found.pool.name_of(inner.dimension.code), inner.units, len(found.pool))
            for inner in partly
        ]
        yield told.INCOMPLETE.at(group=group, nodes=told.joined(names))


def _on_influence(found: Audited, settings: AuditForm) -> Iterator[Finding]:
    group = found.pool.group.code
    curves = {
        part.code: ratio.curve
        for each in found.influences
        for part, ratio in zip(each.parts, each.ratios, strict=True)
    }
    binned = [code for code, curve in curves.items() if curve == "binned"]
    lines = [found.pool.scheme.node(code) for code, curve in curves.items() if curve == "line"]
    if binned:
        yield told.BINNED.at(group=group, bins=settings.bins, count=len(binned))
    if lines:
        yield told.LINES.at(group=group, nodes=_listed(found.pool, lines), fewest=TELLING)
    without = [each.whole for each in found.influences if each.among == "children" and each.intended is None]
    if without:
        yield told.NO_WEIGHTS.at(group=group, nodes=_listed(found.pool, without))
    missed = [_missed(found.pool, each) for each in found.influences]
    wholes = [name for name in missed if name is not None]
    if wholes:
        yield told.NOT_REACHED.at(group=group, wholes=told.joined(wholes))


def _missed(pool: Pool, influence: Influence) -> Text | None:
    """Return the name of a whole whose parts do not reach what is intended, and by how much; else None."""
    intended = influence.intended
    if intended is None or intended.found.is_reached:
        return None
    name = pool.name_of(influence.whole.code)
    before, after = float(abs(intended.now - intended.influence).max()), intended.found.gap
    return Text(
        en=f"{name.in_language('en')} (off by {before:.1%} now, {after:.1%} at best)",
        zh=f"{name.in_language('zh')}（现差{before:.1%}，最好仍差{after:.1%}）",
    )


def _listed(pool: Pool, nodes: Sequence[Node]) -> Text:
    return told.listed([pool.name_of(node.code) for node in nodes])


def _with_units(name: Text, units: int, of: int) -> Text:
    return Text(
        en=f"{name.in_language('en')} ({units} of {of})",
        zh=f"{name.in_language('zh')}（{of}个中的{units}个）",
    )
