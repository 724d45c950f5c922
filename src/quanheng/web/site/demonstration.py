"""A site to try things out: the units of the invented district, and a person for each role.

Everybody knows its password, so that such a site is reached from its own machine only and asks for no second
factor; every page says what it is.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from quanheng.examples import path_of_example
from quanheng.findings.errors import UsageError
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.process.rounds.people import Person, Role
from quanheng.web.site.folder import SiteFolder

EXAMPLE: Final = "district-2023"
PASSWORD: Final = "quanheng-demonstration"  # noqa: S105  of invented people, on this machine only
_OPTIONS: Final = """\
# An invented site to try things out. It is reached from this machine only and asks for no second factor.
name = "权衡演示"
demonstration = true
"""


class DemonstrationPerson(Value):
    """Somebody invented."""

    code: str
    name: str
    role: Role
    unit: str = ""


PEOPLE: Final = (
    DemonstrationPerson(code="admin", name="管甲", role="administrator"),
    DemonstrationPerson(code="office", name="考乙", role="office"),
    DemonstrationPerson(code="reporter", name="填丙", role="reporter"),
    DemonstrationPerson(code="unit", name="街丁", role="unit", unit="T01"),
    DemonstrationPerson(code="leader", name="领戊", role="leader"),
    DemonstrationPerson(code="auditor", name="审己", role="auditor"),
)
_CODES: Final = tuple(person.code for person in PEOPLE)
SAID: Final = Text(
    zh=f"演示站点：登录名 {'、'.join(_CODES)}，密码均为 {PASSWORD}",
    en=f"A demonstration: sign in as {', '.join(_CODES)}, the password is {PASSWORD}",
)


def require_demonstration(folder: Path) -> None:
    """Make a new folder the folder of a demonstration.

    Raises:
        UsageError: a site is kept there already that is none.
    """
    site = SiteFolder(path=folder.resolve())
    if site.options.is_file() and "demonstration = true" in site.options.read_text(encoding="utf-8"):
        return
    if site.is_site or (site.path.exists() and any(site.path.iterdir())):
        raise UsageError(
            f"{folder} is no demonstration; name a new folder for one",
            f"{folder} 不是演示站点；请另指定一个新文件夹",
        )
    site.path.mkdir(parents=True, exist_ok=True, mode=0o700)
    site.options.write_text(_OPTIONS, encoding="utf-8")


def lay_demonstration(*, at: dt.datetime) -> None:
    """Make the units, the people and the open round of the demonstration, unless they are there."""
    from quanheng.web.base.actor import THE_PROGRAM  # noqa: PLC0415  after Django has its settings
    from quanheng.web.people.domain.accounts import Particulars  # noqa: PLC0415  the same
    from quanheng.web.people.domain.demonstration import add_invented  # noqa: PLC0415  the same

    with (path_of_example(EXAMPLE) / "units.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    units = {row["unit"]: row["name"] for row in rows}
    people = [
        Particulars(
            code=person.code,
            name=person.name,
            roles=frozenset({person.role}),
            units=frozenset({person.unit} if person.unit else ()),
        )
        for person in PEOPLE
    ]
    add_invented(by=THE_PROGRAM, at=at, units=units, people=people, password=PASSWORD)
    _lay_round([(row["unit"], row["name"], row["group"]) for row in rows], at=at)


_ROUND: Final = "2023-Q1"
_DAYS: Final = 30
"""So many days there are to try the reporting out."""


def _lay_round(units: Sequence[tuple[str, str, str]], *, at: dt.datetime) -> None:
    """Keep the scheme, and open a round of it in which everything is asked of the one reporter."""
    from quanheng.web.base.actor import Actor  # noqa: PLC0415  after Django has its settings
    from quanheng.web.library.domain.versions import keep_version  # noqa: PLC0415  the same
    from quanheng.web.library.models import Version  # noqa: PLC0415  the same
    from quanheng.web.library.reading import ListedUnit  # noqa: PLC0415  the same
    from quanheng.web.rounds.domain.rounds import Plan, make_round, move_round  # noqa: PLC0415  the same
    from quanheng.web.rounds.domain.tasks import Wish, assign  # noqa: PLC0415  the same
    from quanheng.web.rounds.models import AskedItem, KeptRound  # noqa: PLC0415  the same

    office = Actor(person=Person(code="office", roles=frozenset({"office"})))
    versions = Version.objects.for_the_program()
    if not versions.exists():
        text = (path_of_example(EXAMPLE) / "scheme.yaml").read_text(encoding="utf-8")
        listed = tuple(ListedUnit(code=code, name=name, group=group) for code, name, group in units)
        keep_version(by=office, at=at, text=text, units=listed, file="scheme.yaml", seen=0)
    if KeptRound.objects.for_the_program().exists():
        return
    plan = Plan(
        code=_ROUND,
        title="2023年一季度（演示）",
        scheme=versions.latest("number").pk,
        period=_ROUND,
        due=at + dt.timedelta(days=_DAYS),
        units=frozenset(code for code, _, _ in units),
    )
    kept = make_round(by=office, at=at, plan=plan)
    items = AskedItem.objects.for_the_program().filter(round=kept).values_list("code", flat=True)
    wish = Wish(items=frozenset(items), units=plan.units, reporter="reporter")
    assign(by=office, at=at, pk=kept.pk, wishes=(wish,))
    move_round(by=office, at=at, pk=kept.pk, move="open")
