"""`quanheng fonts`: which fonts of official papers are installed, and what is used instead."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from quanheng.cli.show import Column, Screen
from quanheng.findings.text import Text


def fonts(
    *,
    folders: Annotated[
        tuple[Path, ...],
        Parameter(name="--fonts"),
        Text(
            en="a folder with fonts of the office, beside those of QUANHENG_FONTS",
            zh="单位自有字体的文件夹，另有环境变量 QUANHENG_FONTS 所列",
        ),
    ] = (),
    screen: Annotated[Screen, Parameter(parse=False)],
) -> int:
    """Print for each kind of text the fonts it may be set in, which of them are there, and what is used."""
    from quanheng.documents.fonts.choice import check_fonts  # noqa: PLC0415  help needs no fonts
    from quanheng.documents.fonts.find import folders_in, installed_fonts  # noqa: PLC0415  the same
    from quanheng.documents.fonts.roles import ROLES  # noqa: PLC0415  the same

    with screen.working(Text(en="looking for fonts", zh="正在查找字体")):
        found = installed_fonts((*folders, *folders_in(os.environ, os.pathsep)))
    there = {font.family.casefold() for font in found.installed}
    columns = (
        Column(heading=Text(en="for", zh="用途")),
        Column(heading=Text(en="font", zh="字体")),
        Column(heading=Text(en="installed", zh="已安装")),
        Column(heading=Text(en="used", zh="采用")),
        Column(heading=Text(en="Debian package", zh="软件包（Debian）")),
    )
    yes = screen.choose(Text(en="yes", zh="是"))
    rows, records = [], []
    for faces in ROLES:
        chosen = found.chosen[faces.role]
        for number, face in enumerate(faces.faces):
            installed = face.family.casefold() in there
            used = chosen is not None and chosen.face == face
            role = screen.choose(faces.name) if number == 0 else ""
            marks = [yes if mark else "" for mark in (installed, used)]
            rows.append((role, face.family, *marks, face.package))
            records.append(
                {
                    "for": faces.role,
                    "font": face.family,
                    "weight": face.weight,
                    "installed": installed,
                    "used": used,
                    "package": face.package or None,
                }
            )
    findings = tuple(check_fonts(found, strict=False))
    screen.table(columns, rows)
    screen.text("")
    screen.findings(findings, answer=True)
    screen.say(
        Text(
            en="Fonts of your own: put them into a folder and name it with --fonts or QUANHENG_FONTS",
            zh="单位自有字体：放入一个文件夹，用 --fonts 或环境变量 QUANHENG_FONTS 指明",
        )
    )
    screen.record(
        {"fonts": records, "findings": [finding.as_record(screen.language) for finding in findings]}
    )
    return 0
