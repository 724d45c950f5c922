"""Forms of publications: what was typed, before the actions look at it."""

from __future__ import annotations

from typing import cast

from django import forms

from quanheng.findings.text import Text
from quanheng.web.publication.domain.asking import Said
from quanheng.web.rounds.forms import moment_field


class SaidForm(forms.Form):
    """What the office says of a publication."""

    licence = forms.CharField(label=cast(str, Text(zh="使用许可", en="Licence")), required=False)
    issued_by = forms.CharField(label=cast(str, Text(zh="发布单位", en="Issued by")), required=False)
    number = forms.CharField(label=cast(str, Text(zh="文号", en="Number")), required=False)

    def said(self) -> Said:
        """Return what was typed."""
        return Said(**{name: self.cleaned_data.get(name, "") for name in ("licence", "issued_by", "number")})


class PlanForm(forms.Form):
    """When to publish."""

    publish_at = moment_field(Text(zh="发布时间", en="Publish at"))
