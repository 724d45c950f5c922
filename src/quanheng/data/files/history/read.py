"""Results of earlier rounds in a folder: tables that people keep, and rounds that were published and frozen.

history/<round>.csv     history/<round>/ with scores, tiers, and published.json where it was frozen
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

from quanheng.data.files.by_name import TWO_FILES, by_stem
from quanheng.data.files.contents import Contents, Copy
from quanheng.data.files.history.publication import PUBLICATION, Publication, read_publication
from quanheng.data.files.magic import WORKBOOKS
from quanheng.data.files.source import Folder, Source
from quanheng.data.tables.table import Raw
from quanheng.data.telling.room import Room
from quanheng.findings.collector import Collector
from quanheng.findings.errors import DataError
from quanheng.findings.finding import Kind, Location
from quanheng.periods.period import parse_period
from quanheng.scheme.tree.scheme import Scheme
from quanheng.scheme.tree.uses import awards_looked_at

_RESULT_FILES: Final = frozenset({"scores", "tiers"})
"""What of the result folder of an earlier round is read."""
_AWARDS: Final = "awards"
"""What is read beside it, where a scheme looks at the awards of reviews."""


class History(NamedTuple):
    """By round what was read of its `results`, and of who got its `awards`."""

    results: dict[str, tuple[Raw, ...]]
    awards: dict[str, tuple[Raw, ...]]


def history_in(folder: Folder, place: str, scheme: Scheme | None, collector: Collector) -> History:
    """Return what lies below `place` of the folder; a frozen table that was changed is told.

    Awards are read where formulas of the `scheme` look at those of reviews.
    """
    asked = scheme is not None and bool(awards_looked_at(scheme))
    names = _RESULT_FILES | {_AWARDS} if asked else _RESULT_FILES
    files = by_stem(folder.tables(place), collector)
    rounds = {name: folder.read(source) for name, source in files.items()}
    awards: dict[str, tuple[Raw, ...]] = {}
    for name in folder.folders(place):
        here = f"{place}/{name}"
        if name in rounds:
            collector.add(TWO_FILES.at(Location(file=here), what=name, other=files[name].name))
        sources = [source for source in folder.tables(here) if source.stem in names]
        of_awards = [source for source in sources if source.stem == _AWARDS]
        awards[name] = tuple(raw for source in of_awards for raw in folder.read(source))
        rounds[name] = tuple(
            raw for source in sources if source not in of_awards for raw in folder.read(source)
        )
        _tell_changed(folder, here, sources, names, collector)
    return History(
        results={name: raws for name, raws in rounds.items() if raws},
        awards={name: raws for name, raws in awards.items() if raws},
    )


PUBLISHED_CHANGED: Final = Kind(
    code="QH491",
    severity="error",
    en="this is not what was published: the file was changed after it was frozen",
    zh="与公布时不符：该文件在封存后被改动",
    hint_en="restore it, or publish the round again with a reason; 'quanheng verify' checks the whole folder",
    hint_zh="请恢复原文件，或注明原因重新公布；可用 quanheng verify 核对整个文件夹",
)
PUBLISHED_MISSING: Final = Kind(
    code="QH492",
    severity="error",
    en="the file {name} of this published round is missing",
    zh="该已公布考核期缺少文件 {name}",
    hint_en="restore it, or publish the round again with a reason",
    hint_zh="请恢复该文件，或注明原因重新公布",
)
NOT_A_PUBLICATION: Final = Kind(
    code="QH493",
    severity="error",
    en="this does not say what was published and when",
    zh="该文件没有写明公布的内容和日期",
    hint_en="restore the file, or publish the round again with a reason",
    hint_zh="请恢复该文件，或注明原因重新公布",
)


def _tell_changed(
    folder: Folder, here: str, sources: list[Source], names: Collection[str], collector: Collector
) -> None:
    """Tell each table, of those of `names`, that is read and is not the one that was frozen."""
    seal = folder.file(PUBLICATION, below=here)
    if seal is None:
        return
    publication = read_publication(seal.path)
    if publication is None:
        collector.add(NOT_A_PUBLICATION.at(seal.location))
        return
    there = {source.name.removeprefix(f"{here}/"): source for source in sources}
    for name, digest in publication.files.items():
        if name.partition(".")[0] in names and name not in there:
            collector.add(PUBLISHED_MISSING.at(Location(file=here), name=name))
        elif name in there and folder.digests.get(there[name].name) != digest:
            collector.add(PUBLISHED_CHANGED.at(there[name].location))
    for name in there.keys() - publication.files.keys():
        collector.add(PUBLISHED_CHANGED.at(there[name].location))


def history_of(path: Path) -> Path:
    """Return the folder in which published rounds of the book at `path` lie.

    Examples:
        >>> history_of(Path("books/district-2023")).as_posix()
        'books/district-2023/history'
        >>> history_of(Path("books/district.xlsx")).as_posix()
        'books/district-history'
    """
    return path.with_name(f"{path.stem}-history") if path.suffix.lower() in WORKBOOKS else path / "history"


def with_history_beside(contents: Contents, path: Path, collector: Collector, room: Room) -> Contents:
    """Return the contents of the workbook at `path` with the rounds that were published of it.

    They lie whole in a folder beside it. A sheet of the workbook that says the same is a copy. `room` is what
    the workbook has left.
    """
    place = history_of(path).name
    if not history_of(path).is_dir():
        return contents
    folder = Folder(path.parent, collector, room)
    beside, awards = history_in(folder, place, contents.scheme, collector)
    of_rounds = {round_of(name): name for name in beside}
    copies: list[Copy] = []
    own = dict(contents.history)
    for name, raws in contents.history.items():
        there = of_rounds.get(round_of(name))
        if there is None:
            continue
        seal = history_of(path) / there / PUBLICATION
        if not seal.is_file():
            collector.add(TWO_FILES.at(Location(file=f"{place}/{there}"), what=name, other=raws[0].location))
            continue
        del own[name]
        published = read_publication(seal)
        if published is not None and _is_intact(folder, f"{place}/{there}", published):
            copies += [Copy(round=there, sheet=raw, seal=published.seal) for raw in raws]
    return replace(
        contents,
        history={**beside, **own},
        awards=awards,
        digests={**contents.digests, **folder.digests},
        stamps={**contents.stamps, **folder.stamps},
        copies=tuple(copies),
    )


def _is_intact(folder: Folder, here: str, publication: Publication) -> bool:
    """Return whether the tables that are read are those that were frozen; what is changed is told once."""
    return all(
        folder.digests.get(f"{here}/{name}") == digest
        for name, digest in publication.files.items()
        if name.partition(".")[0] in _RESULT_FILES
    )


def round_of(name: str) -> str:
    """Return the round that a name in the history stands for, in one spelling; if it is none, the name."""
    try:
        return str(parse_period(name))
    except DataError:
        return name
