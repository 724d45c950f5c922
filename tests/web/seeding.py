"""The process of a site for tests of its pages: it makes what a script says, lets people in, and answers.

It begins sooner than the whole program, which has processes for work in the background besides.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from wsgiref.simple_server import WSGIServer


def main(folder: Path, script: str, people: list[str]) -> None:
    """Make what `script` says, tell where the site is and the sessions of `people`, and answer."""
    from quanheng.web.site.start import load  # noqa: PLC0415  only the process itself loads a site

    load(folder)
    from django.conf import settings  # noqa: PLC0415  after Django has its settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    exec(compile(script, "what the site begins with", "exec"), {"__name__": "__main__"})  # noqa: S102  of the tests
    sessions = {code: _session_of(code) for code in people}
    server = _server()
    sys.stdout.write(
        json.dumps({"url": f"http://127.0.0.1:{server.server_port}", "sessions": sessions}) + "\n"
    )
    sys.stdout.flush()
    server.serve_forever()


def _session_of(code: str) -> str:
    from django.conf import settings  # noqa: PLC0415  after Django has its settings
    from django.test import Client  # noqa: PLC0415  the same

    from quanheng.web.people.models import Account  # noqa: PLC0415  the same

    client = Client()
    client.force_login(Account.objects.for_the_program().get(code=code))
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _server() -> WSGIServer:
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler  # noqa: PLC0415  the same

    from quanheng.web.site.wsgi import application  # noqa: PLC0415  the same

    class Quiet(WSGIRequestHandler):
        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name of the library
            """Say nothing."""

    server: WSGIServer = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.set_app(application)
    return server


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3:])
