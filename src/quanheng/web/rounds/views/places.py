"""What forms of figures carry: the names of figures, and the versions that were before the eyes."""

from __future__ import annotations

import json

from django.http import HttpRequest

from quanheng.web.library.views.versions import whole_number
from quanheng.web.rounds.domain.figures import Place


def place_of(name: str) -> Place | None:
    """Return the keys of the item and unit that a name stands for, as in `3.12`; None if for none."""
    item, point, unit = name.partition(".")
    place = whole_number(item), whole_number(unit)
    return place if point and all(place) else None


def seen_of(request: HttpRequest) -> dict[Place, int]:
    """Return the version of each figure that a form was shown with; what is spoilt is left out."""
    try:
        told = json.loads(request.POST.get("seen", "{}"))
    except (ValueError, RecursionError):
        return {}
    if not isinstance(told, dict):
        return {}
    places = {name: place_of(name) for name in told}
    return {place: told[name] for name, place in places.items() if place and isinstance(told[name], int)}
