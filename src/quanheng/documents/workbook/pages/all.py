"""All pages of a workbook, in their order, each with a name that no other sheet has."""

from __future__ import annotations

from quanheng.documents.sheet_names import SheetNames
from quanheng.documents.workbook.draft.draft import SHEETS, Draft
from quanheng.documents.workbook.pages.contents import contents_page
from quanheng.documents.workbook.pages.evidence import MOST_STEPS, findings_page, trace_page
from quanheng.documents.workbook.pages.facts import Facts
from quanheng.documents.workbook.pages.groups import group_page
from quanheng.documents.workbook.pages.page import Page
from quanheng.documents.workbook.pages.units import chooser_page, unit_page
from quanheng.findings.value import Value

MOST_UNIT_PAGES = 60
"""Of more units each would be hard to find: one is chosen on a page."""
MOST_GROUP_PAGES = 60
"""More groups have no page each."""
MOST_UNITS = 20_000
"""Of more units there are no pages: they would take more memory than all the rest."""


class Pages(Value):
    """The pages in front of the sheets of formulas: the contents, then all others but the ranking."""

    contents: Page
    groups: tuple[Page, ...]
    units: tuple[Page, ...]
    evidence: tuple[Page, ...]


def pages_of(draft: Draft, *, complete: bool) -> Pages:
    """Return the pages of a workbook.

    A `complete` one has a page for each unit, as long as there are not too many, and the trace; another has
    one page on which a unit is chosen.
    """
    names = SheetNames(tuple(draft.say(f"sheet.{sheet}") for sheet in SHEETS))
    contents, facts = names.given(draft.say("page.contents")), Facts(draft)
    called = {
        group.code: group.name.in_language(draft.language) or group.code for group in draft.scheme.groups
    }
    fixed = {word: names.given(draft.say(f"page.{word}")) for word in ("units", "findings", "trace")}
    small = len(draft.rows.units) <= MOST_UNITS
    listed_groups = draft.rows.groups if small and len(draft.rows.groups) <= MOST_GROUP_PAGES else {}
    of_groups = {group: names.given(called[group]) for group in listed_groups}
    every = complete and len(draft.rows.units) <= MOST_UNIT_PAGES
    links = (
        {
            at: names.given(name or unit)
            for at, (unit, name) in enumerate(zip(draft.rows.units, draft.rows.names, strict=True))
        }
        if every
        else {}
    )
    groups = tuple(
        group_page(draft, facts, group, name, contents, links) for group, name in of_groups.items()
    )
    if every:
        units = tuple(unit_page(draft, facts, at, name, contents) for at, name in links.items())
    else:
        units = (chooser_page(draft, facts, fixed["units"], contents),) if small and draft.rows.units else ()
    evidence = [findings_page(draft, fixed["findings"], contents)]
    remarks = [] if of_groups else [draft.say("page.no_groups", units=MOST_UNITS, groups=MOST_GROUP_PAGES)]
    if complete:
        trace = trace_page(draft, fixed["trace"], contents)
        if trace is None:
            remarks.append(draft.say("page.no_trace", most=f"{MOST_STEPS:,}"))
        else:
            evidence.append(trace)
    listed = (*groups, *units, *evidence)
    return Pages(
        contents=contents_page(draft, contents, listed, remarks),
        groups=groups,
        units=units,
        evidence=tuple(evidence),
    )
