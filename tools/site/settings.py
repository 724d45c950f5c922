"""The settings of a site in one language, as its builder reads them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any, Final

from tools.site.pages import ROOT

from quanheng.findings.text import Language, Text

_NAME: Final = Text(en="quanheng 权衡", zh="权衡 quanheng")
_SAYS: Final = Text(
    en="Turns the figures of an assessment into scores that explain themselves.",
    zh="把考核数据变成能自我说明的得分。",
)
_SECTIONS: Final = (
    (Text(en="Learn", zh="学"), ("tutorial.md", "tutorial-year.md", "tutorial-defend.md")),
    (Text(en="Use the site", zh="用站点"), ("guides/*.md",)),
    (Text(en="Do", zh="做"), ("how-to/*.md",)),
    (Text(en="Examples", zh="示例"), ("examples.md", "notebooks/*.md")),
    (Text(en="Look up", zh="查"), ("reference/*.md", "glossary.md")),
    (Text(en="Rules", zh="计分规则"), ("reference/rules/*.md",)),
    (Text(en="Weights", zh="赋权"), ("reference/weights/*.md",)),
    (Text(en="Aggregation", zh="合成"), ("reference/aggregation/*.md",)),
    (Text(en="Gaps", zh="缺失处理"), ("reference/gaps/*.md",)),
    (Text(en="Treatment", zh="异常值处理"), ("reference/treatment/*.md",)),
    (Text(en="Studies", zh="研究"), ("reference/studies/*.md",)),
    (Text(en="Understand", zh="懂"), ("explanation/*.md",)),
    (Text(en="Decisions", zh="决定"), ("decisions/*.md",)),
    (Text(en="Project", zh="项目"), ("changes.md", "contributing.md")),
)
_TAG: Final = Text(en="en", zh="zh")


def settings_of(language: Language, pages: Sequence[PurePosixPath]) -> dict[str, Any]:
    """Return the settings of the site of `language` with its `pages`; folders are those of `build.py`."""
    return {
        "site_name": _NAME.in_language(language),
        "site_description": _SAYS.in_language(language),
        "docs_dir": language,
        "site_dir": f"site/{language}",
        "use_directory_urls": False,
        "nav": _navigation(language, pages),
        "extra_css": ["site.css"],
        "extra_javascript": ["site.js"],
        "extra": {"generator": False, "alternate": [_other(language)]},
        "theme": {
            "name": "material",
            "variant": "classic",
            "language": _TAG.in_language(language),
            "font": False,
            "custom_dir": "theme",
            "features": ["navigation.indexes", "navigation.prune", "search.highlight", "toc.follow"],
        },
        "plugins": [{"search": {"lang": _TAG.in_language(language)}}, {"mkdocstrings": _docstrings()}],
        "markdown_extensions": [
            "tables",
            "attr_list",
            {
                "toc": {
                    "permalink": False,
                    "slugify": {"object": "pymdownx.slugs.slugify", "kwds": {"case": "lower"}},
                }
            },
            {"pymdownx.highlight": {"use_pygments": True}},
            "pymdownx.superfences",
        ],
    }


def _navigation(language: Language, pages: Sequence[PurePosixPath]) -> list[dict[str, Any]]:
    waiting, found = [page for page in pages if page.name != "index.md" or page.parent.name], []
    home = Text(en="Home", zh="首页").in_language(language)
    for title, patterns in _SECTIONS:
        own = [page for pattern in patterns for page in waiting if _fits(page, pattern)]
        own.sort(key=lambda page: page.name != "index.md")
        waiting = [page for page in waiting if page not in own]
        found.append({title.in_language(language): [str(page) for page in own]})
    if waiting:
        raise ValueError(f"pages that no section of the site has: {waiting}")
    return [{home: "index.md"}, *found]


def _fits(page: PurePosixPath, pattern: str) -> bool:
    return page.match(pattern) and len(page.parts) == len(PurePosixPath(pattern).parts)


def _other(language: Language) -> dict[str, str]:
    other: Language = "en" if language == "zh" else "zh"
    return {
        "link": f"../{other}/index.html",
        "lang": other,
        "name": Text(en="English", zh="中文").in_language(other),
    }


def _docstrings() -> dict[str, Any]:
    options = {
        "show_root_heading": True,
        "show_source": False,
        "show_root_full_path": False,
        "members_order": "source",
        "separate_signature": True,
        "docstring_style": "google",
        "filters": ["!^_"],
        "heading_level": 2,
    }
    return {"handlers": {"python": {"paths": [str(ROOT / "src")], "options": options}}}
