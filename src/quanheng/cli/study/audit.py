"""`quanheng study audit`: whether a scheme measures what it means to, and what it makes worth doing."""

from quanheng.cli.study.plain import command_of
from quanheng.findings.text import Text

audit = command_of("audit", Text(en="auditing", zh="正在审视方案"))
