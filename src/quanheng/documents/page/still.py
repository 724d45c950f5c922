"""What a page shows without its script: the rankings and the methods, in the language it was made in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import narwhals as nw

from quanheng.documents.page.methods import methods_of
from quanheng.documents.page.shown import Shown, decimals_of
from quanheng.documents.page.words import WORDS
from quanheng.engine.frame import columns as c
from quanheng.engine.frame.rounding import comparable
from quanheng.findings.printing import printed
from quanheng.findings.visible import xml_text
from quanheng.scheme.fields.codes import ROOT
from quanheng.scheme.tree.scheme import Node

_ABSENT: Final = "—"


def still_of(shown: Shown) -> str:
    """Return the parts of the page that need no script, as html."""
    return "\n".join([*_rankings(shown), *_methods(shown)])


def said(shown: Shown, key: str, **facts: object) -> str:
    """Return a wording of the page in its language, for html."""
    wording = WORDS[key].in_language(shown.language)
    return xml_text(wording.format_map({name: str(fact) for name, fact in facts.items()}))


def _rankings(shown: Shown) -> Iterator[str]:
    tops = [node for node in shown.nodes if shown.result.scheme.level_of(node.code) <= 1]
    nodes = tops if "total" in shown.parts else tops[1:]
    names = [c.score(node.code) for node in nodes]
    columns = [comparable(nw.col(name).cast(nw.Float64())).alias(name) for name in names]
    scores = {str(row[0]): row[1:] for row in shown.wide.select(c.UNIT, *columns).rows()}
    standing = {str(row[c.UNIT]): row for row in shown.result.ranking.iter_rows(named=True)}
    codes = shown.column(c.UNIT)
    ordered = [standing[str(codes[number])] for number in shown.order]
    for group in shown.result.scheme.groups:
        rows = [row for row in ordered if row[c.GROUP] == group.code]
        if rows:
            name = group.name.in_language(shown.language) or group.code
            title = said(shown, "ranking.of", group=name, units=len(rows))
            body = "".join(_row(_cells(shown, row, scores[str(row[c.UNIT])], nodes)) for row in rows)
            yield _table(title, _headings(shown, nodes), body)


def _headings(shown: Shown, nodes: Sequence[Node]) -> list[str]:
    names = [
        WORDS["total"].in_language(shown.language)
        if node.code == ROOT
        else node.name.in_language(shown.language) or node.code
        for node in nodes
    ]
    tiers = ["tier"] if shown.has_tiers else []
    return [
        *(said(shown, key) for key in ("place", "unit")),
        *map(xml_text, names),
        *(said(shown, key) for key in tiers),
    ]


def _cells(
    shown: Shown, row: Mapping[str, object], scores: Sequence[float | None], nodes: Sequence[Node]
) -> list[str]:
    place = row[c.PLACE] if "place" in shown.parts else None
    numbers = [_number(score, decimals_of(shown, node)) for score, node in zip(scores, nodes, strict=True)]
    tier = [xml_text(str(row[c.TIER] or _ABSENT))] if shown.has_tiers else []
    name = str(row[c.NAME] or row[c.UNIT])
    return [str(place or _ABSENT), xml_text(name), *numbers, *tier]


def _number(value: float | None, decimals: int) -> str:
    if value is None:
        return _ABSENT
    return printed(value, decimals).replace("-", "−")


def _methods(shown: Shown) -> Iterator[str]:
    index = 0 if shown.language == "zh" else 1
    for part in methods_of(shown):
        yield f"<h2>{xml_text(_of(part['title'], index))}</h2>"
        lines, rows = part.get("lines"), part.get("rows")
        if isinstance(lines, list):
            yield "<ul>" + "".join(f"<li>{xml_text(_of(line, index))}</li>" for line in lines) + "</ul>"
        if isinstance(rows, list):
            columns = part["columns"]
            headings = [
                xml_text(_of(column, index)) for column in (columns if isinstance(columns, list) else [])
            ]
            body = "".join(_row([xml_text(_of(text, index)) or _ABSENT for text in row]) for row in rows)
            yield _table(xml_text(_of(part["title"], index)), headings, body)


def _of(texts: object, index: int) -> str:
    return str(texts[index]) if isinstance(texts, list) else ""


def _table(title: str, headings: Sequence[str], body: str) -> str:
    head = "".join(f'<th scope="col">{heading}</th>' for heading in headings)
    return (
        f'<div class="table"><div class="scroll" tabindex="0" role="region" aria-label="{title}"><table>'
        f"<caption>{title}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div></div>"
    )


def _row(cells: Sequence[str]) -> str:
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
