"""The pages of the toolbox: one for each tool in each language, and an index. Every example is run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from quanheng.findings.text import Language
from quanheng.scheme.toolbox import TOOLS
from quanheng.scheme.tools.tool import FAMILIES, Example, Tool
from quanheng.usecase.books.try_out import Outcome, try_out

_DECIMALS: Final = 4
_WORDS: Final[Mapping[Language, Mapping[str, str]]] = {
    "en": {
        "title": "# The toolbox",
        "about": "Every rule, weight method, aggregation, gap policy and treatment. `quanheng rules NAME` "
        "shows the same on the command line.",
        "formula": "## Formula",
        "use": "## When to use it",
        "options": "## Options",
        "options head": "| option | default | meaning |",
        "example": "## Example",
        "points head": "| unit | points | place |",
        "weights head": "| child | weight |",
        "result": "Result:",
        "findings": "Nothing is scored; the findings are:",
        "sources": "## Sources",
    },
    "zh": {
        "title": "# 工具箱",
        "about": "全部计分规则、赋权方法、合成方法、缺失处理和异常值处理。命令行 `quanheng rules 名称` 显示"
        "同样内容。",
        "formula": "## 公式",
        "use": "## 何时使用",
        "options": "## 参数",
        "options head": "| 参数 | 默认 | 含义 |",
        "example": "## 示例",
        "points head": "| 单位 | 得分 | 位次 |",
        "weights head": "| 下级 | 权重 |",
        "result": "结果：",
        "findings": "不计分，检查发现如下：",
        "sources": "## 出处",
    },
}


def toolbox_pages() -> Mapping[str, str]:
    """Return the pages by their path below `docs/reference`."""
    pages = {"toolbox.md": _index("en"), "toolbox.zh.md": _index("zh")}
    for tool in TOOLS:
        outcomes = [try_out(example) for example in tool.examples]
        pages[f"{tool.family}/{tool.name}.md"] = _page(tool, outcomes, "en")
        pages[f"{tool.family}/{tool.name}.zh.md"] = _page(tool, outcomes, "zh")
    return pages


def _index(language: Language) -> str:
    words = _WORDS[language]
    ending = ".zh.md" if language == "zh" else ".md"
    blocks = [words["title"], words["about"]]
    for family, title in FAMILIES.items():
        blocks.append(f"## {title.in_language(language)}")
        tools = [tool for tool in TOOLS if tool.family == family]
        lines = (
            f"- [`{tool.name}`]({family}/{tool.name}{ending}) {tool.title.in_language(language)}"
            for tool in tools
        )
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def _page(tool: Tool, outcomes: list[Outcome], language: Language) -> str:
    return "\n\n".join(_blocks(tool, outcomes, language)) + "\n"


def _lines(formula: str) -> str:
    """Return each part of a formula on a line of its own."""
    return formula.replace(";  ", "\n").replace("；  ", "\n")


def _blocks(tool: Tool, outcomes: list[Outcome], language: Language) -> Iterator[str]:
    words = _WORDS[language]
    yield f"# `{tool.name}` {tool.title.in_language(language)}"
    yield f"```yaml\n{tool.written}\n```"
    yield words["formula"]
    yield "```text\n" + _lines(tool.formula.in_language(language)) + "\n```"
    if tool.note.in_language(language):
        yield tool.note.in_language(language)
    yield words["use"]
    yield tool.use.in_language(language)
    if tool.options:
        yield words["options"]
        rows = (
            f"| `{option.name}` | {_code(option.default)} | {option.meaning.in_language(language)} |"
            for option in tool.options
        )
        yield "\n".join((words["options head"], "| --- | --- | --- |", *rows))
    for at, (example, outcome) in enumerate(zip(tool.examples, outcomes, strict=True), start=1):
        yield words["example"] + (f" {at}" if len(tool.examples) > 1 else "")
        yield example.shows.in_language(language)
        yield from _files(example)
        yield from _outcome(example, outcome, language)
    if tool.sources:
        yield words["sources"]
        yield "\n".join(f"- {source}" for source in tool.sources)


def _files(example: Example) -> Iterator[str]:
    for name, text in example.files.items():
        if name != "units.csv":
            yield f"`{name}`"
            yield f"```{'yaml' if name.endswith('.yaml') else 'csv'}\n{text.rstrip()}\n```"


def _outcome(example: Example, outcome: Outcome, language: Language) -> Iterator[str]:
    words = _WORDS[language]
    if outcome.findings:
        yield words["findings"]
        yield "```text\n" + "\n".join(finding.text(language) for finding in outcome.findings) + "\n```"
        return
    yield words["result"]
    if example.shares:
        rows = (f"| {node} | {share:.{_DECIMALS}f} |" for node, share in outcome.shares)
        yield "\n".join((words["weights head"], "| --- | ---: |", *rows))
    units = (f"| {each.unit} | {_number(each.points)} | {each.place or ''} |" for each in outcome.units)
    yield "\n".join((words["points head"], "| --- | ---: | ---: |", *units))


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.{_DECIMALS}f}"


def _code(text: str) -> str:
    return text if text == "—" else f"`{text}`"
