"""The charts of boards: pictures with an address each, which a page shows, and their figures as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from quanheng.findings.errors import QuanhengError
from quanheng.process.rounds.people import Person
from quanheng.web.base.access import open_to
from quanheng.web.base.actor import actor_of
from quanheng.web.base.looks import language_now
from quanheng.web.boards.queries.places import places_of
from quanheng.web.boards.views.access import run_or_404
from quanheng.web.results.models import KeptRun
from quanheng.web.rounds.models import AskedUnit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from quanheng.studies.charts.chart import Chart

_NIGHT: Final = "dark"


def board_figures(run: KeptRun) -> list[dict[str, Any]]:
    """Return the charts of all units for the board, each with its addresses.

    Raises:
        FindingsError: a file of the run was changed.
    """
    from quanheng.web.boards.drawing import charts_of_board, told  # noqa: PLC0415  who shows a list computes nothing

    return [
        {
            "chart": drawn,
            "picture": reverse("board_picture", args=[run.round_id, drawn.name]),
            "page": reverse("board_chart", args=[run.round_id, drawn.name]) if drawn.is_long else "",
        }
        for drawn in told(charts_of_board(run), language_now())
    ]


def unit_figures(person: Person, run: KeptRun, unit: AskedUnit) -> list[dict[str, Any]]:
    """Return the charts of one unit for its board, each with its address.

    Raises:
        FindingsError: a file of the run was changed.
    """
    from quanheng.web.boards.drawing import told  # noqa: PLC0415  the same

    return [
        {"chart": drawn, "picture": reverse("own_picture", args=[run.round_id, unit.pk, drawn.name])}
        for drawn in told(_of_unit(person, run, unit), language_now())
    ]


@open_to("leader", "office")
@require_GET
def board_picture(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Send a chart of all units as a picture."""
    from quanheng.web.boards.drawing import charts_of_board  # noqa: PLC0415  the same

    run = run_or_404(request, pk)
    return _picture(request, lambda: charts_of_board(run), name)


@open_to("leader", "office")
@require_GET
def board_chart(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Show a chart of all units with its figures as a table."""
    run = run_or_404(request, pk)
    try:
        found = next((each for each in board_figures(run) if each["chart"].name == name), None)
    except QuanhengError:
        found = None
    if found is None:
        raise Http404
    return render(request, "boards/chart.html", {"run": run, "figure": found})


@open_to("unit")
@require_GET
def own_picture(request: HttpRequest, pk: int, unit: int, name: str) -> HttpResponse:
    """Send a chart of an own unit as a picture."""
    run = run_or_404(request, pk)
    person = actor_of(request).person
    own = (
        AskedUnit.objects.visible_to(person).filter(round=pk, unit__in=sorted(person.units), pk=unit).first()
    )
    if own is None:
        raise Http404
    return _picture(request, lambda: _of_unit(person, run, own), name)


def _of_unit(person: Person, run: KeptRun, unit: AskedUnit) -> Sequence[Chart]:
    from quanheng.web.boards.drawing import charts_of_unit  # noqa: PLC0415  the same

    code = str(unit.unit_id)
    return charts_of_unit(run, code, places_of(person, run, code))


def _picture(request: HttpRequest, charts: Callable[[], Sequence[Chart]], name: str) -> HttpResponse:
    from quanheng.web.boards.drawing import picture_of  # noqa: PLC0415  the same

    try:
        chart = next((each for each in charts() if each.name == name), None)
        if chart is None:
            raise Http404
        svg = picture_of(chart, language_now(), by_night=request.GET.get("look") == _NIGHT)
    except QuanhengError:  # the board itself tells what was changed
        raise Http404 from None
    return HttpResponse(svg, content_type="image/svg+xml; charset=utf-8")
