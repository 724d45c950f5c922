"""Forms of results: what was typed, before the actions look at it."""

from __future__ import annotations

from django import forms

from quanheng.findings.text import Text
from quanheng.process.rounds.round import Window
from quanheng.web.results.domain.moves import MOVES
from quanheng.web.rounds.forms import moment_field


class MoveForm(forms.Form):
    """What a move of a round by its results may take: a reason, a window."""

    move = forms.ChoiceField(choices=[(move, move) for move in MOVES])
    begins = moment_field(Text(zh="核对开始", en="Checking begins"), required=False)
    ends = moment_field(Text(zh="核对截止", en="Checking ends"), required=False)

    def window(self) -> Window | None:
        """Return the window that was typed; None if one end of it is missing."""
        begins, ends = self.cleaned_data["begins"], self.cleaned_data["ends"]
        return Window(begins=begins, ends=ends) if begins and ends else None
