"""A publication: frozen files with their hashes; what corrects it is another one, which names it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from quanheng.findings.finding import Finding, Kind, require_no_errors
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.process.rounds.life import Life, Move, refusals, told
from quanheng.process.rounds.people import Deed, aware

PUBLICATION: Final = Life(
    thing=Text(zh="该次发布", en="the publication"),
    states={
        "prepared": Text(zh="已备", en="prepared"),
        "planned": Text(zh="定时", en="planned"),
        "published": Text(zh="已发布", en="published"),
        "replaced": Text(zh="已被替代", en="replaced"),
        "dropped": Text(zh="已放弃", en="dropped"),
    },
    final=("replaced", "dropped"),
    moves=(
        Move(
            code="plan",
            name=Text(zh="定时发布", en="plan the publication"),
            before=("prepared", "planned"),
            after="planned",
            by=("office",),
        ),
        Move(
            code="publish",
            name=Text(zh="对外发布", en="publish"),
            before=("planned",),
            after="published",
            by=("office", "program"),
        ),
        Move(
            code="replace",
            name=Text(zh="以新版本替代", en="replace the publication"),
            before=("published",),
            after="replaced",
            by=("program",),
            reason=True,
        ),
        Move(
            code="drop",
            name=Text(zh="放弃发布", en="drop the publication"),
            before=("prepared", "planned"),
            after="dropped",
            by=("office",),
            reason=True,
        ),
    ),
)
"""What becomes of a publication. One that was replaced stays readable, and says by what."""


class Publication(Value):
    """A publication as it stands: of which version of a round, its files with their hashes, and when.

    `corrects` is the version that it puts right.
    """

    version: int
    files: Mapping[str, str]
    corrects: int | None = None
    publish_at: dt.datetime | None = None
    state: str = "prepared"
    changed_at: dt.datetime | None = None


NO_FILES: Final = Kind(
    code="QH929",
    severity="error",
    en="there is nothing to publish: no file has been made",
    zh="没有可发布的文件",
    hint_en="make the documents first",
    hint_zh="请先生成文书",
)
NO_MOMENT: Final = Kind(
    code="QH930",
    severity="error",
    en="it is not said when to publish, or that moment is over",
    zh="未设定发布时间，或该时间已过",
    hint_en="give a moment that is yet to come",
    hint_zh="请设定尚未到来的时间",
)
TOO_EARLY: Final = Kind(
    code="QH931",
    severity="error",
    en="publication is planned for {moment}",
    zh="定于 {moment} 发布",
    hint_en="wait until then, or plan it for another moment",
    hint_zh="请等到该时间，或另定时间",
)


def refused_publication(
    code: str, publication: Publication, deed: Deed, publish_at: dt.datetime | None = None
) -> tuple[Finding, ...]:
    """Return why the move `code` of a publication is not done; nothing where it is.

    Raises:
        KeyError: there is no such move.
    """
    move = PUBLICATION.move(code)
    found = refusals(PUBLICATION, move, publication.state, deed, publication.changed_at)
    return (*found, *_lacking(code, publication, deed, publish_at))


def moved_publication(
    code: str, publication: Publication, deed: Deed, publish_at: dt.datetime | None = None
) -> Publication:
    """Return the publication after the move `code`; it is planned for `publish_at`.

    Raises:
        FindingsError: it is not done; the findings say why.
        KeyError: there is no such move.

    Examples:
        >>> from quanheng.process.rounds.people import PROGRAM, Person
        >>> now = dt.datetime(2024, 5, 6, 9, tzinfo=dt.timezone.utc)
        >>> office = Deed(by=Person(code="li", roles=frozenset({"office"})), at=now)
        >>> made = Publication(version=1, files={"bulletin.pdf": "9f86d081"})
        >>> at_ten = now + dt.timedelta(hours=1)
        >>> planned = moved_publication("plan", made, office, at_ten)
        >>> len(refused_publication("publish", planned, office))
        1
        >>> moved_publication("publish", planned, Deed(by=PROGRAM, at=at_ten)).state
        'published'
    """
    require_no_errors(refused_publication(code, publication, deed, publish_at))
    return replace(
        publication,
        state=PUBLICATION.move(code).after,
        publish_at=publish_at if code == "plan" else publication.publish_at,
        changed_at=deed.at,
    )


def _lacking(
    code: str, publication: Publication, deed: Deed, publish_at: dt.datetime | None
) -> Iterator[Finding]:
    if code == "plan":
        if not publication.files:
            yield NO_FILES.at()
        if publish_at is None or aware(publish_at) < deed.at:
            yield NO_MOMENT.at()
    planned = publication.publish_at
    if code == "publish" and planned is not None and deed.at < planned:
        yield TOO_EARLY.at(moment=told(planned))
