"""How sure the places are, in words: from the study of robustness of this very result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from quanheng.documents.blocks import Paragraph
from quanheng.documents.compose.intervals import percent
from quanheng.documents.compose.standings import Row, called, rankings_of
from quanheng.documents.studied import Robustness
from quanheng.documents.subject import Subject
from quanheng.findings.text import Language, Text

SURE: Final = 0.9
"""A tier that a unit has in a smaller share of the replicates is told of."""


def certainty_paragraphs(subject: Subject, study: Robustness, language: Language) -> Iterator[Paragraph]:
    """Yield how the intervals came about, then of each group who cannot be told apart, and unsure tiers."""
    yield Paragraph(text=meant(study).in_language(language))
    known = list(rankings_of(subject))
    several = len(known) > 1
    for group, rows in known:
        told = tuple(_of_group(subject, study, rows))
        if told:
            name = group.name.in_language(language) or group.code
            colon, joint, end = ("：", "；", "。") if language == "zh" else (": ", "; ", ".")
            text = joint.join(each.in_language(language) for each in told) + end
            text = text if several else text[:1].upper() + text[1:]
            yield Paragraph(lead=f"{name}{colon}" if several else "", text=text)


def meant(study: Robustness) -> Text:
    """Return what an interval is, and what it is not."""
    share = percent(study.level)
    varied = study.varied
    return Text(
        zh=f"变动{varied.zh or '各种做法'}，重复计分{study.replicates}次，"
        f"位次区间为其中{share}的重复所在的位次。它说明换用这些做法时位次会怎样，不改变本次考核结果。",
        en=f"With other {varied.en or 'choices'} the round was scored {study.replicates} times; an "
        f"interval has the places of {share} of them. It says what these choices would do to a place, and "
        "changes nothing in this result.",
    )


def _of_group(subject: Subject, study: Robustness, rows: Sequence[Row]) -> Iterator[Text]:
    names = {row["unit"]: called(row) for row in rows}
    together = [[names[unit] for unit in units] for units in study.level_sets(list(names))]
    if together:
        zh = "".join(f"（{'、'.join(each)}）" for each in together)
        en = ", ".join(f"({', '.join(each)})" for each in together)
        yield Text(zh=f"难分高下的有：{zh}", en=f"not to be told apart are {en}")
    elif len(names) > 1:
        yield Text(zh="各单位位次均可分出高下", en="all units can be told apart")
    if not subject.shows("tier"):
        return
    unsure = [
        (names[row["unit"]], row["tier"], share)
        for row in rows
        if row["tier"] and (share := tier_share(study, row)) is not None and share < SURE
    ]
    if unsure:
        zh = "、".join(f"{name}（{tier}{percent(share)}）" for name, tier, share in unsure)
        en = ", ".join(f"{name} ({tier} in {percent(share)})" for name, tier, share in unsure)
        yield Text(zh=f"等次不够稳定的有：{zh}", en=f"the tier is less than sure of {en}")


def tier_share(study: Robustness, row: Row) -> float | None:
    """Return in what share of the replicates a unit is in the tier that it has; None where nobody knows."""
    known = study.units.get(row["unit"])
    return None if known is None or not known.tiers else known.tiers.get(row["tier"], 0.0)
