"""How a choice is called: as a study file writes it, on one line."""

from __future__ import annotations

from pydantic import BaseModel

from quanheng.scheme.files.yaml_writing import flow


def told_form(form: object) -> str:
    """Return a choice as it is written.

    Examples:
        >>> from quanheng.scheme.gaps.form import FillForm
        >>> told_form("zero"), told_form(FillForm(fill="mean"))
        ('zero', '{fill: mean}')
    """
    if isinstance(form, BaseModel):
        return flow(form.model_dump(mode="json", by_alias=True, exclude_unset=True))
    return str(form)
