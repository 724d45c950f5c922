"""Forms of rounds: what was typed, before the actions look at it."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from quanheng.findings.text import Text
from quanheng.process.rounds.people import Person
from quanheng.web.base.looks import language_now
from quanheng.web.base.years import check_year
from quanheng.web.library.models import Version
from quanheng.web.library.reading import ListedUnit
from quanheng.web.rounds.domain.rounds import Plan

_WRITTEN = "%Y-%m-%dT%H:%M"


def moment_field(label: Text, *, required: bool = True) -> forms.DateTimeField:
    """Return the field of a moment by the clock of the office."""
    return forms.DateTimeField(
        label=cast(str, label),
        required=required,
        validators=[check_year],
        input_formats=[_WRITTEN, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_WRITTEN),
    )


class RoundForm(forms.Form):
    """What is said of a round before it is opened."""

    scheme = forms.ChoiceField(label=cast(str, Text(zh="方案版本", en="Version of the scheme")))
    code = forms.CharField(
        label=cast(str, Text(zh="代码", en="Code")),
        max_length=64,
        help_text=cast(str, Text(zh="如 2024-Q1", en="such as 2024-Q1")),
    )
    title = forms.CharField(label=cast(str, Text(zh="名称", en="Title")), max_length=200)
    period = forms.CharField(
        label=cast(str, Text(zh="期间", en="Period")),
        max_length=20,
        help_text=cast(
            str,
            Text(zh="2024、2024-H1、2024-Q1 或 2024-03", en="2024, 2024-H1, 2024-Q1 or 2024-03"),
        ),
    )
    due = moment_field(Text(zh="填报截止时间", en="Reports are due"))
    units = forms.MultipleChoiceField(
        label=cast(str, Text(zh="单位", en="Units")), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, by: Person, units: tuple[ListedUnit, ...], **options: Any) -> None:  # noqa: ANN401  forms of Django have them
        """Offer the versions that `by` may see, and the units of the one that was chosen."""
        super().__init__(*args, **options)
        versions = Version.objects.visible_to(by).defer("text", "units")
        cast(forms.ChoiceField, self.fields["scheme"]).choices = [
            (str(version.pk), f"{version} {version.title.in_language(language_now())}")
            for version in versions
        ]
        cast(forms.MultipleChoiceField, self.fields["units"]).choices = [
            (unit.code, f"{unit.code} {unit.name}") for unit in units
        ]

    def plan(self) -> Plan:
        """Return what was typed."""
        data = self.cleaned_data
        return Plan(
            code=data["code"],
            title=data["title"],
            scheme=int(data["scheme"]),
            period=data["period"],
            due=data["due"],
            units=frozenset(data["units"]),
        )


class MoveForm(forms.Form):
    """What a move of a round may take: a reason, a later deadline."""

    move = forms.ChoiceField(choices=[(move, move) for move in ("open", "close", "extend")])
    due = moment_field(Text(zh="截止时间", en="Deadline"), required=False)


class DeadlineForm(forms.Form):
    """Another deadline."""

    due = moment_field(Text(zh="截止时间", en="Deadline"))


class TaskForm(forms.Form):
    """Who is to report which items of which units, by when."""

    items = forms.MultipleChoiceField(
        label=cast(str, Text(zh="数据项", en="Items")), widget=forms.CheckboxSelectMultiple
    )
    units = forms.MultipleChoiceField(
        label=cast(str, Text(zh="单位", en="Units")), widget=forms.CheckboxSelectMultiple
    )
    reporter = forms.ChoiceField(label=cast(str, Text(zh="填报人", en="Reporter")), required=False)
    due = moment_field(
        Text(zh="单独的截止时间（不填则同考核期）", en="A deadline of its own (empty: that of the round)"),
        required=False,
    )
    reason = forms.CharField(
        label=cast(str, Text(zh="原因（转交、延期、撤销时必填）", en="Reason (to pass on, defer or end)")),
        required=False,
        max_length=1000,
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401  forms of Django have them
        items: list[tuple[str, str]],
        units: list[tuple[str, str]],
        reporters: list[tuple[str, str]],
        **options: Any,  # noqa: ANN401  the same
    ) -> None:
        """Offer what there is in the round, and those who report."""
        super().__init__(*args, **options)
        for field, choices in (("items", items), ("units", units), ("reporter", [("", "—"), *reporters])):
            cast(forms.ChoiceField, self.fields[field]).choices = choices
