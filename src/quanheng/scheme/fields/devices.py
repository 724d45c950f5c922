"""Names that Windows takes for devices, with any ending: no file of a book has one."""

from __future__ import annotations

from typing import Final

_PORTS: Final = (f"{port}{number}" for port in ("com", "lpt") for number in "123456789\u00b9\u00b2\u00b3")
_DEVICES: Final = frozenset(("con", "prn", "aux", "nul", *_PORTS))


def is_device(name: str) -> bool:
    """Return whether Windows takes a file called `name` for a device.

    Examples:
        >>> is_device("CON"), is_device("nul.csv"), is_device("console")
        (True, True, False)
    """
    return name.partition(".")[0].strip().lower() in _DEVICES
