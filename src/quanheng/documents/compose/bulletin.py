"""通报: the official announcement of a result, as a document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from quanheng.documents.blocks import (
    Attachment,
    AttachmentList,
    Block,
    Document,
    Imprint,
    Masthead,
    Note,
    Paragraph,
    Signature,
)
from quanheng.documents.compose.adjustments import adjustments_table
from quanheng.documents.compose.awards.paragraphs import award_paragraphs
from quanheng.documents.compose.certainty import certainty_paragraphs
from quanheng.documents.compose.details import Detail, details_of
from quanheng.documents.compose.headings import Headings
from quanheng.documents.compose.intervals import NO_ROBUSTNESS, shown_robustness, wants_intervals
from quanheng.documents.compose.moves import moves_paragraphs
from quanheng.documents.compose.pictures import moves_picture
from quanheng.documents.compose.standings import (
    ONE_RANKING,
    Row,
    called,
    groups_of,
    rankings_of,
    standings_table,
    told_alike,
    unranked_word,
)
from quanheng.documents.subject import Subject
from quanheng.findings.text import Language, Text
from quanheng.periods.period import parse_period
from quanheng.scheme.files.notation.writing import period_in_chinese
from quanheng.scheme.tree.scheme import Group

_HASH_SHOWN: Final = 16


def bulletin(subject: Subject, language: Language) -> Document:
    """Return the bulletin of a result: who stands where, the honours, the moves, and what is attached.

    What the audience may not see is left out. What it may see but nobody knows is left out too, and a note
    says so.
    """
    words, scheme = subject.words, subject.result.scheme
    details = tuple(details_of(subject, language))
    title = tuple(line.in_language(language) for line in words.title) or (_title(subject, language),)
    mastheads = (words.authority, words.number, words.copy_number, words.secrecy, words.urgency)
    authority, number, copy_number, secrecy, urgency = (text.in_language(language) for text in mastheads)
    has_masthead = any((authority, number, copy_number, secrecy, urgency))
    imprint = Imprint(
        copies_to=words.copies_to.in_language(language),
        issued_by=words.issued_by.in_language(language),
        issued_on=words.issued_on,
    )
    return Document(
        title=title,
        language=language,
        date=words.date or parse_period(subject.result.round).end,
        recipients=words.recipients.in_language(language),
        blocks=tuple(_blocks(subject, details, language)),
        masthead=Masthead(
            authority=authority, number=number, copy_number=copy_number, secrecy=secrecy, urgency=urgency
        )
        if has_masthead
        else None,
        imprint=imprint if imprint.copies_to or imprint.issued_by else None,
        subject=f"{scheme.title.in_language(language)} {subject.result.round}",
        origin=f"quanheng {str(subject.record.get('hash', ''))[:_HASH_SHOWN]}",
    )


def _title(subject: Subject, language: Language) -> str:
    name = subject.result.scheme.title
    return Text(zh=f"关于{name.zh or name.en}结果的通报", en=f"Result: {name.in_language('en')}").in_language(
        language
    )


def _blocks(subject: Subject, details: tuple[Detail, ...], language: Language) -> Iterator[Block]:
    headings = Headings(language)
    for text in subject.words.opening or (_opening(subject),):
        yield Paragraph(text=text.in_language(language))
    yield headings.at(1, Text(zh="总体情况", en="In short").in_language(language))
    yield from _in_short(subject, language)
    if subject.shows("place") or subject.shows("total") or subject.shows("tier"):
        yield headings.at(1, Text(zh="考核结果", en="Result").in_language(language))
        yield from _results(subject, headings, language)
    study = shown_robustness(subject)
    if study is not None:
        yield headings.at(1, Text(zh="位次的可信程度", en="How sure the places are").in_language(language))
        yield from certainty_paragraphs(subject, study, language)
    yield from _honours(subject, headings, language)
    if subject.shows("moves") and subject.shows("place") and subject.moves is not None:
        yield headings.at(1, Text(zh="位次变化", en="Moves").in_language(language))
        yield from moves_paragraphs(subject.moves, language)
        for group in subject.result.scheme.groups:
            picture = moves_picture(subject.moves, group, language)
            if picture is not None:
                yield picture
    if subject.shows("adjustments"):
        yield from _adjustments(subject, headings, language)
    for text in subject.words.closing:
        yield Paragraph(text=text.in_language(language))
    for left in _left_out(subject):
        yield Note(text=left.in_language(language))
    if details:
        yield AttachmentList(titles=tuple(detail.title for detail in details))
    signature = subject.words.signature.in_language(language)
    if signature and subject.words.date is not None:
        yield Signature(by=signature, on=subject.words.date, sealed=subject.words.sealed)
    for number, detail in enumerate(details, start=1):
        yield Attachment(title=detail.title, number=number if len(details) > 1 else None, wide=detail.wide)
        yield from detail.blocks


def _opening(subject: Subject) -> Text:
    name, round_ = subject.result.scheme.title, subject.result.round
    return Text(
        zh=f"现将{name.zh or name.en}（{period_in_chinese(round_)}）结果通报如下。",
        en=f"This is the result of {name.in_language('en')}, {round_}.",
    )


def _in_short(subject: Subject, language: Language) -> Iterator[Block]:
    """Yield how many units there are, then a sentence a group: who is in which tier, who is not ranked."""
    known = list(groups_of(subject))
    count = sum(len(rows) for _, rows in known)
    listed = "、".join(f"{_group(group, 'zh')}{len(rows)}个" for group, rows in known)
    in_english = ", ".join(f"{len(rows)} in {_group(group, 'en')}" for group, rows in known)
    several = len(known) > 1
    apart = Text(zh="分组排序", en="each group is ranked by itself")
    ranked = ONE_RANKING if subject.result.scheme.ranks_all else apart
    text = Text(
        zh=f"本次共考核{count}个单位" + (f"，其中{listed}，{ranked.zh}。" if several else "。"),
        en=f"{count} units were assessed" + (f": {in_english}; {ranked.en}." if several else "."),
    )
    yield Paragraph(text=text.in_language(language))
    for group, rows in known:
        told = _of_group(subject, rows, language)
        if told:
            lead = _group(group, language) + ("：" if language == "zh" else ": ") if several else ""
            yield Paragraph(lead=lead, text=told)


def _of_group(subject: Subject, rows: Sequence[Row], language: Language) -> str:
    parts = []
    if subject.shows("tier"):
        counts = Counter(row["tier"] for row in rows if row["tier"])
        named = dict.fromkeys((*(tier.name for tier in subject.result.scheme.tiers), *counts))
        parts += [
            Text(zh=f"{tier}{counts[tier]}个", en=f"{counts[tier]} × {tier}")
            for tier in named
            if counts[tier]
        ]
    unranked = [called(row) for row in rows if row["place"] is None]
    if subject.shows("place") and unranked:
        zh, en = "、".join(unranked), ", ".join(unranked)
        word = unranked_word(subject.result.scheme)
        parts.append(Text(zh=f"{word.zh}{len(unranked)}个（{zh}）", en=f"{len(unranked)} {word.en} ({en})"))
    if not parts:
        return ""
    joint, end = ("，", "。") if language == "zh" else ("; ", ".")
    return joint.join(part.in_language(language) for part in parts) + end


def _results(subject: Subject, headings: Headings, language: Language) -> Iterator[Block]:
    known = list(rankings_of(subject))
    for group, rows in known:
        if len(known) > 1:
            yield headings.at(2, _group(group, language))
        yield standings_table(subject, group, rows, language)
        if subject.shows("place") and subject.shows("total"):
            yield from (Note(text=text.in_language(language)) for text in told_alike(subject, group))


def _honours(subject: Subject, headings: Headings, language: Language) -> Iterator[Block]:
    if not subject.shows("awards"):
        return
    told = tuple(award_paragraphs(subject, language))
    if told:
        yield headings.at(1, Text(zh="表彰奖励", en="Honours").in_language(language))
        yield from told


def _adjustments(subject: Subject, headings: Headings, language: Language) -> Iterator[Block]:
    table = adjustments_table(subject, language)
    if table is not None:
        yield headings.at(1, Text(zh="加减分和一票否决", en="Marks given and taken").in_language(language))
        yield table


def _left_out(subject: Subject) -> Iterator[Text]:
    """Yield what nobody knows, though the audience may see it."""
    if wants_intervals(subject) and subject.studies.robustness is None:
        yield NO_ROBUSTNESS
    if subject.shows("moves") and subject.shows("place") and subject.moves is None:
        yield Text(
            zh="注：没有可比的上期结果，未列位次变化。",
            en="Note: there is no earlier result to compare with; moves are left out.",
        )


def _group(group: Group, language: Language) -> str:
    return group.name.in_language(language) or group.code
