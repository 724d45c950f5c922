"""Certificates as a test wants them."""

from __future__ import annotations

import datetime as dt

from quanheng.documents.compose.awards.certificates import Certificate, Certificates
from quanheng.documents.compose.awards.honours import Honour
from quanheng.findings.text import Text


def certificate(unit: str, *, person: str = "", award: str = "先进单位", text: str = "") -> Certificate:
    honour = Honour(
        number=1,
        award=award,
        group="towns",
        unit="U",
        unit_name=unit,
        person=person,
        to_person=bool(person),
        reason=Text(),
    )
    return Certificate(
        honour=honour,
        title="荣誉证书",
        salutation=f"{unit} {person}：" if person else f"{unit}：",
        text=text or f"兹授予“{award}”称号。",
        authority="示例委",
        date="2024年2月6日",
        group="镇",
        scheme="考核",
        round="2023年",
    )


def file_of(*items: Certificate) -> Certificates:
    return Certificates(title="证书", language="zh", date=dt.date(2024, 2, 6), origin="", items=items)
