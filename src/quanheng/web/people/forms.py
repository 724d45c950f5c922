"""Forms of people: what was typed, before the actions look at it."""

from __future__ import annotations

from typing import Any, Final, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile

from quanheng.findings.text import Text
from quanheng.process.rounds.people import ROLES, Person, Role
from quanheng.web.base.looks import language_now
from quanheng.web.people.domain.accounts import Particulars
from quanheng.web.people.models import Unit
from quanheng.web.people.roles import KEPT

MOST_BYTES: Final = 20 * 1024 * 1024


class PersonForm(forms.Form):
    """The particulars of a person."""

    code = forms.CharField(
        label=cast(str, Text(zh="登录名", en="Code")),
        max_length=64,
        help_text=cast(str, Text(zh="小写字母、数字、“-”“_”“.”", en="small letters, figures, '-', '_', '.'")),
    )
    name = forms.CharField(label=cast(str, Text(zh="姓名", en="Name")), max_length=100)
    email = forms.EmailField(
        label=cast(str, Text(zh="电子邮箱", en="E-mail")),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),  # it is of somebody else
    )
    roles = forms.MultipleChoiceField(
        label=cast(str, Text(zh="角色", en="Roles")), widget=forms.CheckboxSelectMultiple
    )
    units = forms.MultipleChoiceField(
        label=cast(str, Text(zh="所属单位", en="Units")),
        required=False,
        help_text=cast(
            str,
            Text(zh="仅“被考核单位”角色需要", en="only for the role of a unit; its own people look at it"),
        ),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    """The particulars as they were when the form was shown, so that nobody overwrites another's change."""

    def __init__(self, *args: Any, by: Person, fixed_code: bool = False, **options: Any) -> None:  # noqa: ANN401  forms of Django have them
        """Offer the roles there are and the units that `by` may see."""
        super().__init__(*args, **options)
        units = Unit.objects.visible_to(by)
        cast(forms.MultipleChoiceField, self.fields["units"]).choices = [
            (unit.code, f"{unit.code} {unit.name}") for unit in units
        ]
        cast(forms.MultipleChoiceField, self.fields["roles"]).choices = [
            (role, ROLES[role].in_language(language_now())) for role in KEPT
        ]
        if fixed_code:
            self.fields["code"].disabled = True

    def told(self) -> Particulars:
        """Return what was typed."""
        data = self.cleaned_data
        return Particulars(
            code=data["code"],
            name=data["name"],
            email=data["email"],
            roles=frozenset(cast(list[Role], data["roles"])),
            units=frozenset(data["units"]),
        )


class WorkbookForm(forms.Form):
    """A workbook of people."""

    workbook = forms.FileField(
        label=cast(str, Text(zh="工作簿（.xlsx）", en="Workbook (.xlsx)")),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.et"}),
    )

    def clean_workbook(self) -> UploadedFile:
        """Refuse a file that is too large before anything reads it."""
        file = cast(UploadedFile, self.cleaned_data["workbook"])
        if (file.size or 0) > MOST_BYTES:
            large = Text(zh="文件超过20兆字节，未读取", en="the file is larger than 20 MB and was not read")
            raise forms.ValidationError(large.in_language(language_now()))
        return file


class PasswordForm(forms.Form):
    """A new password, twice."""

    password = forms.CharField(
        label=cast(str, Text(zh="新密码", en="New password")),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        max_length=200,
        strip=False,
        help_text=cast(
            str,
            Text(
                zh="至少12个字符，不要用常见密码或全数字",
                en="12 characters or more, not a common one and not figures only",
            ),
        ),
    )
    again = forms.CharField(
        label=cast(str, Text(zh="再输一次", en="Once more")),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        max_length=200,
        strip=False,
    )

    def clean(self) -> dict[str, Any]:
        """Refuse two passwords that differ."""
        told = super().clean() or {}
        if told.get("password") != told.get("again"):
            differ = Text(zh="两次输入的密码不一致", en="the two passwords differ")
            self.add_error("again", differ.in_language(language_now()))
        return told


class FirstAdministratorForm(PasswordForm):
    """The first administrator: who it is, and its password."""

    code = forms.CharField(
        label=cast(str, Text(zh="登录名", en="Code")),
        max_length=64,
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
        help_text=cast(str, Text(zh="小写字母、数字、“-”“_”“.”", en="small letters, figures, '-', '_', '.'")),
    )
    name = forms.CharField(
        label=cast(str, Text(zh="姓名", en="Name")),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ("code", "name", "password", "again")
