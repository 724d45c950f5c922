"""Certificates as plain values for a template: texts are data there, never markup."""

from __future__ import annotations

from typing import Any, Final

from quanheng.documents.compose.awards.certificates import Certificate, Certificates
from quanheng.documents.fonts.choice import Fonts
from quanheng.documents.fonts.missing import Covering
from quanheng.documents.fonts.roles import Role
from quanheng.findings.visible import printable

PLACE_HOLDERS: Final = (
    *("title", "salutation", "text", "authority", "date"),
    *("recipient", "person", "unit", "award", "group", "scheme", "round", "number", "bookmark"),
    *("fonts", "weights", "language"),
)
"""What a template finds in the `item` that it is given; `hand-out-awards.md` says what each is."""
_ROLES: Final[dict[str, Role]] = {"title": "title", "name": "subheading", "body": "body"}
"""What each kind of text of a certificate is set in."""


def plain_of(certificates: Certificates, fonts: Fonts, covering: Covering) -> dict[str, Any]:
    """Return the values that the template takes: the certificates, and in what they are set."""
    day = certificates.date
    return {
        "title": printable(certificates.title),
        "origin": certificates.origin,
        "language": certificates.language,
        "date": {"year": day.year, "month": day.month, "day": day.day},
        "fonts": {name: _families(role, fonts, covering) for name, role in _ROLES.items()},
        "weights": {name: _weight(role, fonts) for name, role in _ROLES.items()},
        "items": [_item(item) for item in certificates.items],
    }


def texts_by_role(certificates: Certificates) -> dict[Role, str]:
    """Return all that is set in each kind of font, to see whether it has the characters.

    A template may set any of it in any of them.
    """
    items = [_item(item) for item in certificates.items]
    texts = "".join(sorted({letter for item in items for text in item.values() for letter in text}))
    named = "".join(sorted({letter for item in items for letter in item["salutation"] + item["unit"]}))
    return {"title": "".join(item["title"] for item in items), "subheading": named, "body": texts}


def _item(item: Certificate) -> dict[str, str]:
    honour = item.honour
    texts = {
        "title": item.title,
        "salutation": item.salutation,
        "text": item.text,
        "authority": item.authority,
        "date": item.date,
        "recipient": honour.recipient,
        "person": honour.person,
        "unit": honour.unit_name,
        "award": honour.award,
        "group": item.group,
        "scheme": item.scheme,
        "round": item.round,
        "number": str(honour.number),
        "bookmark": item.bookmark,
    }
    return {name: printable(text) for name, text in texts.items()}


def _families(role: Role, fonts: Fonts, covering: Covering) -> list[Any]:
    latin = fonts.chosen.get("latin")
    first: list[Any] = [] if latin is None else [{"name": latin.font.family, "covers": "latin-in-cjk"}]
    return [*first, *covering.families.get(role, ())]


def _weight(role: Role, fonts: Fonts) -> int:
    chosen = fonts.chosen.get(role)
    return 400 if chosen is None else chosen.face.weight
