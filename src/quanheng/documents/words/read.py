"""From a words file to words: read as a scheme is, with findings where something is wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from quanheng.documents.words.form import WordsForm
from quanheng.documents.words.place_holders import check_place_holders
from quanheng.documents.words.words import Words
from quanheng.findings.collector import each_once
from quanheng.findings.finding import FindingsError, Kind
from quanheng.findings.patterns import linear
from quanheng.findings.text import Text
from quanheng.scheme.document.refusals import findings_of, numbers_beyond
from quanheng.scheme.fields.fields import Label
from quanheng.scheme.fields.lines import Locations
from quanheng.scheme.fields.margin import text_of
from quanheng.scheme.files.read import text_in
from quanheng.scheme.files.yaml_lines import read_yaml

_FOLDED: Final = linear(
    r"(?<=[\u2018-\u201d\u3000-\u9fff\uff00-\uffef]) (?=[\u2018-\u201d\u3000-\u9fff\uff00-\uffef])",
    why="one blank each",
)
NOT_WORDS: Final = Kind(
    code="QH800",
    severity="error",
    en="a words file is a list of 'key: value' lines, this file is something else",
    zh="用语文件应由“键: 值”组成，此文件不是",
    hint_en="begin with 'authority: …'; 'quanheng new' writes an example, words.yaml",
    hint_zh="请以发文机关一行（authority: …）开头；样例见 quanheng new 生成的 words.yaml",
)


def read_words(path: Path) -> Words:
    """Return the words in the file at `path`.

    Raises:
        FindingsError: something in it is wrong; all of it together.
        DataError: there is no such file, or it is no text.
    """
    value, locations = read_yaml(text_in(path), file=path.name)
    return words_from(value, locations)


def words_from(value: object, locations: Locations | None = None) -> Words:
    """Return the words that plain values mean; `locations` says where they were written.

    Raises:
        FindingsError: something in them is wrong; all of it together.

    Examples:
        >>> words_from({"number": "示考发〔2024〕6号", "date": "2024-02-06"}).date
        datetime.date(2024, 2, 6)
    """
    known = locations or Locations()
    if not isinstance(value, Mapping):
        raise FindingsError((NOT_WORDS.at(known.of()),))
    beyond = tuple(numbers_beyond(value, known))
    try:
        form = WordsForm.model_validate(value)
    except ValidationError as error:
        raise FindingsError((*beyond, *findings_of(error, known, WordsForm))) from None
    words = _settled(form)
    where = known.of("certificate")
    texts = (words.certificate.zh, words.certificate.en)
    found = (*beyond, *each_once(each for text in texts for each in check_place_holders(text, where)))
    if found:
        raise FindingsError(found)
    return words


def _settled(form: WordsForm) -> Words:
    date = _day(form.date)
    return Words(
        authority=_said(form.authority),
        number=_said(form.number),
        title=tuple(map(_said, form.title)),
        recipients=_said(form.recipients),
        opening=tuple(map(_said, form.opening)),
        closing=tuple(map(_said, form.closing)),
        signature=_said(form.signature),
        date=date,
        sealed=form.sealed,
        copies_to=_said(form.copies_to),
        issued_by=_said(form.issued_by),
        issued_on=_day(form.issued_on) or date,
        copy_number=_said(form.copy_number),
        secrecy=_said(form.secrecy),
        urgency=_said(form.urgency),
        licence=_said(form.licence),
        certificate_title=_said(form.certificate_title),
        certificate=_said(form.certificate),
    )


def _said(label: Label | None) -> Text:
    """Return a text in which lines that were folded leave no blank between two Chinese characters."""
    text = text_of(label)
    return Text(zh=_FOLDED.sub("", text.zh), en=text.en)


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)
