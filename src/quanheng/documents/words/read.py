"""From a words file to words: read as a scheme is, with findings where something is wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from quanheng.documents.words.form import WordsForm
from quanheng.documents.words.words import Words
from quanheng.findings.finding import FindingsError, Kind
from quanheng.scheme.fields.lines import Locations
from quanheng.scheme.fields.margin import text_of
from quanheng.scheme.files.read import text_in
from quanheng.scheme.files.yaml_lines import read_yaml
from quanheng.scheme.tree.refusals import findings_of, numbers_beyond

NOT_WORDS: Final = Kind(
    code="QH800",
    severity="error",
    en="a words file is a list of 'key: value' lines, this file is something else",
    zh="用语文件应由“键: 值”组成，此文件不是",
    hint_en="begin with 'authority: …'; 'quanheng new' writes an example, documents.yaml",
    hint_zh="请以发文机关一行（authority: …）开头；样例见 quanheng new 生成的 documents.yaml",
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
    if beyond:
        raise FindingsError(beyond)
    return _settled(form)


def _settled(form: WordsForm) -> Words:
    date = _day(form.date)
    return Words(
        authority=text_of(form.authority),
        number=text_of(form.number),
        title=tuple(map(text_of, form.title)),
        recipients=text_of(form.recipients),
        opening=tuple(map(text_of, form.opening)),
        closing=tuple(map(text_of, form.closing)),
        signature=text_of(form.signature),
        date=date,
        sealed=form.sealed,
        copies_to=text_of(form.copies_to),
        issued_by=text_of(form.issued_by),
        issued_on=_day(form.issued_on) or date,
        copy_number=text_of(form.copy_number),
        secrecy=text_of(form.secrecy),
        urgency=text_of(form.urgency),
    )


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)
