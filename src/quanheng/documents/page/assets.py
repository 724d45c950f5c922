"""The page's own script and styles, small files joined in order, and the policy that lets only them run."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import Final

_SCRIPTS: Final = (
    *("scoring/rounding.js", "scoring/means.js", "scoring/tree.js", "scoring/places.js"),
    *("basics/data.js", "basics/numbers.js", "basics/elements.js", "basics/state.js", "basics/downloads.js"),
    *("basics/parts.js", "basics/model.js"),
    *("charts/drawing.js", "charts/waterfall.js", "charts/slopes.js", "charts/columns.js"),
    *("charts/profile.js", "charts/icicle.js"),
    *(
        "views/ranking.js",
        "views/trial.js",
        "views/unit.js",
        "views/lights.js",
        "views/others.js",
        "views/about.js",
    ),
    *("views/settings.js", "main.js"),
)
_STYLES: Final = ("base", "layout", "tables", "care", "print")


@cache
def asset(name: str) -> str:
    """Return the text of one of the page's files."""
    return (files("quanheng.documents.page") / "assets" / name).read_text(encoding="utf-8")


@cache
def script() -> str:
    """Return the script of the page, nothing of it seen from outside but `quanheng`."""
    joined = "\n".join(asset(name) for name in _SCRIPTS)
    return f'(() => {{\n"use strict";\n{joined}}})();\n'


@cache
def style() -> str:
    """Return the styles of the page."""
    return "\n".join(asset(f"styles/{name}.css") for name in _STYLES)


def policy() -> str:
    """Return what a browser lets the page do: run this script, use these styles, and nothing else."""
    return (
        "default-src 'none'; "
        f"script-src '{_hash(script())}'; style-src '{_hash(style())}'; "
        "img-src data:; connect-src 'none'; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode('ascii')}"
