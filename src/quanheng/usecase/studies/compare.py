"""Compare a book with another one, another version of it, or a result that was laid beside one."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final

from quanheng.data.book.book import Book
from quanheng.data.load import load
from quanheng.documents.tables.record import IDENTITY
from quanheng.engine.results.identity import identity_of
from quanheng.engine.results.result import Result
from quanheng.findings.finding import FindingsError, Kind, Location
from quanheng.findings.text import Text
from quanheng.scheme.tree.rounds import round_named
from quanheng.studies.compare.form import CompareForm
from quanheng.studies.compare.study import compared, run, scored_side
from quanheng.studies.read import read_settings
from quanheng.studies.study import Study
from quanheng.usecase.public import read_scheme
from quanheng.usecase.results.unchanged import identity_in
from quanheng.usecase.results.verify import book_of, day_of

RESULT_OF_OTHER_DATA: Final = Kind(
    code="QH756",
    severity="error",
    en="this result is not what its book gives today: its {what} was another one",
    zh="该结果与其考核册现在的内容不符：当时的{what}不同",
    hint_en="compare with a copy of the book as it was then, or score the book again",
    hint_zh="请用当时的考核册副本比较，或重新计分",
)
_WHAT: Final = {"scheme": Text(en="scheme", zh="方案"), "data": Text(en="data", zh="数据")}


def comparison_of(  # noqa: PLR0913  what a person may say of both sides, each with a default
    path: Path,
    *,
    beside: Path | None = None,
    study: Path | None = None,
    round: str | None = None,  # noqa: A002  the word of the language
    before: str | None = None,
    order: tuple[str, ...] = (),
    units: tuple[str, ...] = (),
    as_of: dt.date | None = None,
) -> tuple[Study, Book]:
    """Return the comparison of the book at `path` with what lies at `beside`, and the book.

    Without `beside` two rounds of the book are compared. Else it is from the book to the other one: a book,
    a scheme in a YAML file by which the same book is scored, or a result beside its book.

    Raises:
        FindingsError: a side, or the study file, has errors; or a result is not what its book gives today.
        UsageError: there is no such unit or cause, or rounds are not of the same length.
    """
    given = CompareForm() if study is None else read_settings(study, CompareForm)
    stated = {"round": round, "before": before, "order": order, "units": units}
    said = {name: value for name, value in stated.items() if value}
    settings = CompareForm.model_validate({**given.model_dump(by_alias=True, exclude_none=True), **said})
    book = load(path, as_of=as_of)
    if beside is None:
        return run(book, settings), book
    earlier = scored_side(book, _round(book, settings.before or settings.round), called=str(path))
    later = _beside(path, beside, settings.round, as_of)
    return between((earlier, later), settings, (_named(path), _named(beside))), book


def between(results: tuple[Result, Result], settings: CompareForm, names: tuple[Text, Text]) -> Study:
    """Return the comparison of two results that may be of different books; their rounds are written out."""
    if names[0] == names[1]:
        names = (Text(en="before", zh="前一方"), Text(en="after", zh="后一方"))
    before, after = (result.round for result in results)
    return compared(results, settings.model_copy(update={"round": after, "before": before}), names)


def _round(book: Book, named: str | None) -> str:
    return round_named(book.scheme, named)


def _named(path: Path) -> Text:
    name = path.resolve().name
    return Text(en=name, zh=name)


def _beside(path: Path, beside: Path, round: str | None, as_of: dt.date | None) -> Result:  # noqa: A002  the word of the language
    if beside.suffix.lower() in {".yaml", ".yml"}:
        book = load(path, as_of=as_of, scheme=read_scheme(beside))
    elif (beside / IDENTITY).is_file():
        return _of_folder(beside)
    else:
        book = load(beside, as_of=as_of)
    return scored_side(book, _round(book, round), called=str(beside))


def _of_folder(folder: Path) -> Result:
    """Return the result that was laid into `folder`, scored again: what it is made of is not kept there."""
    record = identity_in(folder)
    book = load(book_of(folder), as_of=day_of(record, folder))
    result = scored_side(book, str(record["round"]), called=str(folder))
    now = identity_of(result)
    other = [what for what in _WHAT if now[what] != record.get(what)]
    if other:
        where = Location(file=str(folder / IDENTITY))
        raise FindingsError(tuple(RESULT_OF_OTHER_DATA.at(where, what=_WHAT[what]) for what in other))
    return result
