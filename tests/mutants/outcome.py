"""What a mutated book gives: scores and findings, or a fault of the program."""

from __future__ import annotations

import functools
import signal
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.mutants.book import WORKBOOK, Book, base_book, write
from tests.mutants.chance import Chance
from tests.mutants.commands import faults_of, lines_of
from tests.mutants.mutant import Mutant, mutant

from quanheng import load, score
from quanheng.findings.errors import EngineError
from quanheng.findings.finding import Finding, FindingsError

PATIENCE: Final = 20
"""Seconds after which a book counts as one that hangs, by the processor's clock."""
SAYS_HOW: Final = frozenset({"QH349", "QH353", "QH333", "QH366", "QH367"})
"""Notes that say how a file was read or what beside the table was left: nothing of a changed figure."""
_SCORES: Final = 9
"""Decimals to which scores are the same."""
_COMMANDED: Final = 0.1
"""The part of the mutants on which a command is tried too."""
_SEED_OF_COMMANDS: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """The score of each unit, none where the book has errors, and what was found: code and place."""

    scores: Mapping[str, float | None]
    findings: frozenset[tuple[str, str]]


class HangError(BaseException):
    """A book took longer than the patience; nothing catches it on its way."""


def outcome_of(path: Path, sound: Outcome | None = None) -> Outcome:
    """Return what the book at `path` gives; whatever is raised but findings is a fault.

    What stands above the ranking counts as found, and is looked at where the scores are not those of `sound`.
    """
    with _patience():
        try:
            result = score(load(path))
        except FindingsError as error:
            return Outcome({}, _told(error.findings))
        except EngineError as error:
            return Outcome({}, frozenset({("engine", str(error))}))
        rows = result.ranking.select("unit", "score").rows()
        scores = {_plain(unit): None if value is None else round(value, _SCORES) for unit, value in rows}
        told = _told(result.findings)
        if sound is not None and scores != sound.scores:
            told |= {("above the ranking", gap.node) for gap in result.missing.gaps}
        return Outcome(scores, told)


@functools.cache
def outcome_of_the_sound_book() -> Outcome:
    """Return what the book gives to which nothing was done."""
    with tempfile.TemporaryDirectory() as folder:
        return outcome_of(write(base_book(), Path(folder)))


def faults(seeds: Iterable[int]) -> list[str]:
    """Return what is wrong with the mutants of `seeds`, a line each."""
    wrong = []
    sound = outcome_of_the_sound_book()
    for seed in seeds:
        made = mutant(seed)
        with tempfile.TemporaryDirectory() as folder:
            try:
                told = _faults_of(made, seed, sound, Path(folder))
            except (Exception, HangError) as error:  # noqa: BLE001  any other error is what is looked for
                told = [f"{type(error).__name__}: {error}"]
        wrong += [f"{seed} {made.done}: {line}" for line in told]
    return wrong


def _faults_of(made: Mutant, seed: int, sound: Outcome, folder: Path) -> list[str]:
    path = write(made.book, folder / "book")
    wrong = []
    after = outcome_of(path, sound)
    changed = bool(after.scores) and after.scores != sound.scores
    new = {found for found in after.findings - sound.findings if found[0] not in SAYS_HOW}
    if made.promised and changed and not new:
        wrong.append("other scores without a word")
    chance = Chance(_SEED_OF_COMMANDS + seed)
    if chance.holds(_COMMANDED):
        away = folder / "away"
        away.mkdir()
        (away / "arrived.csv").write_bytes(_arrived(made.book))
        lines = lines_of(chance)
        with _patience():
            wrong += faults_of(lines, path, away, chance, sound=bool(after.scores))
        other = next((away / name for name in ("other", "other.xlsx") if (away / name).exists()), None)
        if other is not None and after.scores and (there := outcome_of(other)).scores != after.scores:
            wrong.append(f"convert: other scores, {sorted(there.findings - after.findings)[:3]}")
    return wrong


def _arrived(book: Book) -> bytes:
    """Return records that arrive: those of the ledger as it is mutated, else of the first table there is."""
    tables = {name: part for name, part in book.items() if not isinstance(part, bytes)}
    table = tables.get("ledgers/requests") or next(iter(tables.values()), None)
    if table is None or WORKBOOK in next(iter(tables)):
        return b"number,unit,due_on,closed_on\nR001,D2,2023-02-11,2023-02-12\nR900,D1,2023-05-05,\n"
    return table.content()


def _plain(unit: str) -> str:
    """Return a code of a unit without how wide its letters are and what is not seen of it."""
    return unicodedata.normalize("NFKC", unit).strip(" \n\t\x1f\u200b\ufeff")


def _told(findings: Iterable[Finding]) -> frozenset[tuple[str, str]]:
    told = set()
    for finding in findings:
        assert finding.where.file, finding.text("en")
        assert finding.text("en")
        assert finding.text("zh")
        told.add((finding.code, str(finding.where)))
    return frozenset(told)


@contextmanager
def _patience() -> Iterator[None]:
    def late(*_: object) -> None:
        raise HangError

    before = signal.signal(signal.SIGVTALRM, late)
    signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
