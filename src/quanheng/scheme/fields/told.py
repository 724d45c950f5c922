"""Keys and values of a scheme as findings tell them: `kind`, and in Chinese 数据类型（kind）.

Where a person fills in a workbook, the finding leaves out what stands in the brackets.
"""

from __future__ import annotations

from collections.abc import Iterable

from quanheng.findings.nearest import suggestion
from quanheng.findings.text import Text
from quanheng.scheme.fields.key_words import word_of
from quanheng.scheme.fields.lines import Path
from quanheng.scheme.fields.value_words import word_of_value


def told_key(key: str, above: Path = ()) -> Text:
    """Return a key, or a key with its value, for a finding.

    Examples:
        >>> told_key("kind").zh, told_key("compare: difference").zh, told_key("bands[2]").zh
        ('数据类型（kind）', '比较方式：差值（compare: difference）', '区间插值法（bands[2]）')
        >>> told_key("kind").en
        'kind'
    """
    name, _, value = key.partition(": ")
    bare, bracket, _ = name.partition("[")
    word = word_of(bare, above)
    if word == bare:
        return Text(en=key, zh=key)
    said = f"{word}：{word_of_value(bare, value)}" if value and not bracket else word
    return Text(en=key, zh=f"{said}（{key}）")


def told_value(key: str, value: str) -> Text:
    """Return what a key says for a finding.

    Examples:
        >>> told_value("direction", "less").zh
        '越小越好（less）'
    """
    word = word_of_value(key, value)
    return Text(en=value, zh=value if word == value else f"{word}（{value}）")


def suggested_keys(word: str, keys: Iterable[str], above: Path = ()) -> dict[str, Text]:
    """Return the fact `suggest`: the nearest of `keys`, or what there is, in the words of each language."""
    known = tuple(keys)
    chinese = suggestion(word, [word_of(key, above) for key in known])["suggest"].zh
    english = suggestion(word, known)["suggest"]
    near = english.en.startswith("did you mean")
    return {"suggest": Text(en=english.en, zh=english.zh if near else chinese)}


def suggested_values(key: str, word: str, values: Iterable[str]) -> dict[str, Text]:
    """Return the fact `suggest`: the nearest of `values`, or what there is, in the words of each language."""
    known = tuple(values)
    chinese = suggestion(word, [word_of_value(key, value) for value in known])["suggest"].zh
    english = suggestion(word, known)["suggest"]
    near = english.en.startswith("did you mean")
    return {"suggest": Text(en=english.en, zh=english.zh if near else chinese)}
