"""Programs of others that check a PDF: one reads it aloud, one is an archive's."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Final

_JARS: Final = Path("/usr/share/java")
_NEEDED: Final = (
    "preflight",
    "pdfbox2",
    "fontbox2",
    "xmpbox",
    "commons-logging",
    "javax.activation",
    "jaxb-api",
)


def faults_read_aloud(file: Path) -> list[str]:
    """Return what is against PDF/UA-1 and WCAG 2.2 by `outloud`, whose warnings are guesses and left out.

    It warns of each table that goes over pages, since it looks for a table's place on its first page alone.
    """
    report = file.with_name("aloud.json")
    command = [sys.executable, "-m", "outloud.cli", str(file), "--json", str(report)]
    subprocess.run(command, capture_output=True, check=False)
    (told,) = json.loads(report.read_text("utf-8"))["results"]
    assert told["error"] is None
    assert told["stats"]["pages"]
    return [finding["rule"] for finding in told["findings"] if finding["severity"] == "error"]


def faults_in_the_archive(file: Path) -> list[str]:
    """Return what is against PDF/A-1b by PDFBox preflight; it knows no later part of the standard."""
    jars = ":".join(str(_JARS / f"{name}.jar") for name in _NEEDED)
    command = ["java", "-cp", jars, "org.apache.pdfbox.preflight.Validator_A1b", str(file)]
    done = subprocess.run(command, capture_output=True, check=False)
    lines = done.stdout.decode(errors="replace").split("\n")
    lines = [line for line in lines if line]
    assert lines, done.stderr.decode(errors="replace")
    return [] if lines == [f"The file {file.name} is a valid PDF/A-1b file"] else lines
