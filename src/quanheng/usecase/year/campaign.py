"""A campaign on a day: its milestones, and what became of the indicators it should move."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from quanheng.data.load import load_early
from quanheng.findings.nearest import no_such
from quanheng.findings.text import Text
from quanheng.insight.campaign.campaign import CampaignState, campaign_on
from quanheng.scheme.ledgers.ledger import Campaign
from quanheng.scheme.tree.scheme import Scheme


def campaign(path: Path, name: str, *, on: dt.date, as_of: dt.date | None = None) -> CampaignState:
    """Return how the campaign with this code or name stands on the day `on` in the book at `path`.

    Raises:
        FindingsError: the book has errors.
        UsageError: there is no such campaign; the message offers the nearest.
    """
    book = load_early(path, as_of=as_of)
    return campaign_on(book, _called(book.scheme, name), on=on, soon=book.scheme.due_soon)


def _called(scheme: Scheme, name: str) -> Campaign:
    for known in scheme.campaigns:
        if name in (known.code, known.name.zh, known.name.en):
            return known
    raise no_such(Text(en="campaign", zh="专项行动"), name, [known.code for known in scheme.campaigns])
