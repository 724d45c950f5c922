"""The form to search the log."""

from __future__ import annotations

import datetime as dt
from typing import cast

from django import forms
from django.utils import timezone

from quanheng.findings.text import Text
from quanheng.web.audit.models import DONE, REFUSED
from quanheng.web.audit.queries import Wanted
from quanheng.web.base.looks import language_now
from quanheng.web.base.years import check_year

_DAY = dt.timedelta(days=1)


class SearchForm(forms.Form):
    """What is looked for in the log."""

    word = forms.CharField(label=cast(str, Text(zh="动作或对象", en="Action or object")), required=False)
    who = forms.CharField(label=cast(str, Text(zh="操作人登录名", en="Code of the person")), required=False)
    outcome = forms.ChoiceField(label=cast(str, Text(zh="结果", en="Outcome")), required=False)
    since = forms.DateField(
        label=cast(str, Text(zh="从", en="From")),
        required=False,
        validators=[check_year],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    until = forms.DateField(
        label=cast(str, Text(zh="到", en="To")),
        required=False,
        validators=[check_year],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data: dict[str, str]) -> None:
        """Offer the outcomes in the reader's language."""
        super().__init__(data)
        words = {
            "": Text(zh="全部", en="all"),
            DONE: Text(zh="已完成", en="done"),
            REFUSED: Text(zh="被拒绝", en="refused"),
        }
        cast(forms.ChoiceField, self.fields["outcome"]).choices = [
            (value, word.in_language(language_now())) for value, word in words.items()
        ]

    def wanted(self) -> Wanted:
        """Return what is looked for; a day is one of the office's clock, with both ends."""
        data = self.cleaned_data
        until = data.get("until")
        return Wanted(
            word=data.get("word", ""),
            who=data.get("who", ""),
            outcome=data.get("outcome", ""),
            since=_start(data.get("since")),
            until=_start(until + _DAY) if until else "",
        )


def _start(day: dt.date | None) -> str:
    """Return the first moment of a day as the log writes moments: in UTC."""
    if day is None:
        return ""
    start = dt.datetime.combine(day, dt.time(), tzinfo=timezone.get_current_timezone())
    return start.astimezone(dt.UTC).isoformat(timespec="microseconds")
