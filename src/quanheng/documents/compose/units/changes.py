"""What moved a unit since the last round, cause by cause: the changes add up to that of its total."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from quanheng.documents.blocks import Column, ColumnKind, Note, Paragraph, Table
from quanheng.documents.subject import Subject
from quanheng.findings.text import Language, Text
from quanheng.insight.moves.moves import Moves
from quanheng.insight.moves.sentences import exact, signed
from quanheng.scheme.files.notation.writing import period_in_chinese

Row = Mapping[str, Any]
MOST: Final = 4
"""So many causes of each direction are shown; the others stand together, so that all adds up."""
_COLUMNS: Final[tuple[tuple[Text, ColumnKind], ...]] = (
    (Text(zh="原因", en="Cause"), "text"),
    (Text(zh="上期分数", en="Before"), "number"),
    (Text(zh="本期分数", en="Now"), "number"),
    (Text(zh="变动", en="Change"), "number"),
)


def changes_of(
    subject: Subject,
    move: Row | None,
    causes: Sequence[Row],
    names: Mapping[tuple[str, str], str],
    language: Language,
) -> Iterator[Paragraph | Table | Note]:
    """Yield in a sentence and a table what moved the unit; or why that is not known."""
    moves = subject.moves
    if moves is None or move is None:
        text = Text(
            zh="注：没有可比的上期结果，未列升降及原因。",
            en="Note: there is no earlier result to compare with; moves and their causes are left out.",
        )
        yield Note(text=text.in_language(language))
        return
    if move["change"] is None:
        text = Text(
            zh=f"注：本期或{period_in_chinese(moves.before)}没有得分，未列升降及原因。",
            en=f"Note: there is no score now or in {moves.before}; moves and their causes are left out.",
        )
        yield Note(text=text.in_language(language))
        return
    yield Paragraph(text=_sentence(moves, move).in_language(language))
    moved = [row for row in causes if row["change"]]
    if moved:
        yield _table(moved, names, language)
    elif exact(move["change"]):
        text = Text(
            zh="注：上期只有公布的得分，各项原因无从得知。",
            en="Note: of the earlier round only totals are known, so the causes are not.",
        )
        yield Note(text=text.in_language(language))


def _sentence(moves: Moves, move: Row) -> Text:
    change, was, now = exact(move["change"]), move["place_before"], move["place_after"]
    size = f"{abs(change).normalize():f}"
    zh = f"与{period_in_chinese(moves.before)}相比，得分"
    zh += f"{'增加' if change > 0 else '减少'}{size}分" if change else "不变"
    en = f"Since {moves.before} the score "
    en += f"{'rose' if change > 0 else 'fell'} by {size}" if change else "is the same"
    if was is not None and now is not None:
        up = "升" if now < was else "降"
        zh += f"，仍居第{now}名" if was == now else f"，由第{was}名{up}至第{now}名"
        en += f"; still place {now}" if was == now else f"; from place {was} to {now}"
    return Text(zh=f"{zh}。", en=f"{en}.")


def _table(causes: Sequence[Row], names: Mapping[tuple[str, str], str], language: Language) -> Table:
    ups = sorted((row for row in causes if row["change"] > 0), key=lambda row: -float(row["change"]))
    downs = sorted((row for row in causes if row["change"] < 0), key=lambda row: float(row["change"]))
    rows = [
        (names[row["cause"], row["node"]], _marks(row["before"]), _marks(row["after"]), _change(row))
        for row in (*ups[:MOST], *downs[:MOST])
    ]
    for word, rest in ((_OTHER_UPS, ups[MOST:]), (_OTHER_DOWNS, downs[MOST:])):
        if rest:
            before, after, change = (_sum(rest, column) for column in ("before", "after", "change"))
            label = Text(zh=word.zh.format(len(rest)), en=word.en.format(len(rest)))
            rows.append((label.in_language(language), _plain(before), _plain(after), signed(change)))
    together = Text(zh="合计", en="Together").in_language(language)
    rows.append((together, "", "", signed(_sum(causes, "change"))))
    columns = tuple(Column(heading=text.in_language(language), kind=kind) for text, kind in _COLUMNS)
    return Table(title="", columns=columns, rows=tuple(rows))


_OTHER_UPS: Final = Text(zh="其他增分{}项", en="{} others that rose")
_OTHER_DOWNS: Final = Text(zh="其他减分{}项", en="{} others that fell")


def _sum(rows: Sequence[Row], column: str) -> Decimal:
    return sum((exact(row[column]) for row in rows), Decimal(0))


def _marks(amount: float) -> str:
    return _plain(exact(amount))


def _plain(amount: Decimal) -> str:
    return f"{amount.normalize():f}"


def _change(row: Row) -> str:
    return signed(exact(row["change"]))
