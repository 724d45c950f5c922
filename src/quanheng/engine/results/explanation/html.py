"""An explanation as nested lists that open and close, for a notebook or a page; every text is escaped."""

from __future__ import annotations

from quanheng.engine.results.explanation.explanation import Explanation
from quanheng.engine.results.explanation.text import details, headline
from quanheng.findings.text import Language
from quanheng.findings.visible import xml_text


def as_html(explanation: Explanation, language: Language) -> str:
    """Return the tree as nested `details` elements, the first level open."""
    opened = " open" if explanation.level == 0 else ""
    lines = "".join(f"<li>{xml_text(line.strip())}</li>" for line in details(explanation, language))
    children = "".join(as_html(child, language) for child in explanation.children)
    return (
        f"<details{opened}><summary>{xml_text(headline(explanation, language))}</summary>"
        f"<ul>{lines}</ul><div style='margin-left:1.5em'>{children}</div></details>"
    )
