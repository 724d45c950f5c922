"""What is done with publications, as the log and the pages call it."""

from __future__ import annotations

from typing import Final

from quanheng.findings.text import Text

MAKE: Final = "publication.make"
"""The kind of work in the background."""
MAKING: Final = Text(zh="生成发布文件", en="make what is published")
ACTIONS: Final = {
    "publication.ask": Text(zh="准备发布", en="ask for a publication to be made"),
    "publication.keep": Text(zh="保存发布文件", en="keep a publication"),
    "publication.plan": Text(zh="定时发布", en="plan a publication"),
    "publication.drop": Text(zh="放弃发布", en="drop a publication"),
    "publication.publish": Text(zh="对外发布", en="publish"),
}
