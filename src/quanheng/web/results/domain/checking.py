"""Looking at parts of a book before they are kept: the core reads them with all that is there already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from quanheng.data.tables.two_units import TWO_UNITS
from quanheng.findings.finding import Finding, Location, require_no_errors
from quanheng.web.base.held_files import content_of
from quanheng.web.results.domain.book import Draft, check_book
from quanheng.web.results.domain.figures import figures_for
from quanheng.web.results.domain.parts import current_parts
from quanheng.web.results.domain.units import UNITS, Handed, handed_in
from quanheng.web.rounds.models import AskedItem, AskedUnit, KeptRound


def check_parts(kept: KeptRound, brought: Mapping[str, bytes]) -> tuple[Finding, ...]:
    """Return what the core has to say of the book of a round with the parts that are `brought`.

    Raises:
        FindingsError: one of the parts cannot be read, or has figures that the round itself asks for.
    """
    items = list(AskedItem.objects.for_the_program().filter(round=kept))
    stems = {str(PurePosixPath(path).with_suffix("")) for path in brought}
    there = {part.path: content_of(part) for part in current_parts(kept) if part.stem not in stems}
    parts = {**there, **brought}
    units = list(AskedUnit.objects.for_the_program().filter(round=kept).select_related("unit"))
    handed = handed_in(parts, kept.scheme.text, kept.period)
    require_no_errors(_of_two_units(handed, {str(each.unit_id): each.unit.name for each in units}))
    draft = Draft(
        scheme=kept.scheme.text,
        units=units,
        handed=handed,
        figures=figures_for(kept, items=items, gone=handed.went_into(str(each.unit_id) for each in units)),
        parts=parts,
    )
    return check_book(draft, items)


def _of_two_units(handed: Handed, names: Mapping[str, str]) -> Iterator[Finding]:
    """Yield the rows that stand under the code of one unit of the round and the name of another one.

    Attributes are taken by the code, what a unit is called the round says: of a column that was sorted alone
    nothing else would tell.
    """
    codes = {name: code for code, name in names.items()}
    for code, rows in handed.rows.items():
        for row in rows:
            other = codes.get(row.name, code)
            if code in names and row.name != names[code] and other != code:
                facts = {"first": code, "heading": "unit", "one": code, "second": row.name, "other": "name"}
                yield TWO_UNITS.at(Location(file=UNITS), two=other, **facts)
