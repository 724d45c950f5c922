"""Running the score in the background: it is kept whole, or not at all."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Final

import polars as pl
from django.conf import settings
from django.utils import timezone

from quanheng.data.files.hashes import digest_of_file, hash_of
from quanheng.data.telling.in_names import in_names
from quanheng.engine.results.result import Result
from quanheng.findings.finding import Finding, FindingsError
from quanheng.findings.text import Language
from quanheng.findings.value import Value
from quanheng.scheme.fields.codes import ROOT
from quanheng.usecase.results.assess import folder_for, lay_down, score_book
from quanheng.web.audit.actions import Done, action
from quanheng.web.base.actor import THE_PROGRAM, Actor
from quanheng.web.base.held_files import content_of
from quanheng.web.base.many_rows import write_rows
from quanheng.web.jobs.domain.working import require_held
from quanheng.web.jobs.models import Job
from quanheng.web.jobs.work import Held
from quanheng.web.library.reading import scheme_of
from quanheng.web.results.domain.asking import require_scored
from quanheng.web.results.domain.book import BOOK, Draft, write_book
from quanheng.web.results.domain.figures import figures_for, mark_of_figures
from quanheng.web.results.domain.parts import current_parts, mark_of_parts
from quanheng.web.results.domain.units import handed_in
from quanheng.web.results.models import KeptRun, Score, Taken
from quanheng.web.rounds.domain.access import locked_round
from quanheng.web.rounds.models import AskedItem, AskedUnit, KeptRound

_JOB: Final = "job-"
"""What the names of the folders of runs begin with."""
_LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")


class Outcome(Value):
    """What came of a run: the folder with the hash of each file, the findings, the result if there is one.

    `cells` says by the key of each change that was taken where it stands in the book.
    """

    round: int
    preview: bool
    read_at: dt.datetime
    folder: str
    files: Mapping[str, str]
    findings: tuple[Finding, ...]
    cells: Mapping[int, str]
    result: Result | None
    parts_mark: str
    figures_mark: int


def run_score(held: Held, arguments: Mapping[str, object]) -> None:
    """Score a round as its figures stand now, and keep the run; one that was kept already is left alone.

    Raises:
        FindingsError: the job is somebody else's by now, or the round is no longer scored.
    """
    runs: Path = settings.RUNS_FOLDER
    if KeptRun.objects.for_the_program().filter(job=held.job).exists():
        return
    runs.mkdir(exist_ok=True, mode=0o700)
    _clear_leftovers(runs)
    pk = arguments["round"]
    kept = KeptRound.objects.for_the_program().select_related("scheme").get(pk=pk)
    partial = runs / f".{_name(held.job, held.attempt)}"
    outcome = _scored(kept, partial, held, preview=bool(arguments["preview"]))
    partial.rename(runs / outcome.folder)
    try:
        keep_run(by=THE_PROGRAM, at=timezone.localtime(), held=held, outcome=outcome)
    except FindingsError:
        shutil.rmtree(runs / outcome.folder)
        raise


@action("results.keep")
def keep_run(*, by: Actor, at: dt.datetime, held: Held, outcome: Outcome) -> Done[KeptRun]:  # noqa: ARG001  who is told in the log
    """Keep a run: its row, what it took, and the scores, all at once.

    Raises:
        FindingsError: the job is somebody else's by now, or the round is no longer scored.
    """
    job = require_held(held)
    kept = locked_round(outcome.round)
    require_scored(kept, preview=outcome.preview)
    last = KeptRun.objects.for_the_program().filter(round=kept).order_by("-number").first()
    run = KeptRun(
        round=kept,
        number=(last.number if last else 0) + 1,
        job=job,
        scheme_id=kept.scheme_id,
        state="failed" if outcome.result is None else "ended",
        is_preview=outcome.preview,
        asked_by=held.asked_by,
        read_at=outcome.read_at,
        ended_at=at,
        folder=outcome.folder,
        files=dict(outcome.files),
        findings=[kept_finding(finding) for finding in outcome.findings],
        seal=hash_of(outcome.files),
        figures=len(outcome.cells),
        parts_mark=outcome.parts_mark,
        figures_mark=outcome.figures_mark,
    )
    run.save(force_insert=True)
    taken: dict[str, list[Hashable]] = {
        "run": [run.pk] * len(outcome.cells),
        "change": list(outcome.cells),
        "cell": list(outcome.cells.values()),
    }
    write_rows(Taken, taken)
    if outcome.result is not None:
        _keep_scores(run, outcome.result)
    told = {
        "run": run.number,
        "state": run.state,
        "preview": run.is_preview,
        "asked_by": run.asked_by,
        "figures": len(outcome.cells),
        "sha256": run.seal,
    }
    return Done(run, about=kept.code, after=told, chain=kept.chain)


def _scored(kept: KeptRound, partial: Path, held: Held, *, preview: bool) -> Outcome:
    """Write the book of a round into `partial`, and its result if it can be scored."""
    read_at = timezone.localtime()
    book = partial / BOOK
    book.mkdir(parents=True)
    units = list(AskedUnit.objects.for_the_program().filter(round=kept).select_related("unit"))
    figures_mark = mark_of_figures(kept)
    items = AskedItem.objects.for_the_program().filter(round=kept)
    mark = mark_of_parts(kept)
    parts = {part.path: content_of(part) for part in current_parts(kept)}
    cells: Mapping[int, str] = {}
    result = None
    try:
        handed = handed_in(parts, kept.scheme.text, kept.period)
        gone = handed.went_into(str(unit.unit_id) for unit in units)
        figures = figures_for(kept, items=items, preview=preview, gone=gone)
        draft = Draft(scheme=kept.scheme.text, units=units, handed=handed, figures=figures, parts=parts)
        cells = write_book(book, draft)
        result = score_book(book, round=kept.period)
        language: Language = "en" if settings.LANGUAGE_CODE == "en" else "zh"
        findings = lay_down(result, folder_for(result, book), language=language).findings
    except FindingsError as refusal:
        findings = refusal.findings
    names = pl.DataFrame(
        {"unit": [str(unit.unit_id) for unit in units], "name": [unit.unit.name for unit in units]}
    )
    hashes = {
        file.relative_to(partial).as_posix(): digest_of_file(file)
        for file in sorted(partial.rglob("*"))
        if file.is_file()
    }
    return Outcome(
        round=kept.pk,
        preview=preview,
        read_at=read_at,
        folder=_name(held.job, held.attempt),
        files=hashes,
        findings=tuple(in_names(findings, scheme_of(kept.scheme.text), names)),
        cells=cells,
        result=result,
        parts_mark=mark,
        figures_mark=figures_mark,
    )


def _keep_scores(run: KeptRun, result: Result) -> None:
    units = dict(AskedUnit.objects.for_the_program().filter(round=run.round_id).values_list("unit", "pk"))
    scores = result.scores
    tiers = dict(zip(result.tiers["unit"].to_list(), result.tiers["tier"].to_list(), strict=True))
    codes, nodes = scores["unit"].to_list(), scores["node"].to_list()
    columns: dict[str, list[Hashable]] = {
        "run": [run.pk] * len(codes),
        "unit": [units[code] for code in codes],
        "node": nodes,
        "level": scores["level"].to_list(),
        "line": list(range(len(codes))),
        "tier": [
            (tiers.get(code) or "") if node == ROOT else "" for code, node in zip(codes, nodes, strict=True)
        ],
    }
    columns |= {name: scores[name].to_list() for name in ("marks", "points", "score", "place")}
    write_rows(Score, columns)


def kept_finding(finding: Finding) -> dict[str, str]:
    """Return a finding as it is kept, in both languages."""
    told = finding.as_record("en")
    kept = {name: told[name] for name in ("code", "severity", "place")}
    for name, words in (("message", finding.message), ("hint", finding.hint)):
        kept |= {f"{name}_{language}": words(language) for language in _LANGUAGES}
    return kept


def _clear_leftovers(runs: Path) -> None:
    """Remove what killed attempts left behind: folders that no run has, and no job that is being done."""
    there = [path for path in runs.iterdir() if path.name.lstrip(".").startswith(_JOB)]
    busy = Job.objects.for_the_program().filter(state="running").values_list("pk", "attempts")
    wanted = {_name(job, attempt) for job, attempt in busy}
    wanted |= set(KeptRun.objects.for_the_program().values_list("folder", flat=True))
    for path in there:
        if path.name.lstrip(".") not in wanted:
            shutil.rmtree(path, ignore_errors=True)


def _name(job: int, attempt: int) -> str:
    return f"{_JOB}{job}-{attempt}"
