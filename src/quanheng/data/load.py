"""Loading a book: the table of contents of the data package.

    path -> contents -> units -> register -> figures, targets, adjustments, ledgers, history -> Book

All findings of the scheme and the data are gathered, then raised together if one is an error; nothing
half-read is kept.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

import narwhals as nw
import polars as pl

from quanheng.data.book.book import Book
from quanheng.data.book.panels import Panel
from quanheng.data.figures.coverage import coverage_of, united
from quanheng.data.figures.figures import Figures, observations_of, versions_of
from quanheng.data.figures.laws import check_coverage, check_figures, tell_two_values
from quanheng.data.figures.laws_of_time import check_times
from quanheng.data.figures.observations import read_observations
from quanheng.data.figures.panels.twice import tell_two_values_beside
from quanheng.data.figures.panels.wide_parquet import is_panel, read_panel
from quanheng.data.figures.passed_over import tell_passed_over
from quanheng.data.figures.two_months import with_two_months
from quanheng.data.figures.versions import as_known, each_version
from quanheng.data.files.contents import Contents, name_of_sheet
from quanheng.data.files.folder import open_folder
from quanheng.data.files.hashes import hash_of
from quanheng.data.files.history.read import with_history_beside
from quanheng.data.files.magic import WORKBOOKS
from quanheng.data.parts.adjustments import read_adjustments
from quanheng.data.parts.history import read_awards, read_history
from quanheng.data.parts.published_sheets import check_published_sheets
from quanheng.data.parts.units import check_units, read_units_in_time
from quanheng.data.tables.register import Register, register_of
from quanheng.data.tables.strangers.stated import tell_stated_for_nothing
from quanheng.data.tables.table import ParquetFile, Raw
from quanheng.data.targets.beside_figures import tell_targets_beside_figures
from quanheng.data.targets.read import read_targets, targets_as_set
from quanheng.data.telling.alone import whatever_is_missing
from quanheng.data.telling.changes import tell_changed
from quanheng.data.telling.findings import NEVER_REPORTED, NO_UNITS, NOTHING_IN_ROUND, SILENT_UNIT
from quanheng.data.telling.in_names import in_names
from quanheng.data.telling.room import Room
from quanheng.findings.collector import Collector
from quanheng.findings.errors import DataError
from quanheng.findings.finding import Finding, FindingsError, Kind, Location, has_errors, require_no_errors
from quanheng.findings.visible import printable
from quanheng.periods.calendar import Calendar
from quanheng.periods.period import parse_period
from quanheng.scheme.items.item import readings_of
from quanheng.scheme.tree.scheme import Scheme


def load(path: Path | str, *, as_of: dt.date | None = None, scheme: Scheme | None = None) -> Book:
    """Return the book at `path`, a folder or one workbook, as it was known on the day `as_of`.

    Without a day all that the book says counts, the latest version of each figure and target. With `scheme`
    its data are read by that one instead of its own.

    Raises:
        FindingsError: the scheme or the data have findings of error level; it carries all findings.

    Examples:
        >>> from quanheng.examples import path_of_example
        >>> book = load(path_of_example("hdi-2022"))
        >>> book.scheme.id, len(book.units)
        ('hdi-2022', 193)
    """
    book = _read(Path(path), as_of, scheme)
    require_no_errors(book.findings)
    return book


def load_early(path: Path | str, *, as_of: dt.date | None = None) -> Book:
    """Return the book at `path` while its round runs, when figures may still be to come.

    It is `load`, but that an item, a unit or the round has no figure is no finding yet: in January a year has
    targets and no figures.

    Raises:
        FindingsError: the scheme or the data have other findings of error level.
    """
    book = _read(Path(path), as_of)
    findings = tuple(finding for finding in book.findings if finding.kind not in _TO_COME)
    require_no_errors(findings)
    return replace(book, findings=findings)


_TO_COME: Final = (NEVER_REPORTED, NOTHING_IN_ROUND, SILENT_UNIT)


def _read(path: Path, as_of: dt.date | None, scheme: Scheme | None = None) -> Book:
    """Return the book at `path`; it is sound only if none of its findings is an error."""
    collector = Collector()
    contents = _open(path, collector)
    if scheme is not None:
        contents = replace(contents, scheme=scheme)
    if contents.scheme is None:
        further = _of_data_alone(contents.standing, contents, path, as_of)
        raise FindingsError((*collector.findings(), *further))
    return _book(contents.scheme, contents, path, as_of, collector)


def _of_data_alone(
    standing: Scheme | None, contents: Contents, path: Path, as_of: dt.date | None
) -> Iterator[Finding]:
    """Yield what is wrong with the data whatever is missing of a scheme of which only a part stands."""
    if standing is None:
        return
    try:
        found = _book(standing, contents, path, as_of, Collector()).findings
    except FindingsError as error:
        found = error.findings
    yield from whatever_is_missing(found)


NO_BOOK: Final = Kind(
    code="QH301",
    severity="error",
    en="there is no book here",
    zh="这里没有考核册",
    hint_en="give the folder of a book, or one workbook (.xlsx, .ods …)",
    hint_zh="请给出考核册文件夹，或一个工作簿（.xlsx、.et 等）",
)


def _open(path: Path, collector: Collector) -> Contents:
    if path.is_dir():
        return open_folder(path, collector=collector)
    if path.is_file() and path.suffix.lower() in WORKBOOKS:
        from quanheng.data.files.workbook import open_workbook  # noqa: PLC0415  most books are folders

        room = Room()
        contents = open_workbook(path, collector=collector, room=room)
        return with_history_beside(contents, path, collector, room)
    collector.add(NO_BOOK.at(Location(file=printable(str(path)))))
    return Contents(scheme=None)


def _book(
    scheme: Scheme, contents: Contents, path: Path, as_of: dt.date | None, collector: Collector
) -> Book:
    """Return the book in `contents`; it is sound only if the collector has no errors afterwards."""
    read = read_units_in_time(contents.units, scheme, collector=collector)
    units = read.units
    register = register_of(scheme, parse_period(scheme.round), units)
    if units.is_empty():
        if not has_errors(collector.findings()):
            collector.add(NO_UNITS.at(Location(file="units.csv")))
        raise FindingsError(collector.findings())
    check_units(units, scheme, collector=collector, spells=read.spells)
    figures, panels = _read_data(contents, register, as_of, collector)
    versions = versions_of(figures)
    known = as_known(figures, as_of)
    observations = versions.drop("known_on") if known.frame is figures.frame else observations_of(known)
    if read.spells is not None:
        from quanheng.data.parts import unit_spells  # noqa: PLC0415  in most books no unit comes or goes

        unit_spells.tell_figures_of_nobody(observations, read.spells, collector)
        unit_spells.tell_not_merged(observations, read.spells, scheme, panels, collector)
    targets = read_targets(contents.targets, register, as_of=as_of, collector=collector)
    as_set = targets_as_set(targets, as_of)
    tell_targets_beside_figures(as_set, observations, scheme, collector)
    adjustments = read_adjustments(contents.adjustments, register, collector=collector)
    ledgers = {
        **_ledgers(contents, register, collector),
        **_ledgers_of_readings(figures, contents, as_of, collector),
    }
    calendar = _calendar(contents, scheme, collector)
    history = read_history(contents.history, register.unit_roster, register.round, collector=collector)
    awards = read_awards(contents.awards, register.unit_roster, collector=collector)
    check_published_sheets(contents, register.unit_roster, collector)
    tell_stated_for_nothing(_tables_of(contents), contents.digests, register, collector)
    tell_changed(contents.stamps, collector)
    return Book(
        scheme=scheme,
        units=nw.from_native(units, eager_only=True),
        spells=None if read.spells is None else nw.from_native(read.spells, eager_only=True),
        observations=nw.from_native(observations, eager_only=True),
        versions=nw.from_native(versions, eager_only=True),
        panels=panels,
        targets=nw.from_native(as_set, eager_only=True),
        target_versions=nw.from_native(targets, eager_only=True),
        as_of=as_of,
        adjustments=nw.from_native(_made_by(adjustments, as_of), eager_only=True),
        ledgers={name: nw.from_native(ledger, eager_only=True) for name, ledger in ledgers.items()},
        calendar=calendar,
        history=nw.from_native(history, eager_only=True),
        awards={name: nw.from_native(given, eager_only=True) for name, given in awards.items()},
        findings=tuple(in_names(collector.findings(), scheme, units)),
        hash=hash_of(contents.hashed),
        hashes_without=_hashes_without(contents),
        path=path,
    )


def _ledgers(contents: Contents, register: Register, collector: Collector) -> dict[str, pl.DataFrame]:
    """Return the ledgers by name; none if the book has none and the scheme asks for none."""
    scheme = register.scheme
    if not (contents.ledgers or scheme.named_ledgers or scheme.campaigns):
        return {}
    from quanheng.data.ledgers.read import read_ledgers  # noqa: PLC0415  many books have no ledgers

    return read_ledgers(contents.ledgers, register, collector=collector)


def _ledgers_of_readings(
    figures: Figures, contents: Contents, as_of: dt.date | None, collector: Collector
) -> dict[str, pl.DataFrame]:
    """Return what is read by day or hour as ledgers; none if the scheme reads nothing so often."""
    if not any(readings_of(item) for item in figures.register.scheme.items):
        return {}
    from quanheng.data.ledgers.readings import ledgers_of_readings  # noqa: PLC0415  few books have any

    return ledgers_of_readings(figures, as_of, files=contents.ledgers, collector=collector)


def _calendar(contents: Contents, scheme: Scheme, collector: Collector) -> Calendar | None:
    """Return the days off and made up; None if the book has none."""
    if not contents.calendar:
        return None
    from quanheng.data.parts.calendar import read_calendar  # noqa: PLC0415  many books have none

    return read_calendar(contents.calendar, scheme.reading, collector=collector)


def _tables_of(contents: Contents) -> Iterator[Raw]:
    """Yield the tables of the book of which a scheme may say how they are read."""
    for raws in (contents.units, contents.data, contents.targets, contents.adjustments):
        yield from raws
    for raws in contents.ledgers.values():
        yield from raws


def _hashes_without(contents: Contents) -> dict[str, str]:
    """Return by round the hash of the data without the files and sheets that hold its own result."""
    hashes = {}
    for name, raws in contents.history.items():
        copies = [copy.sheet for copy in contents.copies if copy.round == name]
        own = {_called(raw) for raw in (*raws, *contents.awards.get(name, ()), *copies)}
        with suppress(DataError):  # what is no round is told where the history is read
            left = {called: digest for called, digest in contents.hashed.items() if called not in own}
            hashes[str(parse_period(name))] = hash_of(left)
    return hashes


def _called(raw: Raw) -> str:
    """Return the name under which a table of the history is hashed."""
    return (
        raw.file if isinstance(raw, ParquetFile) or raw.sheet is None else name_of_sheet(raw.file, raw.sheet)
    )


def _made_by(adjustments: pl.DataFrame, as_of: dt.date | None) -> pl.DataFrame:
    """Return the adjustments without those that happened after the day `as_of`."""
    if as_of is None:
        return adjustments
    return adjustments.filter(pl.col("date").is_null() | (pl.col("date") <= as_of))


def _read_data(
    contents: Contents, register: Register, as_of: dt.date | None, collector: Collector
) -> tuple[Figures, tuple[Panel, ...]]:
    """Return all versions of the figures and the panels of the data, checked.

    What is said about single figures is said of those known on the day `as_of`.
    """
    wide, others = [], []
    for raw in contents.data:
        if isinstance(raw, ParquetFile) and is_panel(raw, register):
            wide.append(raw)
        else:
            others.append(raw)
    figures = with_two_months(read_observations(others, register, collector=collector), collector)
    read = [read_panel(raw, register, collector=collector) for raw in wide]
    panels = [found for found in read if found is not None]
    tell_two_values(figures, collector)
    for panel, _ in panels:
        tell_two_values_beside(panel, figures, register, collector)
    figures = each_version(figures)
    check_times(figures, collector=collector)
    check_figures(as_known(figures, as_of), collector=collector)
    coverage = united([coverage_of(figures), *(covered for _, covered in panels)])
    units_at = next((raw.location for raw in contents.units), Location())
    check_coverage(coverage, register, units_at=units_at, collector=collector)
    tell_passed_over(collector)
    return figures, tuple(panel for panel, _ in panels)
