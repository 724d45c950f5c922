"""Document → `Scheme`: defaults settled, weights for each group, formulas parsed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from quanheng.findings.finding import Finding, Location
from quanheng.findings.value import Value
from quanheng.scheme.document.document import Document, hash_of, reading_in
from quanheng.scheme.document.published import PUBLISHED
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.fields.lines import Locations, Path
from quanheng.scheme.fields.margin import Margin, text_of
from quanheng.scheme.gaps.form import AllGapsForm
from quanheng.scheme.grades.settle import adjustments_of
from quanheng.scheme.grades.settle_tiers import awards_of, lowerings_of, tiers_of, ties_of
from quanheng.scheme.items.settle import items_of
from quanheng.scheme.ledgers.settle import campaigns_of, ledgers_of
from quanheng.scheme.pace.settle import reviews_of
from quanheng.scheme.reading.settle import reading_of
from quanheng.scheme.tree.groups import groups_of
from quanheng.scheme.tree.nodes import TreeBuilder
from quanheng.scheme.tree.scheme import MOVED_OVER, Scheme


class Settled(Value):
    """A scheme, the document it was made of, and where its parts were written."""

    scheme: Scheme
    document: Document
    locations: Locations
    paths: Mapping[str, Path]
    """The path of each node, by its code."""

    def at(self, *path: str | int) -> Location:
        """Return where the part of the document at `path` was written."""
        return self.locations.of(*path)

    def node_at(self, code: str, *below: str | int) -> Location:
        """Return where the node `code`, or a part below it, was written; the root's stand at the top."""
        if code == ROOT:
            return self.locations.of(*(below or ("indicators",)))
        return self.locations.of(*self.paths[code], *below)


def settle(document: Document, locations: Locations) -> tuple[Settled, tuple[Finding, ...]]:
    """Return the scheme `document` means, and findings on what cannot be settled.

    Where there are findings, something stands in for what they are about: the scheme can then be checked
    further, but not used.
    """
    margin = Margin(locations)
    groups = groups_of(document, margin)
    codes = [group.code for group in groups]
    ties, ties_by_group = ties_of(document.ties, codes, margin)
    builder = TreeBuilder(document, groups, margin)
    root = builder.root(groups)
    scheme = Scheme(
        id=document.id,
        title=text_of(document.title),
        round=document.round,
        groups=groups,
        items=items_of(document.items, document.ledgers, margin),
        root=root,
        pools=tuple(builder.pools.values()),
        at_least=_at_least(document),
        moved_over=_moved_over(document),
        unranked=text_of(next((form.called for form in _all_gaps(document) if form.called), None)),
        adjustments=adjustments_of(document.adjustments, margin),
        rounding=builder.rounding,
        ranking=document.ranking,
        lowest_first=document.lowest_first,
        ties=ties,
        ties_by_group=ties_by_group,
        tiers=tiers_of(document.tiers, codes, margin),
        lower=lowerings_of(document.lower, margin),
        awards=awards_of(document.awards, codes, margin),
        pace=builder.pace,
        reviews=reviews_of(document.reviews, margin),
        ledgers=ledgers_of(document.ledgers, margin),
        campaigns=campaigns_of(document.campaigns, margin),
        reading=reading_of(reading_in(document), document.files, margin),
        publish=frozenset(PUBLISHED if document.publish is None else document.publish),
        workbook=document.workbook,
        hash=hash_of(document),
        where=locations.of("round"),
    )
    if any(form.formula is not None for form in document.items.values()):
        from quanheng.scheme.tree.computed import with_computed_items  # noqa: PLC0415  few schemes have any

        scheme = with_computed_items(scheme, document.items, margin)
    if margin.names_figures:
        from quanheng.scheme.tree.figures import with_named_figures  # noqa: PLC0415  few schemes have any

        scheme = with_named_figures(scheme)
    settled = Settled(scheme=scheme, document=document, locations=locations, paths=builder.paths)
    return settled, margin.findings


def _all_gaps(document: Document) -> Iterator[AllGapsForm]:
    """Yield what is stated of the gaps of the whole scheme, what counts first."""
    forms = (document.gaps, None if document.defaults is None else document.defaults.gaps)
    yield from (form for form in forms if form is not None)


def _at_least(document: Document) -> float:
    stated = (form.at_least for form in _all_gaps(document))
    return next((share for share in stated if share is not None), 0.0)


def _moved_over(document: Document) -> float:
    stated = (form.moved_over for form in _all_gaps(document))
    return next((share for share in stated if share is not None), MOVED_OVER)
