"""From a study file to settings: read as a scheme is, with its findings where something is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final, TypeVar

from pydantic import ValidationError

from quanheng.findings.finding import FindingsError, Kind
from quanheng.scheme.document.refusals import findings_of, numbers_beyond
from quanheng.scheme.fields.lines import Locations
from quanheng.scheme.files.read import text_in
from quanheng.scheme.files.yaml_lines import read_yaml
from quanheng.studies.form import StudyForm

Settings = TypeVar("Settings", bound=StudyForm)

NOT_A_STUDY: Final = Kind(
    code="QH701",
    severity="error",
    en="a study file is a list of 'key: value' lines, this file is something else",
    zh="研究文件应由“键: 值”组成，此文件不是",
    hint_en="begin with 'study: {study}'; 'quanheng schema --study {study}' says what may follow",
    hint_zh="请以研究名称一行（study: …）开头，此处为“{study}”；可写的内容见 quanheng schema --study {study}",
)
ANOTHER_STUDY: Final = Kind(
    code="QH702",
    severity="error",
    en="this file is of the study '{other}', not of '{study}'",
    zh="此文件属于研究“{other}”，而不是“{study}”",
    hint_en="run 'quanheng study {other}', or correct the line 'study:'",
    hint_zh="请运行 quanheng study {other}，或更正研究名称一行（study:）",
)


def read_settings(path: Path, form: type[Settings]) -> Settings:
    """Return the settings in the study file at `path`.

    Raises:
        FindingsError: something in it is wrong; all of it together.
        DataError: there is no such file, or it is no text.
    """
    value, locations = read_yaml(text_in(path), file=path.name)
    return settings_from(value, form, locations)


def settings_from(value: object, form: type[Settings], locations: Locations | None = None) -> Settings:
    """Return the settings that plain values mean; `locations` says where they were written.

    Raises:
        FindingsError: something in them is wrong; all of it together.
    """
    known = locations or Locations()
    study = form.model_fields["study"].default
    if not isinstance(value, Mapping):
        raise FindingsError((NOT_A_STUDY.at(known.of(), study=study),))
    other = value.get("study", study)
    if other != study:
        raise FindingsError((ANOTHER_STUDY.at(known.of("study"), other=other, study=study),))
    beyond = tuple(numbers_beyond(value, known))
    try:
        settings = form.model_validate(value)
    except ValidationError as error:
        raise FindingsError((*beyond, *findings_of(error, known, form))) from None
    if beyond:
        raise FindingsError(beyond)
    return settings
