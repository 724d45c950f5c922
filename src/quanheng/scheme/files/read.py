"""From a file, a text or a mapping to a checked `Scheme`.

    text -> values with lines -> Document -> Settled (Scheme, lines) -> findings of the laws

`load_scheme` never raises for what a person wrote: it returns the findings, so that those of the data can
be shown together with them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from quanheng.findings.finding import Finding, FindingsError, Kind, Location, has_errors, require_no_errors
from quanheng.findings.refusals import reason_of
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.scheme.document.document import VERSION, Document
from quanheng.scheme.document.refusals import findings_of, numbers_beyond
from quanheng.scheme.fields.findings import FILE_TOO_LARGE, TOO_NESTED
from quanheng.scheme.fields.lines import Locations
from quanheng.scheme.files.ordinary import NotOrdinaryError, TooLargeError, read_ordinary
from quanheng.scheme.files.standing import standing
from quanheng.scheme.files.yaml_lines import MAX_BYTES, MAX_NESTING, read_yaml
from quanheng.scheme.laws.all import check
from quanheng.scheme.laws.limits import check_sizes
from quanheng.scheme.tree.scheme import Scheme
from quanheng.scheme.tree.settle import Settled, settle

_HEAD: Final = {"quanheng": VERSION, "id": "scheme", "title": "scheme", "round": "2000"}
"""What a mapping given in Python need not say, since nothing is published from it."""


class Written(Value):
    """A document and where its parts were written."""

    document: Document
    locations: Locations


def read_scheme(text: str, *, file: str = "scheme.yaml") -> Written:
    """Return the document a YAML `text` means; raise `FindingsError` with all that is wrong with its form.

    Examples:
        >>> text = '''
        ... quanheng: 1
        ... id: example
        ... title: Example
        ... round: 2023
        ... items: {gdp: 地区生产总值}
        ... indicators: {output: {measure: gdp, weight: 100, rule: percentile}}
        ... '''
        >>> written = read_scheme(text)
        >>> written.document.indicators["output"].measure
        'gdp'
        >>> str(written.locations.of("indicators", "output"))
        'scheme.yaml:7'
    """
    value, locations = read_yaml(text, file=file)
    return Written(document=document_from(value, locations), locations=locations)


NOT_A_MAPPING: Final = Kind(
    code="QH105",
    severity="error",
    en="a scheme is a list of 'key: value' lines, this file is something else",
    zh="方案应由“键: 值”组成，此文件不是",
    hint_en="begin with 'quanheng: 1', or write an example with 'quanheng new'",
    hint_zh="请以“quanheng: 1”开头，或用“quanheng new”生成样例",
)


def document_from(value: object, locations: Locations | None = None) -> Document:
    """Return the document plain values (of YAML, a workbook, JSON) mean; raise `FindingsError`.

    `locations` says where the values were written.
    """
    known = locations or Locations()
    if not isinstance(value, Mapping):
        raise FindingsError((NOT_A_MAPPING.at(known.of()),))
    beyond = tuple(numbers_beyond(value, known))
    try:
        document = Document.model_validate(value)
    except ValidationError as error:
        raise FindingsError((*beyond, *findings_of(error, known, Document))) from None
    if beyond:
        raise FindingsError(beyond)
    return document


def read_file(path: Path) -> Written:
    """Return the document in the file at `path`; raise `FindingsError`."""
    return read_scheme(text_in(path), file=path.name)


class Loaded(Value):
    """A scheme as it was read: `scheme` is None where its form is wrong, `standing` what stands even so."""

    scheme: Scheme | None
    standing: Scheme | None
    findings: tuple[Finding, ...]


NOTHING: Final = Loaded(scheme=None, standing=None, findings=())
"""No scheme."""


def load_standing(path: Path) -> Loaded:
    """Return the scheme in the file at `path`, what stands of it if its form is wrong, and all findings."""
    file = path.name
    try:
        value, locations = read_yaml(text_in(path), file=file)
    except FindingsError as error:
        return Loaded(scheme=None, standing=None, findings=error.findings)
    return loaded_from(value, locations)


def loaded_from(value: object, locations: Locations, findings: tuple[Finding, ...] = ()) -> Loaded:
    """Return what plain values mean, and stand for; with `findings` on them they are wrong already."""
    if findings:
        return Loaded(scheme=None, standing=standing(value), findings=findings)
    try:
        written = Written(document=document_from(value, locations), locations=locations)
    except FindingsError as error:
        return Loaded(scheme=None, standing=standing(value), findings=error.findings)
    settled, found = settled_from(written)
    if settled is not None:
        return Loaded(scheme=settled.scheme, standing=settled.scheme, findings=found)
    return Loaded(scheme=None, standing=standing(value), findings=found)


def load_scheme(path: Path) -> tuple[Scheme | None, tuple[Finding, ...]]:
    """Return the scheme in the file at `path`, and all findings on it.

    The scheme is None where its form is wrong. Where only laws are broken it is returned beside the
    findings, so that data can be read against it, but it must not be scored: `require_no_errors` says so.
    """
    loaded = load_standing(path)
    return loaded.scheme, loaded.findings


def scheme_from(written: Written) -> tuple[Scheme | None, tuple[Finding, ...]]:
    """Return the scheme a document means, and all findings on it, as `load_scheme` does."""
    settled, findings = settled_from(written)
    return (None if settled is None else settled.scheme), findings


def settled_from(written: Written) -> tuple[Settled | None, tuple[Finding, ...]]:
    """Return the scheme with its document and lines (None if it cannot be settled), and all findings."""
    too_large = tuple(check_sizes(written.document, written.locations))
    if too_large:
        return None, too_large
    settled, unsettled = settle(written.document, written.locations)
    findings = (*unsettled, *check(settled, incomplete=bool(unsettled)))
    return (None if has_errors(unsettled) else settled), findings


def scheme_from_mapping(mapping: Mapping[str, object]) -> Scheme:
    """Return the scheme a mapping of the form of the YAML file means; raise `FindingsError`.

    The head (`quanheng`, `id`, `title`, `round`) may be left out.

    Examples:
        >>> scheme = scheme_from_mapping(
        ...     {
        ...         "items": {"gdp": "地区生产总值"},
        ...         "indicators": {"output": {"measure": "gdp", "weight": 100, "rule": "percentile"}},
        ...     }
        ... )
        >>> [indicator.code for indicator in scheme.indicators]
        ['output']
    """
    value = _plain(mapping, 0)
    if not isinstance(value, dict):
        raise FindingsError((NOT_A_MAPPING.at(),))
    locations = Locations()
    scheme, findings = scheme_from(
        Written(document=document_from({**_HEAD, **value}, locations), locations=locations)
    )
    require_no_errors(findings)
    if scheme is None:
        raise FindingsError(findings)
    return scheme


FILE_UNREADABLE: Final = Kind(
    code="QH101",
    severity="error",
    en="this file cannot be read: {reason}",
    zh="无法读取该文件：{reason}",
    hint_en="check the path and that you may read it",
    hint_zh="请检查路径和读取权限",
)
FILE_NOT_UTF8: Final = Kind(
    code="QH103",
    severity="error",
    en="the scheme file is not UTF-8 text (byte {position})",
    zh="方案文件不是UTF-8文本（第{position}字节）",
    hint_en="save it again with the encoding UTF-8",
    hint_zh="请以UTF-8编码重新保存",
)


def text_in(path: Path) -> str:
    """Return the text of the YAML file at `path`; raise `FindingsError` where it cannot be read."""
    where = Location(file=path.name)
    try:
        content = read_ordinary(path, MAX_BYTES)
    except TooLargeError as error:
        raise FindingsError((FILE_TOO_LARGE.at(where, size=error.size, limit=MAX_BYTES),)) from None
    except NotOrdinaryError:
        reason = Text(en="it is no ordinary file", zh="不是普通文件")
        raise FindingsError((FILE_UNREADABLE.at(where, reason=reason),)) from None
    except OSError as error:
        raise FindingsError((FILE_UNREADABLE.at(where, reason=reason_of(error)),)) from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FindingsError((FILE_NOT_UTF8.at(where, position=error.start + 1),)) from None


def _plain(value: object, depth: int) -> object:
    """Return `value` as YAML would give it: text keys, lists, dates as text."""
    if depth > MAX_NESTING:
        raise FindingsError((TOO_NESTED.at(limit=MAX_NESTING),))
    if isinstance(value, Mapping):
        return {str(key): _plain(part, depth + 1) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part, depth + 1) for part in value]
    return value.isoformat() if isinstance(value, dt.date) else value
