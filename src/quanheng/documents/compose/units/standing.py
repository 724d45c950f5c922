"""Where a unit stands: its total, place and tier, how sure they are, and where the group lies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from quanheng.documents.blocks import Note, Paragraph
from quanheng.documents.charts.waterfall import at
from quanheng.documents.compose.certainty import meant
from quanheng.documents.compose.intervals import interval, percent
from quanheng.documents.compose.numbers import decimals_of_totals, figure
from quanheng.documents.compose.standings import moved, unranked_word
from quanheng.documents.compose.units.peers import Peers, others, shows_means, shows_totals
from quanheng.documents.compose.units.report import Key, Strip
from quanheng.documents.subject import Subject
from quanheng.findings.text import Language, Text
from quanheng.findings.value import Value
from quanheng.scheme.files.notation.writing import period_in_chinese

Row = Mapping[str, Any]


class Standing(Value):
    """A unit on the way to its report: its row of the ranking, its group, and its row of the moves."""

    subject: Subject
    row: Row
    peers: Peers
    move: Row | None
    names: Mapping[str, str]

    @property
    def unit(self) -> str:
        """Its code."""
        return str(self.row["unit"])


def keys_of(standing: Standing, language: Language) -> Iterator[Key]:
    """Yield place, total, tier and move, each with what there is to say of it."""
    yield _place(standing, language)
    yield _total(standing, language)
    if standing.subject.result.scheme.tiers:
        yield _tier(standing, language)
    move = standing.move
    if move is not None and standing.subject.moves is not None:
        before = standing.subject.moves.before
        was = move["place_before"]
        told = Text(zh=f"上期（{period_in_chinese(before)}）", en=f"In {before}: ")
        place = (
            Text(zh="没有位次", en="no place") if was is None else Text(zh=f"第{was}名", en=f"place {was}")
        )
        yield Key(
            label=Text(zh="位次升降", en="Moved").in_language(language),
            figure=moved(was, standing.row["place"]),
            note=Text(zh=told.zh + place.zh, en=told.en + place.en).in_language(language),
        )


def _place(standing: Standing, language: Language) -> Key:
    place, peers = standing.row["place"], standing.peers
    label = Text(zh=f"位次（本组{peers.units}个）", en=f"Place of {peers.units}")
    if standing.subject.result.scheme.ranks_all:
        count = len(standing.subject.result.ranking)
        label = Text(zh=f"位次（全部{count}个）", en=f"Place of {count}")
    study = standing.subject.studies.robustness
    note = Text()
    known = None if study is None else study.units.get(standing.unit)
    if place is None:
        note = unranked_word(standing.subject.result.scheme)
    elif study is not None and known is not None and known.low is not None:
        share, told = percent(study.level), interval(known)
        note = Text(zh=f"{share}的重复在第{told}名", en=f"{told} in {share} of replicates")
    return Key(
        label=label.in_language(language),
        figure="—" if place is None else str(place),
        note=note.in_language(language),
    )


def _total(standing: Standing, language: Language) -> Key:
    subject, peers = standing.subject, standing.peers
    decimals = decimals_of_totals(subject.result.scheme)
    marks = f"{peers.group.marks:g}"
    note = Text(zh=f"满分{marks}", en=f"of {marks} marks")
    if shows_means(subject, peers):
        mean = "—" if peers.mean is None else at(peers.mean, decimals)
        note = Text(zh=f"{note.zh}，组均{mean}", en=f"{note.en}; mean {mean}")
    return Key(
        label=Text(zh="得分", en="Score").in_language(language),
        figure=figure(standing.row["score"], decimals),
        note=note.in_language(language),
    )


def _tier(standing: Standing, language: Language) -> Key:
    tier, study = standing.row["tier"], standing.subject.studies.robustness
    known = None if study is None else study.units.get(standing.unit)
    note = Text()
    if tier and known is not None and known.tiers:
        share = percent(known.tiers.get(tier, 0.0))
        note = Text(zh=f"{share}的重复在此等次", en=f"in {share} of replicates")
    return Key(
        label=Text(zh="等次", en="Tier").in_language(language),
        figure=tier or "—",
        note=note.in_language(language),
    )


def certain(standing: Standing, language: Language) -> Iterator[Paragraph | Note]:
    """Yield who cannot be told apart from the unit, and what the intervals are; or that there is no study."""
    study = standing.subject.studies.robustness
    if study is None:
        yield Note(
            text=Text(
                zh="注：结果旁没有该结果的稳健性研究，未列位次区间和等次的把握。",
                en="Note: no study of robustness of this result lies beside it; how sure place and tier are "
                "is left out.",
            ).in_language(language)
        )
        return
    together = next((units for units in study.level_sets(list(standing.names)) if standing.unit in units), ())
    level = [standing.names[unit] for unit in together if unit != standing.unit]
    told = Text()
    if level and standing.subject.audience == "internal":
        told = Text(
            zh=f"与{'、'.join(level)}难分高下。", en=f"Not to be told apart from {', '.join(level)}. "
        )
    elif level:
        told = Text(
            zh=f"与本组另{len(level)}个单位难分高下。",
            en=f"Not to be told apart from {len(level)} other{'' if len(level) == 1 else 's'} of the group. ",
        )
    what = meant(study)
    yield Note(text=Text(zh=told.zh + what.zh, en=told.en + what.en).in_language(language))


def strip_of(standing: Standing, language: Language) -> Strip | None:
    """Return where the total lies in its group; None where there is nothing to compare it with."""
    subject, peers, own = standing.subject, standing.peers, standing.row["score"]
    rest = others(peers.totals, own) if shows_totals(subject) else ()
    mean = peers.mean if shows_means(subject, peers) else None
    if own is None or not (rest or mean is not None):
        return None
    return Strip(own=own, others=rest, mean=mean, sentence=_lies(own, rest, mean, language))


def _lies(own: float, rest: tuple[float, ...], mean: float | None, language: Language) -> str:
    parts = []
    if rest:
        above, below = sum(1 for each in rest if each > own), sum(1 for each in rest if each < own)
        level = len(rest) - above - below
        ties = Text(zh=f"，{level}个同分", en=f", {level} have the same score") if level else Text()
        told = Text(
            zh=f"本组另有{above}个单位高于本单位，{below}个低于本单位",
            en=f"{above} of the group are above the unit, {below} below",
        )
        parts.append(Text(zh=told.zh + ties.zh, en=told.en + ties.en))
    if mean is not None:
        over = own >= mean
        parts.append(
            Text(
                zh=f"得分{'不低于' if over else '低于'}组均",
                en=f"the score is {'at or above' if over else 'below'} the group's mean",
            )
        )
    joint, end = ("，", "。") if language == "zh" else ("; ", ".")
    text = joint.join(part.in_language(language) for part in parts) + end
    return text[:1].upper() + text[1:]
