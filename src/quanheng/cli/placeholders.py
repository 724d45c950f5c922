"""What stands for a value in help and messages: `BOOK`, `--round STR`; in Chinese a Chinese word."""

from __future__ import annotations

from typing import Final

from quanheng.findings.text import Language, Text

_MANY: Final = "..."
"""What cyclopts writes behind a word that may be given more than once."""
_ALL: Final = (
    Text(en="COMMAND", zh="命令"),
    Text(en="[OPTIONS]", zh="[选项]"),
    Text(en="[ARGS]", zh="[参数]"),
    Text(en="STR", zh="文字"),
    Text(en="INT", zh="整数"),
    Text(en="FLOAT", zh="数"),
    Text(en="DATE", zh="日期"),
    Text(en="CHOICE", zh="选项"),
    Text(en="PATH", zh="路径"),
    Text(en="BOOK", zh="考核册"),
    Text(en="RESULT", zh="结果"),
    Text(en="SOURCE", zh="来源"),
    Text(en="TARGET", zh="去处"),
    Text(en="FOLDER", zh="文件夹"),
    Text(en="FILE", zh="文件"),
    Text(en="UNIT", zh="单位"),
    Text(en="NODE", zh="节点"),
    Text(en="INDICATOR", zh="指标"),
    Text(en="LEDGER", zh="台账"),
    Text(en="CODE", zh="代码"),
    Text(en="NAME", zh="名称"),
    Text(en="UPPER", zh="上级"),
)
_BY_WORD: Final = {text.en: text for text in _ALL}


def placeholder(word: str) -> Text:
    """Return what stands for a value where cyclopts writes `word`; any other word stays as it is.

    Examples:
        >>> placeholder("BOOK").zh, placeholder("STR...").zh, placeholder("--round").zh
        ('考核册', '文字...', '--round')
    """
    bare = word.removesuffix(_MANY)
    known = _BY_WORD.get(bare)
    return Text(en=word, zh=word if known is None else known.zh + word[len(bare) :])


def with_placeholders(line: str, language: Language) -> str:
    """Return `line` with each word that stands for a value in `language`.

    Examples:
        >>> with_placeholders("quanheng score [OPTIONS] BOOK", "zh")
        'quanheng score [选项] 考核册'
    """
    return " ".join(placeholder(word).in_language(language) for word in line.split(" "))
