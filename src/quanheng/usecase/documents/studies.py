"""The studies beside a result, for its documents: each in the folder of its name, and of this very result."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, Literal, TypeVar

from quanheng.data.files.hashes import digest_of_file
from quanheng.documents.studied import Certainty, Need, Robustness, Studies, StudyName
from quanheng.documents.tables.record import STUDIES
from quanheng.engine.results.result import Result
from quanheng.findings.errors import QuanhengError
from quanheng.findings.finding import Finding, Kind, Location
from quanheng.findings.patterns import bounded
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.studies.balance.form import BalanceForm
from quanheng.studies.read import read_settings
from quanheng.studies.robustness.form import CausesForm, RobustnessForm
from quanheng.studies.robustness.told.sentences import in_words
from quanheng.usecase.studies.lay import RECORD, SETTINGS

OF_ANOTHER_RESULT: Final = Kind(
    code="QH807",
    severity="warning",
    en="the study beside the result is of another one, its {what} was another: documents do not use it",
    zh="结果旁的研究针对的是另一结果（{what}不同），文书未采用",
    hint_en="run it again, or make the documents with --with-studies",
    hint_zh="请重新运行该研究，或生成文书时加 --with-studies",
)
STUDY_CHANGED: Final = Kind(
    code="QH808",
    severity="warning",
    en="this file of a study is missing, or was changed after it was written: documents do not use the study",
    zh="研究的该文件缺失，或在生成后被改动，文书未采用该研究",
    hint_en="find out who changed it, or run the study again",
    hint_zh="请查明改动原因，或重新运行该研究",
)
NO_STUDY: Final = Kind(
    code="QH809",
    severity="warning",
    en="what lies here cannot be read as the study '{study}': documents do not use it",
    zh="此处内容不能作为该项研究（{study}）读取，文书未采用",
    hint_en="lay the study here again: quanheng study {study} BOOK --out {folder}",
    hint_zh="请重新写入：quanheng study {study} 考核册 --out {folder}",
)
_MOST_BYTES: Final = 200_000_000
_KEYS: Final = (
    ("scheme_hash", Text(en="scheme", zh="方案")),
    ("data_hash", Text(en="data", zh="数据")),
    ("round", Text(en="round", zh="考核期")),
    ("as_of", Text(en="day", zh="截至日期")),
)
_PLACES: Final = Text(en="places", zh="位次")
_Rows = list[dict[str, str]]
_Told = TypeVar("_Told")


class _Unread(Exception):  # noqa: N818  never leaves this module
    """A study that is not used, and why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding)
        self.finding = finding


class _Beside(Value):
    """The folder of a study beside a result."""

    name: StudyName
    folder: Path
    places: Mapping[str, int | None]

    def told(self, kind: Kind, file: str = "", **facts: object) -> _Unread:
        """Return that the study is not used."""
        where = "/".join(filter(None, (STUDIES, self.name, file)))
        return _Unread(kind.at(Location(file=where), **facts))

    def unread(self) -> _Unread:
        """Return that this is no such study."""
        return self.told(NO_STUDY, study=self.name, folder=self.folder)

    def rows(self, name: str) -> _Rows:
        """Return the rows of a table of the study; none where it has no such table."""
        file = self.folder / f"{name}.csv"
        if not file.is_file():
            return []
        text = file.read_text(encoding="utf-8-sig")
        return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))

    def unit(self, cell: str) -> str | None:
        """Return the code of the unit in a cell; None where the result has no such unit."""
        return next((code for code in (cell, _plain(cell)) if code in self.places), None)


def studies_beside(
    folder: Path, result: Result, record: Mapping[str, Any]
) -> tuple[Studies, tuple[Finding, ...]]:
    """Return what the studies in `folder`/studies say of `result`, and what is said of those not used.

    `record` is the identity of the result. A study is of this result if scheme, data, round and day are the
    same, and the places that it takes for the scheme's own are those of the result.
    """
    findings: list[Finding] = []
    places = dict(result.ranking.select("unit", "place").rows())

    def read(name: StudyName, told: Callable[[_Beside], _Told]) -> _Told | None:
        beside = _Beside(name=name, folder=folder / STUDIES / name, places=places)
        if not (beside.folder / RECORD).is_file():
            return None
        try:
            _require_unchanged(beside, record)
            return told(beside)
        except _Unread as unread:
            findings.append(unread.finding)
        except (QuanhengError, OSError, ValueError, KeyError, TypeError, RecursionError, csv.Error):
            findings.append(beside.unread().finding)
        return None

    studies = Studies(robustness=read("robustness", _robustness), needs=read("balance", _needs))
    return studies, tuple(findings)


def _require_unchanged(beside: _Beside, record: Mapping[str, Any]) -> None:
    """Raise unless the study is of the result with this identity, and its files are as they were written."""
    file = beside.folder / RECORD
    if file.stat().st_size > _MOST_BYTES:
        raise beside.unread()
    study = json.loads(file.read_text(encoding="utf-8"))
    files = study["files"]
    own = {
        "scheme_hash": record["scheme"]["hash"],
        "data_hash": record["data"],
        "round": record["round"],
        "as_of": record.get("as_of"),
    }
    for key, what in _KEYS:
        if study.get(key) != own[key]:
            raise beside.told(OF_ANOTHER_RESULT, what=what)
    for name in dict.fromkeys((SETTINGS, *files)):
        path = beside.folder / name
        is_there = Path(name).name == name and path.is_file() and path.stat().st_size <= _MOST_BYTES
        if not is_there or digest_of_file(path) != files.get(name):
            raise beside.told(STUDY_CHANGED, name)


def _robustness(beside: _Beside) -> Robustness:
    settings = read_settings(beside.folder / SETTINGS, RobustnessForm)
    tiers = _shares(beside.rows("tiers"), "tier")
    awards = _shares(beside.rows("awards"), "award")
    known = {}
    for row in beside.rows("places"):
        unit = beside.unit(row["unit"])
        if unit is None or _whole(row["nominal"]) != beside.places[unit]:
            raise beside.told(OF_ANOTHER_RESULT, what=_PLACES)
        known[unit] = Certainty(
            place=_whole(row["nominal"]),
            low=_whole(row["low"]),
            high=_whole(row["high"]),
            joint_low=_whole(row["joint_low"]),
            joint_high=_whole(row["joint_high"]),
            level_with=_whole(row["level_with"]),
            tiers=tiers.get(row["unit"], {}),
            awards=awards.get(row["unit"], {}),
        )
    if known.keys() != beside.places.keys():
        raise beside.told(OF_ANOTHER_RESULT, what=_PLACES)
    return Robustness(
        level=settings.level,
        replicates=max(int(row["replicates"]) for row in beside.rows("convergence")),
        varied=in_words(settings.causes or CausesForm()),
        units=known,
    )


def _shares(rows: _Rows, of: str) -> Mapping[str, Mapping[str, float]]:
    """Return for each unit in what share of the replicates it had each of something."""
    found: dict[str, dict[str, float]] = {}
    for row in rows:
        found.setdefault(row["unit"], {})[_plain(row[of])] = _number(row["share"]) or 0.0
    return found


def _needs(beside: _Beside) -> Mapping[str, tuple[Need, ...]] | None:
    settings = read_settings(beside.folder / SETTINGS, BalanceForm)
    if settings.levers:  # plans, not needs
        return None
    found: dict[str, list[Need]] = {}
    for row in beside.rows("needs"):
        unit = beside.unit(row["unit"])
        if unit is None:
            raise beside.told(OF_ANOTHER_RESULT, what=Text(en="units", zh="单位"))
        before = _number(row["before"])
        found.setdefault(unit, []).append(
            Need(
                goal=_goal(row["goal"]),
                wanted=_plain(row["wanted"]),
                item=row["item"],
                indicators=tuple(row["indicators"].split()),
                before=0.0 if before is None else before,
                after=_number(row["after"]),
                in_spreads=_number(row["in_spreads"]),
                seen={"true": True, "false": False}.get(row["seen"]),
                score=_number(row["score"]),
                place=_whole(row["place"]),
                tier=_plain(row["tier"]) or None,
            )
        )
    return {unit: tuple(needs) for unit, needs in found.items()}


def _goal(written: str) -> Literal["place", "tier"]:
    if written == "place":
        return "place"
    if written == "tier":
        return "tier"
    raise ValueError(written)


def _plain(cell: str) -> str:
    """Return a text without the apostrophe that keeps a spreadsheet from running it (`csv.py`)."""
    return cell[1:] if _KEPT_FROM_RUNNING.match(cell) else cell


_KEPT_FROM_RUNNING: Final = bounded(r"'\s*[-=@+＝＠＋－]")


def _whole(cell: str) -> int | None:
    return int(cell) if cell else None


def _number(cell: str) -> float | None:
    if not cell:
        return None
    number = float(cell)
    if not math.isfinite(number):
        raise ValueError(cell)
    return number
