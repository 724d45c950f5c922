"""What a document says beside its figures: who issues it, to whom, how it begins and ends."""

from __future__ import annotations

import datetime as dt
from typing import Final

from quanheng.findings.text import Text
from quanheng.findings.value import Value


class Words(Value):
    """The words of an office for a document; what is empty is left out.

    `title` has a line for each that a person wants on its own. `authority` is what stands in red at the top,
    `signature` who signs below. `licence` says what may be done with open data.
    """

    authority: Text = Text()
    number: Text = Text()
    title: tuple[Text, ...] = ()
    recipients: Text = Text()
    opening: tuple[Text, ...] = ()
    closing: tuple[Text, ...] = ()
    signature: Text = Text()
    date: dt.date | None = None
    sealed: bool = True
    copies_to: Text = Text()
    issued_by: Text = Text()
    issued_on: dt.date | None = None
    copy_number: Text = Text()
    secrecy: Text = Text()
    urgency: Text = Text()
    licence: Text = Text()
    certificate_title: Text = Text()
    certificate: Text = Text()


NO_WORDS: Final = Words()
"""Where nobody wrote any."""
