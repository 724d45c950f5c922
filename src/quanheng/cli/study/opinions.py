"""`quanheng study opinions`: what other methods would say of the same data."""

from quanheng.cli.study.plain import command_of
from quanheng.findings.text import Text

opinions = command_of("opinions", Text(en="asking the methods", zh="正在用各种方法排序"))
