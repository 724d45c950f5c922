"""The template of a round as a workbook: the own cells open, all else locked, and a key of the round.

The first cell holds the key, signed by the site: which round, whose, and when it was downloaded. What
somebody else changed since is told when it comes back.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from typing import Any, Final

from django.core import signing

from quanheng.data.files.spreadsheets import read_workbook
from quanheng.findings.collector import Collector
from quanheng.findings.finding import Finding, FindingsError, has_errors, require_no_errors
from quanheng.findings.text import Language, Text
from quanheng.findings.value import Value
from quanheng.process.rounds.people import Person
from quanheng.web.library.findings import UPLOAD_OF_NO_USE
from quanheng.web.library.uploads import Upload, require_taken
from quanheng.web.rounds.domain.figures import Place
from quanheng.web.rounds.findings import OTHER_TEMPLATE
from quanheng.web.rounds.models import AskedItem, AskedUnit, Cell, KeptRound, Task
from quanheng.web.rounds.models.round import OF_THOSE_THERE
from quanheng.web.rounds.template_laws import HEAD, ITEM, LEFT, UNIT, Named, check_template

WORKBOOK: Final = Text(zh="工作簿（.xlsx）", en="workbook (.xlsx)")
_SALT: Final = "quanheng.rounds.template"
_SHEET: Final = Text(zh="填报", en="report")
_CHOICES: Final = ("/",)
"""What a cell offers beside a figure; the drop-down forbids nothing."""


class Filled(Value):
    """What a template brings back: texts of cells, when it was downloaded, and remarks on the file."""

    texts: Mapping[Place, str]
    downloaded: dt.datetime
    remarks: tuple[Finding, ...] = ()


def write_template(person: Person, kept: KeptRound, at: dt.datetime, language: Language) -> bytes:
    """Return the workbook in which `person` fills in the own figures of a round."""
    import xlsxwriter  # noqa: PLC0415  most pages write no workbook

    own = Task.objects.visible_to(person).filter(
        round=kept, state="given", reporter__code=person.code, **OF_THOSE_THERE
    )
    places = {(task.item_id, task.unit_id) for task in own}
    items, units = _axes(person, kept, places)
    cells = {
        (cell.item_id, cell.unit_id): cell for cell in Cell.objects.visible_to(person).filter(round=kept)
    }
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True, "strings_to_formulas": False}) as workbook:
        sheet = workbook.add_worksheet(_SHEET.in_language(language))
        locked = workbook.add_format(
            {"bg_color": "#E3EEF9", "bold": True, "text_wrap": True, "valign": "top"}
        )
        small = workbook.add_format({"font_color": "#4A5866", "font_size": 8})
        closed = workbook.add_format({"bg_color": "#D9D9D9"})
        free = workbook.add_format({"locked": False})
        sheet.protect("", {"select_locked_cells": True, "format_columns": True, "format_cells": True})
        sheet.freeze_panes(HEAD, LEFT)
        sheet.write_string(0, 0, _key(person, kept, at), small)
        sheet.write_string(1, 0, UNIT.in_language(language), small)
        sheet.set_column(0, 1, 14)
        sheet.set_column(LEFT, LEFT + len(items), 14)
        for column, item in enumerate(items, start=LEFT):
            sheet.write_string(1, column, item.code, small)
            sheet.write_string(2, column, _heading(item, language), locked)
        for row, unit in enumerate(units, start=HEAD):
            sheet.write_string(row, 0, unit.unit_id, small)
            sheet.write_string(row, 1, unit.unit.name, locked)
            for column, item in enumerate(items, start=LEFT):
                place = (item.pk, unit.pk)
                if place in places:
                    _write_cell(sheet, row, column, cells.get(place), free)
                else:
                    sheet.write_blank(row, column, None, closed)
        if items and units:
            last = (HEAD + len(units) - 1, LEFT + len(items) - 1)
            choices = {"validate": "list", "source": list(_CHOICES), "show_error": False}
            sheet.data_validation(HEAD, LEFT, *last, choices)
    return written.getvalue()


def read_template(upload: Upload, kept: KeptRound, person: Person) -> Filled:
    """Return what a template brings back.

    Raises:
        FindingsError: it is no workbook, or not the template of this round and person; or it names what is
            not in the round.
    """
    require_taken(upload, wanted=WORKBOOK)
    if not upload.is_workbook:
        raise FindingsError((UPLOAD_OF_NO_USE.at(name=upload.plain_name, wanted=WORKBOOK),))
    collector = Collector()
    sheets = read_workbook(upload.content, file=upload.plain_name, collector=collector)
    require_no_errors(collector.findings())
    rows = [
        ["" if cell is None else str(cell) for cell in row]
        for row in (sheets[0].cells.rows() if sheets else ())
    ]
    downloaded = _moment_of(rows[0][0] if rows and rows[0] else "", kept, person)
    if downloaded is None or len(rows) < HEAD or len(rows[0]) <= LEFT:
        raise FindingsError((OTHER_TEMPLATE.at(name=upload.plain_name),))
    items = {item.code: item for item in AskedItem.objects.visible_to(person).filter(round=kept)}
    asked = AskedUnit.objects.visible_to(person).filter(round=kept).select_related("unit")
    units = {unit.unit_id: unit for unit in asked}
    across = {code: (_heading(item, "zh"), _heading(item, "en")) for code, item in items.items()}
    found = tuple(
        check_template(
            sheets,
            rows,
            Named(what=ITEM, names=across),
            Named(what=UNIT, names={code: (unit.unit.name,) for code, unit in units.items()}),
        )
    )
    if has_errors(found):
        raise FindingsError(found)
    codes = [(column, code.strip()) for column, code in enumerate(rows[1])][LEFT:]
    texts: dict[Place, str] = {
        (items[code].pk, units[row[0].strip()].pk): row[column]
        for row in rows[HEAD:]
        if row[0].strip()
        for column, code in codes
        if code
    }
    own = Task.objects.visible_to(person).filter(round=kept, state="given", reporter__code=person.code)
    places = {(task.item_id, task.unit_id) for task in own}
    kept_texts = {place: text for place, text in texts.items() if place in places or text.strip()}
    return Filled(texts=kept_texts, downloaded=downloaded, remarks=(*collector.findings(), *found))


def _axes(person: Person, kept: KeptRound, places: set[Place]) -> tuple[list[AskedItem], list[AskedUnit]]:
    items = AskedItem.objects.visible_to(person).filter(round=kept, pk__in={item for item, _ in places})
    units = AskedUnit.objects.visible_to(person).filter(round=kept, pk__in={unit for _, unit in places})
    return list(items), list(units.select_related("unit"))


def _heading(item: AskedItem, language: Language) -> str:
    return " ".join(filter(None, (item.name.in_language(language), item.measured_in, item.period)))


def _write_cell(sheet: Any, row: int, column: int, cell: Cell | None, free: Any) -> None:  # noqa: ANN401  the library has no types
    """Write a figure: as a number where the digits say the same, else as it was written."""
    text = cell.written if cell else ""
    if not text:
        sheet.write_blank(row, column, None, free)
    elif cell and cell.number is not None and text == repr(cell.number).removesuffix(".0"):
        sheet.write_number(row, column, cell.number, free)
    else:
        sheet.write_string(row, column, text, free)


def _key(person: Person, kept: KeptRound, at: dt.datetime) -> str:
    return signing.dumps([kept.pk, person.code, at.isoformat()], salt=_SALT, compress=True)


def _moment_of(key: str, kept: KeptRound, person: Person) -> dt.datetime | None:
    """Return when a template was downloaded; None if the key is none, or that of another round or person."""
    try:
        pk, code, at = signing.loads(key.strip(), salt=_SALT)
        return dt.datetime.fromisoformat(at) if (pk, code) == (kept.pk, person.code) else None
    except (signing.BadSignature, ValueError, TypeError):
        return None
