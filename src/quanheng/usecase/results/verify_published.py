"""Check a published round: that nothing was changed since it was frozen, and what the book gives today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from quanheng.data.files.hashes import digest_of_file
from quanheng.data.files.history.publication import PUBLICATION, Publication, read_publication
from quanheng.data.files.history.read import NOT_A_PUBLICATION, PUBLISHED_CHANGED, PUBLISHED_MISSING
from quanheng.data.parts.published_sheets import OTHER_THAN_PUBLISHED
from quanheng.engine.frame.engines import EngineName
from quanheng.engine.results.published import NOT_COMPUTED_ANEW, PUBLISHED_DIFFERS
from quanheng.findings.finding import Finding, FindingsError, Location
from quanheng.usecase.results.assess import score_book


def is_published(folder: Path) -> bool:
    """Return whether the result in `folder` is one that was published."""
    return (folder / PUBLICATION).exists()


def publication_of(folder: Path) -> Publication | None:
    """Return what the result in `folder` says of its publication; None if it was not published."""
    return read_publication(folder / PUBLICATION)


def check_frozen(folder: Path) -> Iterator[Finding]:
    """Yield what was changed in `folder` since it was published."""
    publication = publication_of(folder)
    if publication is None:
        yield NOT_A_PUBLICATION.at(Location(file=PUBLICATION))
        return
    for name, digest in publication.files.items():
        file = folder / name
        if Path(name).name != name or not file.is_file():
            yield PUBLISHED_MISSING.at(Location(file=folder.name), name=name)
        elif digest_of_file(file) != digest:
            yield PUBLISHED_CHANGED.at(Location(file=name))
    for file in sorted(folder.iterdir()):
        if file.is_file() and file.name not in publication.files and file.name != PUBLICATION:
            yield PUBLISHED_CHANGED.at(Location(file=file.name))


def computed_anew(
    book: Path,
    round: str,  # noqa: A002 - the word of the language
    *,
    as_of: dt.date | None,
    engine: EngineName,
) -> tuple[Finding, ...]:
    """Return where the published result of `round` is not what the book gives today: news, no errors.

    That a sheet of the book says otherwise than what was published is an error.
    """
    try:
        result = score_book(book, round=round, as_of=as_of, engine=engine)
    except FindingsError as error:
        on_sheets = tuple(finding for finding in error.findings if finding.kind == OTHER_THAN_PUBLISHED)
        if on_sheets:
            return on_sheets
        count = sum(finding.severity == "error" for finding in error.findings)
        return (NOT_COMPUTED_ANEW.at(Location(file=PUBLICATION), round=round, count=count),)
    return tuple(finding for finding in result.findings if finding.kind == PUBLISHED_DIFFERS)
