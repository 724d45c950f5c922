"""The figures reported about a unit, each with what the unit said of it; the doubts, for the office."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from django.db.models import F, QuerySet

from quanheng.findings.value import Value
from quanheng.process.rounds.people import Person
from quanheng.web.boards.domain.saying import SAID_IN
from quanheng.web.boards.models import Word
from quanheng.web.boards.models.word import DOUBTED
from quanheng.web.rounds.models import AskedUnit, Cell, Change


class OwnFigure(Value):
    """An accepted figure of a unit, and the last word of the unit on this version of it."""

    cell: Cell
    word: Word | None

    @property
    def is_open(self) -> bool:
        """Whether the unit has said nothing of it yet."""
        return self.word is None


def own_figures(person: Person, of: AskedUnit) -> tuple[OwnFigure, ...]:
    """Return the accepted figures of a unit in the order of the scheme, as far as `person` may see them."""
    cells = Cell.objects.visible_to(person).filter(unit=of, state="accepted").select_related("item")
    said = Word.objects.visible_to(person).filter(change__unit=of).select_related("change")
    words = {(word.change.item_id, word.change.version): word for word in said}
    figures = [OwnFigure(cell=cell, word=words.get((cell.item_id, cell.version))) for cell in cells]
    return tuple(sorted(figures, key=lambda figure: figure.cell.item.place))


def open_figures(person: Person) -> Counter[int]:
    """Return of each round that goes on of how many accepted own figures nothing was said yet."""
    cells = Cell.objects.visible_to(person).filter(
        state="accepted", unit__unit__in=sorted(person.units), round__state__in=SAID_IN
    )
    said = Word.objects.visible_to(person).filter(change__round__state__in=SAID_IN)
    known = set(said.values_list("change__item", "change__unit", "change__version"))
    places = cells.values_list("round", "item", "unit", "version")
    return Counter(kept for kept, *place in places if tuple(place) not in known)


def doubts_by_round(person: Person, rounds: Collection[int]) -> Counter[int]:
    """Return of each of some rounds, given by their keys, how many figures units doubt as they stand."""
    said = Word.objects.visible_to(person).filter(change__round__in=rounds, change__words__kind=DOUBTED)
    last = dict(said.order_by("at", "pk").values_list("change", "kind"))
    doubted = [change for change, kind in last.items() if kind == DOUBTED]
    return Counter(_standing(person, doubted).values_list("round", flat=True))


def doubts_in(person: Person, pk: int) -> tuple[Word, ...]:
    """Return what units doubt of the figures of a round, of those that are not another version by now."""
    said = Word.objects.visible_to(person).filter(change__round=pk)
    said = said.select_related("change__item", "change__unit__unit").order_by("at", "pk")
    last = {word.change_id: word for word in said}
    here = set(_standing(person, list(last)).values_list("pk", flat=True))
    return tuple(word for change, word in last.items() if word.kind == DOUBTED and change in here)


def _standing(person: Person, changes: Collection[int]) -> QuerySet[Change]:
    """Return those of `changes`, given by their keys, that are the figures as they stand."""
    same = {"unit__cells__item": F("item"), "unit__cells__version": F("version")}
    return Change.objects.visible_to(person).filter(pk__in=changes, **same).order_by()
