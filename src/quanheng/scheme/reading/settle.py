"""How files are read: from its form to its value."""

from __future__ import annotations

from collections.abc import Mapping

from quanheng.scheme.reading.form import FileForm
from quanheng.scheme.reading.reading import FileReading, Reading


def reading_of(form: FileForm, files: Mapping[str, FileForm]) -> Reading:
    """Return how files are read: as `form` says, and single ones as `files` do where they say otherwise."""
    everywhere = _stated(form, FileReading())
    return Reading(
        everywhere=everywhere,
        files={name.strip(): _stated(own, everywhere) for name, own in files.items()},
    )


def _stated(form: FileForm, base: FileReading) -> FileReading:
    """Return `base` with what `form` states in its place."""
    return FileReading(
        ignore=base.ignore if form.ignore is None else form.ignore,
        missing_marks=base.missing_marks if form.missing_marks is None else form.missing_marks,
        censored=form.censored or base.censored,
        unit_heading=base.unit_heading if form.unit_heading is None else form.unit_heading,
    )
