"""The mutant of a seed: the sound book with one to three things done to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from tests.mutants.book import WORKBOOK, Book, base_book, base_workbook
from tests.mutants.chance import Chance
from tests.mutants.kept import MEANING_KEPT
from tests.mutants.lost import BLIND, MEANING_LOST, damaged
from tests.mutants.whole import WHOLE_KEPT, Parts, scheme_changed
from tests.mutants.written import Written
from xlsxwriter.exceptions import XlsxWriterException

_DAMAGED: Final = 0.15
_SCHEME: Final = 0.08
_ONE_WORKBOOK: Final = 0.12
_WITH_LOSS: Final = 0.45
_BLIND: Final = 0.06
_WHOLE: Final = 0.1
REGISTERS: Final = frozenset(
    {"ledgers/requests", "adjustments", f"{WORKBOOK}台账-requests", f"{WORKBOOK}加减分"}
)
"""What is kept as it comes: nothing says that a record was left out or closed on another day."""
UNSEEN: Final = frozenset(
    {
        *("without_a_row", "with_a_strange_cell", "with_a_shifted_point", "without_the_second_half"),
        *("with_a_column_in_another_unit", "with_another_year", "with_per_cent_in_part"),
    }
)


@dataclass(slots=True)
class Mutant:
    """A book, what was done to it, and whether its scores are promised: the same, or something found."""

    book: Book
    promised: bool
    done: list[str] = field(default_factory=list)


def mutant(seed: int) -> Mutant:
    """Return the mutant of `seed`, the same every time."""
    chance = Chance(seed)
    if chance.holds(_DAMAGED):
        return _damaged(chance)
    if chance.holds(_SCHEME):
        book = base_book()
        scheme_changed(book, chance)
        return Mutant(book, promised=False, done=["scheme changed"])
    if chance.holds(_ONE_WORKBOOK):
        made = Mutant(dict(base_workbook()), promised=True)
        _mutate(made, sorted(made.book), chance)
        # The sheets of the scheme are the law: what is changed there is no figure.
        made.promised = made.promised and not any(_is_of_the_scheme(line) for line in made.done)
        return made
    made = Mutant(base_book(), promised=True)
    _mutate(made, ["data/quarters", *sorted(made.book)], chance)
    if chance.holds(_WHOLE) and made.promised:
        kind = chance.one(sorted(WHOLE_KEPT))
        parts: Parts = dict(made.book)
        try:
            WHOLE_KEPT[kind](parts, chance)
            _contents(parts)
        except (UnicodeEncodeError, XlsxWriterException, IndexError, KeyError):
            return made
        made.book = parts
        made.done.append(kind)
    return made


def _damaged(chance: Chance) -> Mutant:
    book = base_book()
    name = chance.one(sorted(book))
    part = book.pop(name)
    content = part if isinstance(part, bytes) else part.content()
    suffix = "" if isinstance(part, bytes) else part.suffix
    book[f"{name}{suffix}"] = damaged(content, chance)
    return Mutant(book, promised=False, done=[f"damaged {name}"])


def _mutate(made: Mutant, names: list[str], chance: Chance) -> None:
    kinds = dict(MEANING_KEPT)
    if chance.holds(_WITH_LOSS):
        kinds |= MEANING_LOST
    blind = chance.holds(_BLIND)
    book: Parts = dict(made.book)
    for _ in range(chance.one((1, 1, 2, 3))):
        name = chance.one([name for name in names if isinstance(book.get(name), Written)])
        part = book[name]
        if not isinstance(part, Written) or len(part.rows) < 2 or not part.rows[0]:
            continue
        kind = chance.one(sorted(BLIND if blind else kinds.keys() - (UNSEEN if name in REGISTERS else set())))
        changed = (BLIND[kind] if blind else kinds[kind])(part, chance)
        try:
            changed.content()
            _contents({**book, name: changed})
        except (UnicodeEncodeError, XlsxWriterException):
            continue
        book[name] = changed
        made.done.append(f"{name} {kind}")
        made.promised = made.promised and not blind
    made.book = book


def _contents(parts: Parts) -> None:
    """Write every part, to nowhere; raise what a writer raises."""
    sheets = [
        part.sheet.casefold()
        for name, part in parts.items()
        if name.startswith(WORKBOOK) and isinstance(part, Written)
    ]
    if len(sheets) != len(set(sheets)):
        raise XlsxWriterException("two sheets of one name")


def _is_of_the_scheme(line: str) -> bool:
    return not line.startswith(
        tuple(f"{WORKBOOK}{name}" for name in ("单位", "数据 ", "数据-", "目标", "加减分 ", "台账-"))
    )
