"""What a mutated book gives: scores and findings, or a fault of the program."""

from __future__ import annotations

import signal
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.mutants.book import Book, Written, base_book, write
from tests.mutants.chance import Chance
from tests.mutants.mutations import MEANING_KEPT, MEANING_LOST, damaged

from quanheng import load, score
from quanheng.findings.errors import EngineError
from quanheng.findings.finding import Finding, FindingsError

PATIENCE: Final = 20
"""Seconds after which a book counts as one that hangs, by the processor's clock."""
REGISTERS: Final = {"ledgers/requests", "adjustments"}
"""What is kept as it comes: nothing says that a record was left out or closed on another day."""
UNSEEN: Final = {"without_a_row", "with_a_strange_cell", "with_a_shifted_point"}
_SCORES: Final = 9
"""Decimals to which scores are the same."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The score of each unit, none where the book has errors, and what was found: code and place."""

    scores: Mapping[str, float | None]
    findings: frozenset[tuple[str, str]]


class HangError(Exception):
    """A book took longer than the patience."""


def outcome_of(folder: Path) -> Outcome:
    """Return what the book in `folder` gives; whatever is raised but findings is a fault."""
    with _patience():
        try:
            result = score(load(folder))
        except FindingsError as error:
            return Outcome({}, _told(error.findings))
        except EngineError as error:
            return Outcome({}, frozenset({("engine", str(error))}))
        rows = result.ranking.select("unit", "score").rows()
        scores = {unit: None if value is None else round(value, _SCORES) for unit, value in rows}
        return Outcome(scores, _told(result.findings))


def mutant(seed: int) -> tuple[Book, list[str], bool]:
    """Return the mutant of `seed`, what was done to it, and whether its scores are promised."""
    chance = Chance(seed)
    book = base_book()
    done: list[str] = []
    if chance.holds(0.25):
        name = chance.one(sorted(book))
        part = book[name]
        content = part if isinstance(part, bytes) else part.content()
        suffix = "" if isinstance(part, bytes) else part.suffix
        del book[name]
        book[f"{name}{suffix}"] = damaged(content, chance)
        return book, [f"damaged {name}"], False
    with_loss = chance.holds(0.5)
    for _ in range(chance.one((1, 1, 2, 3))):
        tables = [name for name, part in book.items() if isinstance(part, Written)]
        name = chance.one(("data/quarters", *tables))
        kinds = {**MEANING_KEPT, **(MEANING_LOST if with_loss else {})}
        kind = chance.one(sorted(kinds.keys() - (UNSEEN if name in REGISTERS else set())))
        part = book[name]
        assert isinstance(part, Written)
        changed = kinds[kind](part, chance)
        try:
            changed.content()
        except UnicodeEncodeError:
            continue
        book[name] = changed
        done.append(f"{name} {kind}")
    return book, done, True


def faults(seeds: Iterable[int]) -> list[str]:
    """Return what is wrong with the mutants of `seeds`, a line each."""
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        before = outcome_of(write(base_book(), Path(folder)))
    for seed in seeds:
        book, done, promised = mutant(seed)
        with tempfile.TemporaryDirectory() as folder:
            try:
                after = outcome_of(write(book, Path(folder) / "book"))
            except Exception as error:  # noqa: BLE001  any other error is what is looked for
                wrong.append(f"{seed} {done}: {type(error).__name__}: {error}")
                continue
        if promised and after.scores and after.scores != before.scores and after.findings <= before.findings:
            wrong.append(f"{seed} {done}: other scores without a word")
    return wrong


def _told(findings: Iterable[Finding]) -> frozenset[tuple[str, str]]:
    told = set()
    for finding in findings:
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
