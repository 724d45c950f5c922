"""证书: what stands on the certificate of each who is honoured, in the order of the ceremony."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final

from quanheng.documents.compose.awards.honours import Honour
from quanheng.documents.compose.numbers import day_in_words
from quanheng.documents.subject import Subject
from quanheng.documents.words.place_holders import filled
from quanheng.findings.finding import Finding, Kind
from quanheng.findings.text import Language, Text
from quanheng.findings.value import Value
from quanheng.periods.period import parse_period
from quanheng.scheme.files.notation.writing import period_in_chinese

_HASH_SHOWN: Final = 16
UNSIGNED: Final = Kind(
    code="QH816",
    severity="warning",
    en="the words of the office say not who signs, or when: certificates have a blank there",
    zh="文书用语中没有写明署名或日期，证书上该处留空",
    hint_en="write 'signature' and 'date' into words.yaml, or into the file that --words names",
    hint_zh="请在 words.yaml 或 --words 所指文件中写明署名（signature）和日期（date）",
)


class Certificate(Value):
    """A certificate: whom it addresses, what it says, who signs it and when.

    `bookmark` names it among others. `authority` and `date` are empty where nobody wrote them.
    """

    honour: Honour
    title: str
    salutation: str
    text: str
    authority: str
    date: str
    group: str
    scheme: str
    round: str

    @property
    def bookmark(self) -> str:
        """What it is called in the bookmarks of a file."""
        return f"{self.salutation.rstrip('：:,')} · {self.honour.award}"


class Certificates(Value):
    """The certificates of a file, the day they say of themselves, and of which result they were made."""

    title: str
    language: Language
    date: dt.date
    origin: str
    items: tuple[Certificate, ...]


def certificates_of(
    subject: Subject, honours: Sequence[Honour], language: Language
) -> tuple[Certificate, ...]:
    """Return a certificate for each honour; of a person's award that names nobody there is none."""
    return tuple(
        _certificate(subject, honour, language) for honour in honours if honour.person or not honour.to_person
    )


def bound(subject: Subject, items: tuple[Certificate, ...], language: Language) -> Certificates:
    """Return these certificates as one file."""
    title = _heading(subject).in_language(language)
    several = f"{subject.result.scheme.title.in_language(language)} · {title}"
    return Certificates(
        title=items[0].bookmark if len(items) == 1 else several,
        language=language,
        date=subject.words.date or parse_period(subject.result.round).end,
        origin=f"quanheng {str(subject.record.get('hash', ''))[:_HASH_SHOWN]}",
        items=items,
    )


def check_signed(subject: Subject, language: Language) -> Iterator[Finding]:
    """Yield a QH816 unless the words of the office say who signs, and when."""
    if not subject.words.signature.in_language(language) or subject.words.date is None:
        yield UNSIGNED.at()


def _heading(subject: Subject) -> Text:
    words = subject.words.certificate_title
    return Text(zh="荣誉证书", en="Certificate of Honour") if words == Text() else words


def _certificate(subject: Subject, honour: Honour, language: Language) -> Certificate:
    scheme, round_ = subject.result.scheme, subject.result.round
    names = {group.code: group.name.in_language(language) or group.code for group in scheme.groups}
    name = scheme.title.in_language(language)
    period = Text(zh=period_in_chinese(round_), en=round_).in_language(language)
    wording = _DEFAULT if subject.words.certificate == Text() else subject.words.certificate
    told = filled(
        wording.in_language(language),
        {
            "award": honour.award,
            "recipient": honour.recipient,
            "unit": honour.unit_name,
            "scheme": name,
            "round": period,
        },
    )
    if honour.person:
        address = Text(zh=f"{honour.unit_name} {honour.person}：", en=f"{honour.person}, {honour.unit_name}")
    else:
        address = Text(zh=f"{honour.unit_name}：", en=honour.unit_name)
    on = "" if subject.words.date is None else day_in_words(subject.words.date, language)
    return Certificate(
        honour=honour,
        title=_heading(subject).in_language(language),
        salutation=address.in_language(language),
        text=told,
        authority=subject.words.signature.in_language(language),
        date=on,
        group=names.get(honour.group, honour.group),
        scheme=name,
        round=period,
    )


_DEFAULT: Final = Text(
    zh="在{scheme}中成绩突出，兹授予“{award}”称号，特发此证，以资鼓励。",
    en="is honoured for outstanding results in {scheme} with the award “{award}”.",
)
