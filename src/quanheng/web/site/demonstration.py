"""A site to try things out: the units of the invented district, and a person for each role.

Everybody knows its password, so that such a site is reached from its own machine only and asks for no second
factor; every page says what it is.
"""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import Final

from quanheng.examples import path_of_example
from quanheng.findings.errors import UsageError
from quanheng.findings.text import Text
from quanheng.findings.value import Value
from quanheng.process.rounds.people import Role
from quanheng.web.site.kept.folder import SiteFolder

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
    from quanheng.web.rounds.domain.demonstration import lay_round  # noqa: PLC0415  the same

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
    scheme = (path_of_example(EXAMPLE) / "scheme.yaml").read_text(encoding="utf-8")
    lay_round(scheme, [(row["unit"], row["name"], row["group"]) for row in rows], at=at)
