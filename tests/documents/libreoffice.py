"""Recalculating workbooks in LibreOffice headless, so that only what it computes itself can be read back."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

import python_calamine

Rows: TypeAlias = list[list[object]]
POISON = 987_654_321.0
"""What every formula shows before LibreOffice computes it: whoever reads it back read no computed number."""

_FORMULA = re.compile(r'<c r="([A-Z]+\d+)"( s="\d+")?(?: t="\w+")?>(<f[ >].*?</f>)<v>[^<]*</v></c>')
_RECALCULATE_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def recalculated(workbooks: Sequence[Path], work: Path) -> dict[str, dict[str, Rows]]:
    """Return the sheets of each of `workbooks` (by file name) as LibreOffice computes them.

    `work` is a folder of the test's own: LibreOffice gets a profile there, so that no setting of the machine
    counts, and copies in which every cached number is replaced by `POISON`.
    """
    profile, poisoned, computed = work / "profile", work / "poisoned", work / "computed"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_RECALCULATE_ALWAYS, encoding="utf-8")
    poisoned.mkdir()
    for workbook in workbooks:
        poison(workbook, poisoned / workbook.name)
    command = office_command(profile)
    files = [str(poisoned / workbook.name) for workbook in workbooks]
    subprocess.run(
        [*command, "--convert-to", "xlsx", "--outdir", str(computed), *files],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return {workbook.name: sheets_of(computed / workbook.name) for workbook in workbooks}


def office_command(profile: Path) -> list[str]:
    """Return how LibreOffice is called with the settings in `profile` alone."""
    office = shutil.which("soffice")
    assert office is not None, (
        "these tests need LibreOffice: install it with 'apt-get install libreoffice-calc'"
    )
    return [office, "--headless", "--norestore", f"-env:UserInstallation={profile.as_uri()}"]


def saved_by_libreoffice(workbook: Path, work: Path) -> None:
    """Let LibreOffice open `workbook` and save it in its place, as an office does; `work` is free."""
    command = [*office_command(work / "profile"), "--convert-to", "xlsx", "--outdir", str(work / "saved")]
    subprocess.run([*command, str(workbook)], check=True, capture_output=True, timeout=300)
    (work / "saved" / workbook.name).replace(workbook)


def poison(source: Path, target: Path) -> None:
    """Copy the workbook `source` to `target` with `POISON` as the cached number of every formula."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            content = old.read(entry)
            if entry.startswith("xl/worksheets/sheet"):
                text = content.decode("utf-8")
                text, count = _FORMULA.subn(rf'<c r="\1"\2>\3<v>{POISON:.0f}</v></c>', text)
                assert count == text.count("</f>"), f"{entry} has formulas that were not found"
                content = text.encode("utf-8")
            new.writestr(entry, content)


def sheets_of(workbook: Path) -> dict[str, Rows]:
    """Return the rows of each sheet of `workbook`, from A1 on; an empty cell is ""."""
    loaded = python_calamine.load_workbook(str(workbook))
    return {
        name: [list(row) for row in loaded.get_sheet_by_name(name).to_python(skip_empty_area=False)]
        for name in loaded.sheet_names
    }
