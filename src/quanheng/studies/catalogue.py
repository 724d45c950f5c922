"""The studies there are: what each asks, and where it is. They are equals: none knows another."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, cast

from quanheng.findings.errors import UsageError
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.studies.form import StudyForm

if TYPE_CHECKING:
    from collections.abc import Callable

    from quanheng.data.book.book import Book
    from quanheng.studies.study import Study


class Entry(Value):
    """A study of one book: what it asks, and its module, which has `FORM` and `run`.

    The module is imported when the study is wanted.
    """

    asks: Text
    module: str
    takes_more_for_better: bool = False
    """Whether it has no answer for a scheme in which the lowest total is first."""

    @property
    def form(self) -> type[StudyForm]:
        """The form of its settings; all of them have defaults."""
        return cast("type[StudyForm]", importlib.import_module(self.module).FORM)

    @property
    def run(self) -> Callable[[Book, StudyForm], Study]:
        """The function that makes the study of a book whose round is the one that is meant."""
        made = cast("Callable[[Book, StudyForm], Study]", importlib.import_module(self.module).run)
        return _of_highest_first(made) if self.takes_more_for_better else made


def _of_highest_first(made: Callable[[Book, StudyForm], Study]) -> Callable[[Book, StudyForm], Study]:
    """Return the function of a study that refuses a scheme in which the lowest total is first."""

    def checked(book: Book, settings: StudyForm) -> Study:
        if book.scheme.lowest_first:
            raise UsageError(
                "this study takes a higher total for a better one, and the scheme has the lowest first",
                "这项研究以总分高为优，而方案低分在前",
            )
        return made(book, settings)

    return checked


STUDIES: Final[Mapping[str, Entry]] = {
    "robustness": Entry(
        asks=Text(en="how far can the places be trusted", zh="排名有多可信"),
        module="quanheng.studies.robustness.study",
    ),
    "audit": Entry(
        asks=Text(
            en="whether a scheme measures what it means to, and what it makes worth doing",
            zh="方案是否考到了想考的，又在激励什么",
        ),
        module="quanheng.studies.audit.study",
        takes_more_for_better=True,
    ),
    "alignment": Entry(
        asks=Text(
            en="our scheme beside that of the level above: what is answered for, what pulls apart, what pays",
            zh="对标：与上级方案对照，哪些有承接、哪里权重不同、谁的努力最值",
        ),
        module="quanheng.studies.alignment.study",
        takes_more_for_better=True,
    ),
    "balance": Entry(
        asks=Text(
            en="what a place or a tier would take, and the best way to it",
            zh="统筹兼顾：达到某位次、等次要什么，怎样最合算",
        ),
        module="quanheng.studies.balance.study",
        takes_more_for_better=True,
    ),
    "backtest": Entry(
        asks=Text(
            en="what the scheme would have ranked in earlier rounds, and how stable its places are",
            zh="按现方案，以前各期会怎样排名，位次是否稳定",
        ),
        module="quanheng.studies.backtest.study",
    ),
    "compare": Entry(
        asks=Text(en="what moved each unit, cause by cause", zh="各单位变动由哪些原因造成"),
        module="quanheng.studies.compare.study",
    ),
    "weights": Entry(
        asks=Text(
            en="what other ways to weigh do to every place", zh="换用其他赋权方法，各单位的位次会怎样变动"
        ),
        module="quanheng.studies.weights.study",
    ),
    "opinions": Entry(
        asks=Text(
            en="what other methods would say of the same data", zh="换用其他评价方法，同样的数据会怎样排序"
        ),
        module="quanheng.studies.opinions.study",
        takes_more_for_better=True,
    ),
}
"""By the word of the command."""
