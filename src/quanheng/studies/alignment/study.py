"""The study `alignment` (对标): our scheme beside that of the level above."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from quanheng.data.book.book import Book
from quanheng.data.load import load
from quanheng.engine.frame import columns as c
from quanheng.engine.results.score import score
from quanheng.findings.errors import UsageError
from quanheng.findings.finding import Finding, FindingsError, Kind, require_no_errors
from quanheng.findings.nearest import did_you_mean, no_such
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.scheme.files.read import load_scheme
from quanheng.studies.alignment import sentences, tables
from quanheng.studies.alignment.district import (
    NO_FIGURES,
    NOT_SCORED,
    Above,
    alone,
    figures_of,
    reached,
    totals_of,
)
from quanheng.studies.alignment.effort import Outlook, outlook_of
from quanheng.studies.alignment.form import AlignmentForm
from quanheng.studies.alignment.links import NOT_THERE, Mapping
from quanheng.studies.alignment.weights import Shares, pulls_of, scored_shares, stated_shares
from quanheng.studies.study import Study

if TYPE_CHECKING:
    from quanheng.engine.results.result import Result
    from quanheng.scheme.tree.scheme import Scheme
    from quanheng.studies.form import StudyForm

FORM: Final = AlignmentForm
TITLE: Final = Text(en="Alignment with the level above", zh="对标：与上级方案对照")

NO_TARGETS: Final = Kind(
    code="QH797",
    severity="note",
    en="no unit falls short of a target for an item that counts above: what units would add is nothing",
    zh="没有哪个单位在上级所用数据项上低于目标：各单位达标不会带来变化",
    hint_en="set targets for the items that count above in targets.csv",
    hint_zh="请在 targets.csv 中为上级所用的数据项下达目标",
)
WHICH_GROUP: Final = Kind(
    code="QH796",
    severity="error",
    en="the scheme above has several groups ({groups}), and which one the district is in is not said",
    zh="上级方案有多个分组（{groups}），未说明本地区属于哪一组",
    hint_en="write 'upper_group' in a study file",
    hint_zh="请在研究文件中写明上级分组（upper_group）",
)
OTHER_ROUND: Final = Kind(
    code="QH798",
    severity="warning",
    en="the level above assesses {above}, this book {ours}: figures of two rounds are laid side by side",
    zh="上级考核期为{above}，本考核册为{ours}：对照的是两个考核期的数据",
    hint_en="name the round with --round, or take the scheme of the same round",
    hint_zh="请用 --round 指明考核期，或换用同期的上级方案",
)
OWN_SCHEME: Final = Kind(
    code="QH722",
    severity="warning",
    en="the scheme above is this book's own: everything answers for itself",
    zh="所给的上级方案就是本考核册自己的方案：各指标只是与自己对照",
    hint_en="name the scheme or the book of the level above",
    hint_zh="请指明上级的方案或考核册",
)


def run(book: Book, settings: StudyForm) -> Study:
    """Return how `book` stands to the scheme or book above that the settings name.

    Raises:
        FindingsError: the map or the totals name what is not there, or the scheme above has errors.
        UsageError: no level above is named.
    """
    assert isinstance(settings, AlignmentForm)  # noqa: S101 - narrows the type: the catalogue hands over its own form
    if settings.upper is None:
        raise UsageError(
            "name the scheme or the book of the level above: quanheng study alignment BOOK UPPER",
            "请指明上级的方案或考核册：quanheng study alignment 考核册 上级",
        )
    path = Path(settings.upper)
    if path.is_dir() or path.suffix in {".xlsx", ".zip"}:
        return aligned(book, load(path), settings)
    scheme, told = load_scheme(path)
    require_no_errors(told)
    assert scheme is not None  # noqa: S101 - narrows the type: without errors there is a scheme
    return aligned(book, scheme, settings)


def aligned(book: Book, upper: Scheme | Book, settings: AlignmentForm) -> Study:
    """Return how `book` stands to `upper`, a scheme or a book of the level above.

    Raises:
        FindingsError: the map or the totals name what is not there.
    """
    findings: list[Finding] = []
    result = score(book)
    level = _level(upper, settings)
    scheme, group = level.scheme, level.group
    if scheme.round != result.round:
        findings.append(OTHER_ROUND.at(above=scheme.round, ours=result.round))
    if scheme.hash == book.scheme.hash:
        findings.append(OWN_SCHEME.at())
    mapping = Mapping(above=scheme, ours=result.scheme, propose_from=settings.propose_from)
    links = tuple(link for link in mapping.links(settings.map) if group in link.upper.groups)
    findings += mapping.findings
    above = stated_shares(scheme, group) if level.book is None else scored_shares(score(level.book), group)
    ours = {each.code: scored_shares(result, each.code) for each in result.scheme.groups}
    pulls = pulls_of(links, above, ours)
    served = {link.lower.code for link in links if link.lower is not None}
    idle = [
        (of, own)
        for of, shares in ours.items()
        for own in result.scheme.indicators
        if own.code in shares and own.code not in served
    ]
    whole = len({link.upper.code for link in links})
    named = {indicator.code: indicator for indicator in scheme.indicators}
    weighed = sentences.of_weights(pulls, named)
    told = [sentences.of_unanswered(links, whole), *sentences.of_proposals(links)]
    told += [weighed, sentences.of_idle(idle, ours)]
    shown = [
        tables.links_table(links),
        tables.weights_table(pulls, scheme),
        tables.idle_table(idle, ours),
    ]
    charts = [tables.weights_chart(pulls, scheme, weighed)]
    outlook = _outlook(level, result, above, settings, findings)
    if outlook is not None:
        wide = result.wide
        names = dict(zip(wide[c.UNIT].to_list(), wide[c.NAME].to_list(), strict=True))
        items = {each.code: _called(each.name, each.code) for each in result.scheme.items}
        groups = dict(zip(wide[c.UNIT].to_list(), wide[c.GROUP].to_list(), strict=True))
        then, worth = sentences.of_outlook(outlook, names, items)
        told += [then, worth]
        shown += [tables.outlook_table(outlook, scheme), tables.effort_table(outlook, names, groups)]
        charts.append(tables.effort_chart(outlook, names, items, worth))
    return Study(
        name="alignment",
        title=TITLE,
        settings=settings,
        sentences=tuple(told),
        tables=tuple(shown),
        charts=tuple(charts),
        findings=tuple(findings),
    )


def _called(name: Text, code: str) -> Text:
    """Return a name, or the code where there is none."""
    return name if name.zh or name.en else Text(en=code, zh=code)


class _Level(Value):
    """The level above: its scheme, the group the district is in; of a book also the district's unit."""

    scheme: Scheme
    group: str
    book: Book | None = None
    unit: str = ""


def _level(upper: Scheme | Book, settings: AlignmentForm) -> _Level:
    """Return the level above with the district found in it."""
    if isinstance(upper, Book):
        units = upper.units.to_native()
        if settings.district is None:
            raise UsageError(
                "the level above is a book: write which of its units the district is, 'district: …'",
                "上级为考核册：请写明本地区是其中哪个单位（district: …）",
            )
        for code, name, group in units.select(c.UNIT, c.NAME, c.GROUP).iter_rows():
            if settings.district in (code, name):
                return _Level(scheme=upper.scheme, group=str(group), book=upper, unit=str(code))
        raise no_such(Text(en="unit above", zh="上级单位"), settings.district, units[c.NAME].to_list())
    codes = [group.code for group in upper.groups]
    if settings.upper_group is None:
        if len(codes) > 1:
            raise FindingsError((WHICH_GROUP.at(groups=", ".join(codes)),))
        return _Level(scheme=upper, group=codes[0])
    for each in upper.groups:
        if settings.upper_group in (each.code, each.name.zh, each.name.en):
            return _Level(scheme=upper, group=each.code)
    raise no_such(Text(en="group above", zh="上级分组"), settings.upper_group, codes)


def _outlook(
    level: _Level, result: Result, shares: Shares, settings: AlignmentForm, findings: list[Finding]
) -> Outlook | None:
    """Return how the district would score above; None and a finding where that cannot be said."""
    scheme = level.scheme
    wrong: list[Finding] = []
    totals = totals_of(scheme, result.scheme, settings.totals, wrong)
    wrong += _unknown_names(scheme, settings)
    require_no_errors(wrong)
    known = {*(total.item for total in totals), *settings.figures}
    absent = [item.code for item in scheme.items if item.code not in known]
    if absent and level.book is None:
        findings.append(NO_FIGURES.at(items=", ".join(absent)))
    above = None
    if not known:
        _tell_not_scored(Text(en="no item above is one of ours", zh="上级数据项与本级无一相同"), findings)
    elif level.book is not None:
        above = Above(book=level.book, unit=level.unit, has_peers=True)
    else:
        above = alone(scheme, level.group, settings, findings)
    if above is None:
        return None
    findings += wrong
    assert result.book is not None  # noqa: S101 - narrows the type: it is the result of a book
    grid = figures_of(result.book, totals, period=result.round)
    counted = {total.of for total in totals}
    hit = {key: value for key, value in reached(grid, result).items() if key[1] in counted}
    if not hit:
        findings.append(NO_TARGETS.at())
    try:
        outlook = outlook_of(above, totals, grid, hit, shares, settings.figures)
    except FindingsError as error:
        first = error.findings[0]
        _tell_not_scored(Text(en=first.message("en"), zh=first.message("zh")), findings)
        return None
    if outlook is None:
        why = Text(en="no indicator above has the figures it needs", zh="没有一个上级指标有所需数据")
        _tell_not_scored(why, findings)
    return outlook


def _tell_not_scored(why: Text, findings: list[Finding]) -> None:
    findings.append(NOT_SCORED.at(why=why))


def _unknown_names(scheme: Scheme, settings: AlignmentForm) -> list[Finding]:
    """Return a finding for each figure and target of the district that names what is not above."""
    asked = (
        ("figures", Text(en="item", zh="数据项"), settings.figures, [item.code for item in scheme.items]),
        (
            "targets",
            Text(en="indicator", zh="指标"),
            settings.targets,
            [each.code for each in scheme.indicators],
        ),
    )
    return [
        NOT_THERE.at(where_in=where, what=what, name=name, offer=did_you_mean(name, known))
        for where, what, given, known in asked
        for name in given
        if name not in known
    ]
