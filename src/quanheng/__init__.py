"""Quanheng (权衡) turns the figures of an assessment into scores that explain themselves."""

from __future__ import annotations

from quanheng import version

__all__ = ["__version__"]

__version__ = version.VERSION
