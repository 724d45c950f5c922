"""The web site's modules are looked at by pytest, too: Django has its settings before the first of them.

All else is collected without Django.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

_ROOT = Path(__file__).parent
_WEB = (
    _ROOT / "src" / "quanheng" / "web",
    _ROOT / "tests" / "web",
    _ROOT / "tests" / "findings" / "test_patterns.py",  # it looks at every module
)
_SITE = """
[[sign_in]]
id = "office-id"
name = "统一身份认证"
client_id = "quanheng"
secret = "an-invented-secret"
server = "https://id.example.org"

[[sign_in]]
id = "wecom"
kind = "wecom"
name = "企业微信"
client_id = "quanheng"
secret = "an-invented-secret"
agent = "1000002"

[[sign_in]]
id = "yuezhengyi"
kind = "yuezhengyi"
name = "粤政易"
client_id = "quanheng"
secret = "an-invented-secret"
agent = "1000002"
login = "https://login.example.org/sso"
server = "https://api.example.org"

[[sign_in]]
id = "zhengwuding"
kind = "zhengwuding"
name = "专有钉钉"
client_id = "quanheng"
secret = "an-invented-secret"
"""
_SETTINGS = "DJANGO_SETTINGS_MODULE"


def pytest_collect_file(file_path: Path) -> None:
    """Load Django, once, for a site in a folder of its own."""
    if file_path.suffix != ".py" or not any(map(file_path.is_relative_to, _WEB)) or _SETTINGS in os.environ:
        return
    site = Path(tempfile.mkdtemp(prefix="quanheng-site-"))
    (site / "site.toml").write_text(_SITE, encoding="utf-8")
    os.environ["QUANHENG_SITE"] = str(site)
    # The browser of other tests runs a loop in this thread; our code asks the database from no such loop.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    os.environ[_SETTINGS] = "quanheng.web.site.settings"
    import django

    django.setup()
