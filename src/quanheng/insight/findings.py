"""Kinds of findings that several questions tell."""

from __future__ import annotations

from typing import Final

from quanheng.findings.finding import Kind

TOO_FINE: Final = Kind(
    code="QH360",
    severity="error",
    en="the target of {indicator} for {unit} is {value}, which has more than {decimals} decimals",
    zh="{unit} 的 {indicator} 目标为 {value}，小数超过 {decimals} 位",
    hint_en="allow more decimals (--decimals), or round the target",
    hint_zh="请用 --decimals 增加小数位数，或先把目标取整",
)
TOO_MANY_DIGITS: Final = Kind(
    code="QH365",
    severity="error",
    en="the target of {indicator} for {unit} is {value}: with {decimals} decimals it has more than 15 digits",
    zh="{unit} 的 {indicator} 目标为 {value}，保留 {decimals} 位小数时超过 15 位有效数字",
    hint_en="take fewer decimals (--decimals)",
    hint_zh="请用 --decimals 减少小数位数",
)
