"""A result as a folder of tables: csv for people, parquet for the trace, json for identity."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import narwhals as nw

from quanheng.data.files.hashes import digest_of_file
from quanheng.documents.tables.csv import write_csv_parts, write_csv_table
from quanheng.documents.tables.record import FILES, IDENTITY, sealed, text_of
from quanheng.documents.workbook.workbook import workbook_note, write_results_xlsx
from quanheng.engine.frame.keeping import write_parts
from quanheng.engine.results.identity import identity_of
from quanheng.engine.results.published import PUBLISHED_DIFFERS
from quanheng.findings.finding import Finding, Location
from quanheng.findings.text import Language

if TYPE_CHECKING:
    from quanheng.engine.results.result import Result

TABLES: Final = ("scores.csv", "tiers.csv", "awards.csv", "weights.csv", "findings.csv", "trace.parquet")
"""The tables whose bytes are the same for the same book, version and engine."""
REVIEWS_TABLE: Final = "reviews.csv"
"""The table of a result into whose totals reviews are folded."""
WORKBOOK: Final = "results.xlsx"
MEMBERS: Final = (IDENTITY, *TABLES, REVIEWS_TABLE, WORKBOOK)
"""All that a result can have: what of it lies in its folder is replaced by the next one."""
_FINDINGS: Final = ("code", "severity", "place", "message", "hint")


def write_result_folder(
    result: Result,
    folder: Path,
    *,
    language: Language,
    workbook: bool | None = None,
    before_workbook: Callable[[], None] | None = None,
) -> tuple[Finding, ...]:
    """Write every table of `result`, the workbook and `result.json` into `folder`, which exists and is empty.

    `workbook` says whether `results.xlsx` is written, else the scheme does; where neither says so, it is
    left out only of a result that is too large for a person to work with it. `before_workbook` is called
    before the writing of it, which takes most of the time.

    Returns the notes of what was left out though nobody said so.
    """
    write_csv_parts(result.scores_in_parts(), folder / "scores.csv")
    write_csv_table(result.tiers, folder / "tiers.csv")
    write_csv_table(result.awards, folder / "awards.csv")
    write_csv_table(result.weights, folder / "weights.csv")
    _findings_csv(_lasting(result), folder / "findings.csv", language)
    write_parts(result.trace_in_parts(), folder / "trace.parquet")
    if result.reviews is not None:
        write_csv_table(result.reviews, folder / REVIEWS_TABLE)
    notes = _write_workbook(
        result,
        folder / WORKBOOK,
        language,
        result.scheme.workbook if workbook is None else workbook,
        before_workbook,
    )
    record = sealed({**identity_of(result), "language": language, FILES: dict(_hashes(folder))})
    (folder / IDENTITY).write_text(text_of(record), encoding="utf-8")
    return notes


def _write_workbook(
    result: Result,
    target: Path,
    language: Language,
    wanted: bool | None,  # noqa: FBT001 - three answers: yes, no, as it is best
    before: Callable[[], None] | None,
) -> tuple[Finding, ...]:
    if wanted is False:
        return ()
    large = wanted is True
    note = workbook_note(result, large=large)
    if note is not None:
        return (replace(note, where=Location(file=WORKBOOK)),)
    if before is not None:
        before()
    write_results_xlsx(result, target, language=language, large=large)
    return ()


def _lasting(result: Result) -> tuple[Finding, ...]:
    """Return the findings but that a publication of this very round differs: the next one settles that."""
    return tuple(
        finding
        for finding in result.findings
        if finding.kind != PUBLISHED_DIFFERS or finding.facts.get("round") != result.round
    )


def _findings_csv(findings: tuple[Finding, ...], target: Path, language: Language) -> None:
    records = [finding.as_record(language) for finding in findings]
    columns: Mapping[str, list[str]] = {name: [record[name] for record in records] for name in _FINDINGS}
    table = nw.from_dict(
        columns, schema=dict.fromkeys(_FINDINGS, nw.String()), backend=nw.Implementation.POLARS
    )
    write_csv_table(table, target)


def _hashes(folder: Path) -> Iterator[tuple[str, str]]:
    for name in (*TABLES, REVIEWS_TABLE, WORKBOOK):
        if (folder / name).is_file():
            yield name, digest_of_file(folder / name)
