"""Ways in which people and attackers break a book, each with the code of the finding it must give."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping
from typing import Final, TypeAlias

from tests.data.books import GDP, HAZARDS, HISTORY, SCHEME, TARGETS, UNITS, sheet_of, workbook

Changes: TypeAlias = Mapping[str, str | bytes | None]
_MEBI: Final = 1024 * 1024


def bomb(size: int = 80 * _MEBI) -> bytes:
    """Return a workbook that is small on the disk and unpacks to `size` bytes of blanks."""
    return repacked(workbook({"Sheet1": [["unit", "gdp"]]}), {"xl/worksheets/sheet1.xml": b" " * size})


def far_corner() -> bytes:
    """Return a workbook of a few bytes whose one sheet has a cell in the last corner a sheet can have."""
    cells = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1"><v>1</v></c></row>'
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    return repacked(workbook({"Sheet1": [["unit"]]}), {"xl/worksheets/sheet1.xml": cells})


def repacked(content: bytes, parts: Mapping[str, bytes | None]) -> bytes:
    """Return the workbook `content` with other `parts` (None: left out)."""
    changed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = parts.get(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
        for name in parts.keys() - set(old.namelist()):
            new.writestr(name, parts[name] or b"")
    return changed.getvalue()


def understated(content: bytes, part: str, size: int) -> bytes:
    """Return the archive `content` in which `part` is said to unpack to `size` bytes only."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        real = archive.getinfo(part)
    lie = struct.pack("<L", size)
    truth = struct.pack("<LL", real.compress_size, real.file_size)
    return content.replace(truth, truth[:4] + lie)


WIDE_10_000 = "unit," + ",".join(f"c{number}" for number in range(10_000)) + "\nT1" + ",1" * 10_000
MERGED = workbook({"Sheet1": [["unit", "x", "y"], ["T1", 1, 2]]}, merged={"Sheet1": {"B1:C1": "gdp"}})

BREAKS: Final[Mapping[str, tuple[Changes, str]]] = {
    "a workbook that is none": ({"data/a.xlsx": b"this is no workbook"}, "QH310"),
    "a csv called workbook": ({"data/b.xlsx": GDP}, "QH310"),
    "an empty workbook": ({"data/c.xlsx": b""}, "QH307"),
    "a merged heading": ({"data/d.xlsx": MERGED}, "QH321"),
    "no units": ({"units.csv": None}, "QH303"),
    "an empty file": ({"data/e.csv": ""}, "QH307"),
    "a file of blanks": ({"data/f.csv": " \n \n"}, "QH307"),
    "two values for one cell": ({"data/g.csv": "unit,period,gdp\nT1,2023-Q3,91\nT1,2023-Q3,92\n"}, "QH410"),
    "text for a number": ({"data/h.csv": "unit,period,gdp\nT1,2023-Q3,many\n"}, "QH327"),
    "a formula error": ({"data/i.csv": "unit,period,gdp\nT1,2023-Q3,#DIV/0!\n"}, "QH327"),
    "text for a date": ({"data/j.csv": "unit,period,opened\nT1,2022,spring\n"}, "QH328"),
    "an unknown unit": ({"data/k.csv": "unit,period,gdp\nT9,2023-Q3,5\n"}, "QH401"),
    "an unknown item": ({"data/l.csv": "item,unit,period,value\ngpd,T1,2023-Q3,5\n"}, "QH402"),
    "an unknown group": ({"units.csv": UNITS.replace("parks", "park")}, "QH403"),
    "an unknown indicator": ({"targets.csv": TARGETS.replace("output", "outptu")}, "QH404"),
    "an unknown node": ({"adjustments.csv": "unit,kind,marks,reason,node\nT1,bonus,1,a,x\n"}, "QH405"),
    "an unknown kind": ({"adjustments.csv": "unit,kind,marks,reason\nT1,gift,1,a\n"}, "QH406"),
    "an unknown attribute": ({"units.csv": UNITS.replace("area", "aera")}, "QH407"),
    "a unit twice": ({"units.csv": UNITS + "T1,again,towns,1,x\n"}, "QH408"),
    "a target of zero": ({"targets.csv": TARGETS.replace("85", "0")}, "QH419"),
    "two targets": ({"targets.csv": TARGETS + "T1,output,2023,1,\nT1,output,2023,2,\n"}, "QH420"),
    "a round with no data": (
        {"data/gdp.csv": GDP.replace("2023", "2021"), "data/opened.csv": None},
        "QH414",
    ),
    "an item never reported": ({"data/opened.csv": None}, "QH413"),
    "10,000 columns": ({"data/m.csv": WIDE_10_000}, "QH314"),
    "a zip bomb": ({"data/n.xlsx": bomb()}, "QH311"),
    "a far corner": ({"data/o.xlsx": far_corner()}, "QH312"),
    "bytes that are no text": ({"data/p.csv": b"unit,gdp\n\xff\xff\xff,1\n"}, "QH308"),
    "a quote that never ends": ({"data/q.csv": 'unit,gdp\n"T1,1\n'}, "QH309"),
    "a row too long": ({"data/r.csv": "unit,gdp\nT1,5,6\n"}, "QH324"),
    "a strange period": ({"data/s.csv": "unit,period,gdp\nT1,soon,5\n"}, "QH329"),
    "an empty unit": ({"data/t.csv": "unit,period,gdp\n,2023-Q3,5\n"}, "QH331"),
    "no heading": ({"data/u.csv": "1,2,3\n4,5,6\n"}, "QH320"),
    "a heading twice": ({"data/v.csv": "unit,gdp,gdp\nT1,5,6\n"}, "QH322"),
    "no parquet": ({"data/w.parquet": b"PAR1 or not"}, "QH313"),
    "an old workbook cut off": ({"data/x.xls": bytes.fromhex("d0cf11e0a1b11ae1")}, "QH310"),
    "a web page called workbook": ({"data/x2.xls": b"<html><table></table></html>"}, "QH348"),
    "a table in json": ({"data/x3.json": b"[]"}, "QH316"),
    "an encoding that is two": ({"data/x4.csv": "unit,gdp,一\nT1,5,6\n".encode("gbk")}, "QH343"),
    "a separator that is two": ({"data/x5.csv": "unit,a;gdp\nT1,5;6\n"}, "QH344"),
    "a mark that swallows rows": ({"data/x6.csv": 'unit,n,gdp\nT1,"a,1\nT2,b",6\n'}, "QH345"),
    "a decimal sign that is two": ({"data/x7.csv": "unit;period;gdp\nT1;2023-Q2;6,125\n"}, "QH347"),
    "a row with another separator": ({"data/x8.csv": "unit,gdp\nT1,5\nT2;6\n"}, "QH351"),
    "two files for one table": ({"targets.xlsx": workbook({"a": sheet_of(TARGETS)})}, "QH319"),
    "no ledger": ({"ledgers/hazards.csv": None}, "QH422"),
    "a ledger without a column": ({"ledgers/hazards.csv": HAZARDS.replace("due_on", "due_at")}, "QH423"),
    "a record of nobody known": ({"ledgers/hazards.csv": HAZARDS.replace("T2", "T7")}, "QH401"),
    "text in a summed column": ({"ledgers/hazards.csv": HAZARDS.replace("12.5", "a lot")}, "QH327"),
    "text in a column of days": ({"ledgers/hazards.csv": HAZARDS.replace("2023-02-01", "soon")}, "QH328"),
    "a bonus below zero": ({"adjustments.csv": "unit,kind,marks,reason\nT1,bonus,-1,a\n"}, "QH425"),
    "marks left out": ({"adjustments.csv": "unit,kind,marks,reason\nT1,bonus,,a\n"}, "QH426"),
    "a round that is none": ({"history/spring.csv": HISTORY}, "QH329"),
    "no scheme": ({"scheme.yaml": None}, "QH302"),
    "weights that do not add up": ({"scheme.yaml": SCHEME.replace("weight: 30", "weight: 31")}, "QH2"),
    "an unknown function": ({"scheme.yaml": SCHEME.replace("gdp / land", "explode(gdp)")}, "QH1"),
}
"""By name: what is changed in the small book, and the code (or how it begins) of a finding this must give."""
