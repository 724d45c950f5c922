"""A small book with a declared ledger of requests, for tests of what is done with ledgers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

SCHEME = """\
quanheng: 1
id: requests
title: 群众诉求
round: 2023
items:
  received: {count: requests, where: received_on <= period_end}
  in_time: {count: requests, where: received_on <= period_end and closed_on <= due_on}
indicators:
  closing: {name: 按时办结率, measure: in_time / received, weight: 100, rule: {bands: [[0.5, 0], [1, 100]]}}
ledgers:
  requests:
    name: 群众诉求
    key: ticket
    unit: handled_by
    owner: officer
    evidence: proof
    opened: received_on
    due: due_on
    closed: closed_on
    states: {column: state, moves: {受理: [办理], 办理: [办结, 退回], 退回: [办理], 办结: []}}
    fields: {received_on: {needed: true, sort: date}, satisfaction: {sort: number, least: 0, most: 100}}
"""
UNITS = "unit,name\nT1,甲镇\nT2,乙镇\n"
HEADING = "ticket,handled_by,officer,received_on,due_on,closed_on,state,proof,satisfaction"
REQUESTS = f"""\
{HEADING}
001,T1,李,2023/1/2,2023-01-12,2023-01-10,办结,函1号,96
002,甲镇,王,2023-01-05,2023-01-15,,办理,,
003,T2,赵,2023-02-05,2023-02-20,,受理,,
"""


def write(root: Path, changed: Mapping[str, str | bytes | None] | None = None) -> Path:
    """Write the book below `root`, some files changed (None: left out), and return its folder."""
    files: dict[str, str | bytes | None] = {
        "scheme.yaml": SCHEME,
        "units.csv": UNITS,
        "ledgers/requests.csv": REQUESTS,
        **(changed or {}),
    }
    for name, content in files.items():
        if content is not None:
            path = root / "book" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root / "book"
