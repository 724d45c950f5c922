"""What all contexts of the site share, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class BaseConfig(AppConfig):
    """Pages, words, and who may see what."""

    name = "quanheng.web.base"
    label = "base"
