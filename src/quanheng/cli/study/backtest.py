"""`quanheng study backtest`: what the scheme would have ranked in earlier rounds, and how stable that is."""

from quanheng.cli.study.plain import command_of
from quanheng.findings.text import Text

backtest = command_of("backtest", Text(en="looking back", zh="正在回测"))
