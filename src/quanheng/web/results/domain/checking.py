"""Looking at parts of a book before they are kept: the core reads them with all that is there already."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from quanheng.findings.finding import Finding
from quanheng.web.base.held_files import content_of
from quanheng.web.results.domain.book import Draft, check_book
from quanheng.web.results.domain.figures import figures_for
from quanheng.web.results.domain.parts import current_parts
from quanheng.web.rounds.models import AskedItem, AskedUnit, KeptRound


def check_parts(kept: KeptRound, brought: Mapping[str, bytes]) -> tuple[Finding, ...]:
    """Return what the core has to say of the book of a round with the parts that are `brought`.

    Raises:
        FindingsError: one of the parts cannot be read, or has figures that the round itself asks for.
    """
    items = list(AskedItem.objects.for_the_program().filter(round=kept))
    stems = {str(PurePosixPath(path).with_suffix("")) for path in brought}
    there = {part.path: content_of(part) for part in current_parts(kept) if part.stem not in stems}
    draft = Draft(
        scheme=kept.scheme.text,
        units=list(AskedUnit.objects.for_the_program().filter(round=kept).select_related("unit")),
        figures=figures_for(kept, items=items),
        parts={**there, **brought},
    )
    return check_book(draft, items)
