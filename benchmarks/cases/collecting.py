"""The site takes 40 figures of each of 200 units, by forms of 2,000 cells and by one template; on SQLite."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks.case import OURS, Case, Contender, register
from benchmarks.site_apart import Deeds, site_apart

_RUNS: Final = 4
"""One that is not counted, and three: each has a round of its own, in which nothing is saved yet."""
_FORMS, _TEMPLATE = "forms", "template"


def prepare(size: int, folder: Path) -> Mapping[str, Contender]:
    """Let a process of its own make the site and what is sent to it, and wait until it is ready."""
    sent = site_apart(_deeds, folder, size)
    return {
        f"{OURS}, four forms and their pages": partial(sent, _FORMS),
        f"{OURS}, one template": partial(sent, _TEMPLATE),
        "bare rows into SQLite": lambda: _bare(folder, size),
    }


def _bare(folder: Path, size: int) -> None:
    """Write as many rows of 14 columns: one a figure, and one a change."""
    with sqlite3.connect(folder / "bare.sqlite3") as bare:
        bare.execute("PRAGMA journal_mode = WAL")
        bare.execute("PRAGMA synchronous = FULL")
        bare.execute("CREATE TABLE IF NOT EXISTS kept (a, b, c, d, e, f, g, h, i, j, k, l, m, n)")
        rows = [tuple(range(14))] * (2 * size * 40)
        bare.executemany("INSERT INTO kept VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    bare.close()


def _deeds(folder: Path, size: int) -> Deeds:
    """Make the site with its rounds, and return what sends what to it, each time into another round."""
    from quanheng.web.site.start import prepare as prepare_site  # noqa: PLC0415  Django is loaded here only

    prepare_site(folder)
    requests = _requests(size)
    return {name: partial(_next_done, each) for name, each in requests.items()}


def _next_done(requests: Iterator[Callable[[], bool]]) -> bool:
    return next(requests)()


def _requests(size: int) -> dict[str, Iterator[Callable[[], bool]]]:
    """Return what is sent to the site, ready to be sent; each tells whether all was saved."""
    from django.test import Client  # noqa: PLC0415  after Django has its settings
    from django.utils import timezone  # noqa: PLC0415  the same

    from benchmarks.large_round import ITEMS, REPORTER, entries_of, large_round  # noqa: PLC0415  the same
    from quanheng.web.people.models import Account  # noqa: PLC0415  the same
    from quanheng.web.rounds.models import Cell, KeptRound  # noqa: PLC0415  the same

    def is_full(kept: KeptRound) -> bool:
        return Cell.objects.for_the_program().filter(round=kept).count() == size * ITEMS

    def by_forms(kept: KeptRound, forms: list[dict[str, str]]) -> bool:
        for form in forms:
            client.post(f"/rounds/{kept.pk}/fill/", form, follow=True, headers={"host": "localhost"})
        return is_full(kept)

    def by_template(kept: KeptRound, content: bytes) -> bool:
        file = io.BytesIO(content)
        file.name = "figures.xlsx"
        client.post(f"/rounds/{kept.pk}/upload/", {"file": file}, headers={"host": "localhost"})
        return is_full(kept)

    rounds = [large_round(size, str(1990 + n), at=timezone.now()) for n in range(2 * _RUNS)]
    client = Client()
    client.force_login(Account.objects.for_the_program().get(code=REPORTER))
    forms, templates = [], []
    for kept in rounds[:_RUNS]:
        cells = [
            (f"{item}.{unit}", entry.written) for entry in entries_of(kept) for item, unit in [entry.place]
        ]
        parts = [dict(cells[at : at + 2_000]) for at in range(0, len(cells), 2_000)]
        forms.append(partial(by_forms, kept, [{"do": "save", **part} for part in parts]))
    for kept in rounds[_RUNS:]:
        empty = client.get(f"/rounds/{kept.pk}/template.xlsx", headers={"host": "localhost"})
        templates.append(partial(by_template, kept, _filled_in(empty.content)))
    return {_FORMS: iter(forms), _TEMPLATE: iter(templates)}


def _filled_in(template: bytes) -> bytes:
    """Return a template with a figure in every cell."""
    import xlsxwriter  # noqa: PLC0415  as where it is written

    from quanheng.data.files.spreadsheets import read_workbook  # noqa: PLC0415  after the site is ready
    from quanheng.findings.collector import Collector  # noqa: PLC0415  the same

    (sheet,) = read_workbook(template, file="figures.xlsx", collector=Collector())
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as workbook:
        filled = workbook.add_worksheet()
        for row, cells in enumerate(sheet.cells.rows()):
            for column, cell in enumerate(cells):
                if row > 2 and column > 1:
                    filled.write_number(row, column, row + column / 100)
                elif cell is not None:
                    filled.write_string(row, column, str(cell))
    return written.getvalue()


register(Case(name="collecting figures of 40 items", size=200, tiny=2, prepare=prepare, repeats=_RUNS - 1))
