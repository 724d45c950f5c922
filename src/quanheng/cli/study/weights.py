"""`quanheng study weights`: what other ways to weigh do to every place."""

from quanheng.cli.study.plain import command_of
from quanheng.findings.text import Text

weights = command_of("weights", Text(en="weighing", zh="正在用各种方法赋权"))
