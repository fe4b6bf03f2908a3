"""Rebuilds on change, shows the result; the only door to http and threads.

The preview serves from memory exactly what a build would publish, with its `_headers` and
`_redirects`. Only the answer to a browser carries the reload script, never the site itself.
"""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from dxsite import urls
from dxsite.diagnostics import Finding
from dxsite.faults import Fault
from dxsite.hosts import UNSAID, Rules, read_rules, refusal, type_of
from dxsite.panels import OWN, RELOAD, STYLE, with_panel
from dxsite.telling import fault_as_finding
from dxsite.watching import watch

_PAUSE = 0.01  # seconds without a change before a build: an editor may save several files
_QUIET = 0.05  # the same while a file is half written, or a system does not tell of its end
_CALM = 2.0  # seconds without a change before what is slow is made
_PATIENCE = 30.0  # seconds that a request waits for a build


@dataclass(frozen=True, slots=True)
class Edition:
    """The outcome of one build: the files where it went well, else what is wrong."""

    files: Mapping[str, bytes] | None
    findings: Sequence[Finding] = ()
    later: "Later | None" = None
    """Makes everything, once nothing happens for a while; None where it became stale."""
    is_news: bool = False
    """Of what was made later: whether it shows what was not there before."""


IsStale = Callable[[], bool]
Later = Callable[[IsStale], Edition | None]


@dataclass
class Preview:
    """The last good site, what is wrong with the newest, and who waits for news."""

    build: Callable[[], Edition]
    said: Callable[[str], None]
    files: Mapping[str, bytes] = field(default_factory=dict)
    """Those of the newest draft, else of the last good site."""
    good: Mapping[str, bytes] = field(default_factory=dict)
    """Those of the last site of which every file was made and inspected."""
    findings: Sequence[Finding] = ()
    rules: Rules = field(default_factory=Rules)
    live: bool = True
    """Whether pages carry the reload script."""
    version: int = 0
    changed: threading.Condition = field(default_factory=threading.Condition)
    _idle: threading.Event = field(default_factory=threading.Event)
    _dirty: threading.Event = field(default_factory=threading.Event)
    _finishing: threading.Lock = field(default_factory=threading.Lock)
    _halves: set[str] = field(default_factory=set)
    """Files that somebody began to write, and perhaps still writes."""

    def touch(self, path: str = "", *, whole: bool = False) -> None:
        """Say that a source changed; `whole`: no more of it is to come."""
        (self._halves.discard if whole else self._halves.add)(path)
        self._idle.clear()
        self._dirty.set()

    @property
    def quiet(self) -> float:
        """So many seconds without a change show that all is saved."""
        return _QUIET if self._halves else _PAUSE

    def run(self, later: Later | None = None) -> None:
        """Build whenever something changed, one build at a time, for ever."""
        while True:
            if later and not self._dirty.wait(_CALM):
                finish = partial(self._finish, later, self.version)
                threading.Thread(target=finish, daemon=True).start()
            self._dirty.wait()
            while self._dirty.is_set():
                self._dirty.clear()
                self._dirty.wait(self.quiet)
            self._halves.clear()
            later = self.rebuild()

    def rebuild(self) -> Later | None:
        """Build once; a failure keeps the last good site. What is left to be made later."""
        started = time.perf_counter()
        edition = self.build()
        with self.changed:
            self._take(edition)
        if not self._dirty.is_set():
            self._idle.set()
        state = "直すところがあります" if edition.files is None else "作り直しました"
        self.said(f"{state}（{time.perf_counter() - started:.2f}秒）")
        return edition.later

    def _finish(self, later: Later, version: int) -> None:
        """Make all that nobody has looked at yet, beside whatever else happens meanwhile."""

        def is_stale() -> bool:
            return self.version != version or self._dirty.is_set()

        with self._finishing:
            edition = None if is_stale() else later(is_stale)
        with self.changed:
            if edition is None or is_stale():
                return
            if edition.files is None:  # a fault that no look at the content alone could find
                self.files = self.good
            if edition.files is None or edition.is_news:
                self._take(edition)
            else:
                self.files = self.good = edition.files

    def _take(self, edition: Edition) -> None:
        """Show an edition to all who wait for one."""
        self.findings = edition.findings
        if edition.files is not None:
            self.files = edition.files
            self.rules = read_rules(edition.files)
            if edition.later is None:
                self.good = edition.files
        self.version += 1
        self.changed.notify_all()

    def read(self, name: str) -> bytes:
        """A file, made now where nobody has looked at it yet; empty where there is none."""
        try:
            return self.files.get(name, b"")
        except Fault as fault:  # of a template: told over the page as it last was
            with self.changed:
                self.findings = (fault_as_finding(fault),)
            return self.good.get(name, b"")

    def settle(self) -> None:
        """Wait until no build is under way."""
        self._idle.wait(_PATIENCE)

    def news_after(self, version: int, seconds: float) -> int:
        """The version, as soon as it differs from `version` or after `seconds`."""
        with self.changed:
            self.changed.wait_for(lambda: self.version != version, seconds)
            return self.version


class _Handler(BaseHTTPRequestHandler):
    """Answers as a static host would, and tells the browser when to reload."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else each small answer waits 40 ms
    preview: Preview

    def __init__(self, preview: Preview, *args: object) -> None:
        self.preview = preview
        super().__init__(*args)  # type: ignore[arg-type]  # socketserver's own three

    def parse_request(self) -> bool:
        """Whether there is a question to answer; any other has been refused by then.

        A stranger's page can let its own name lead to this computer and read what answers there;
        the browser then still says the name that it was told.
        """
        if not super().parse_request():
            return False
        refused = refusal(self.command, self.headers.get("Host", ""), self.path)
        if refused:
            self.close_connection = True  # what else the stranger sent is not read
            headers = {"Connection": "close", "Allow": "GET, HEAD"}
            self._send(HTTPStatus(refused), b"", "text/plain", headers)
        return not refused

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        if path.startswith(OWN):
            self._answer_own(path.removeprefix(OWN))
            return
        self.preview.settle()
        status, name = self.preview.rules.answer_to(path, self.preview.files)
        if status == HTTPStatus.MOVED_PERMANENTLY:
            self._send(HTTPStatus(status), b"", "text/plain", {"Location": name})
            return
        data = self.preview.read(name)
        kind = type_of(name)
        typed_into = name == urls.file_of(urls.ADMIN)  # a save there is a change here
        if kind.startswith("text/html") and self.preview.live and not typed_into:
            now = self.preview
            data = with_panel(data, now.findings, now.files, now.version)
        # Another content of these has another address.
        lasting = status == HTTPStatus.OK and path.startswith(urls.ASSETS)
        headers = self.preview.rules.headers_of(path)
        self._send(HTTPStatus(status), data, kind, headers, lasting=lasting)

    do_HEAD = do_GET  # noqa: N815 - http.server's own name

    def _answer_own(self, name: str) -> None:
        if name == "reload.js":
            self._send(HTTPStatus.OK, RELOAD, "text/javascript; charset=utf-8", {})
        elif name == "preview.css":
            self._send(HTTPStatus.OK, STYLE, "text/css; charset=utf-8", {})
        elif name.startswith("news/"):
            seen = name.removeprefix("news/")
            version = self.preview.news_after(int(seen) if seen.isdecimal() else -1, 20)
            self._send(HTTPStatus.OK, str(version).encode(), "text/plain", {})
        else:
            self._send(HTTPStatus.NOT_FOUND, b"", "text/plain", {})

    def _send(
        self,
        status: HTTPStatus,
        data: bytes,
        kind: str,
        headers: Mapping[str, str],
        *,
        lasting: bool = False,
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        # A page of the preview changes under the same address; it may not be kept.
        own: dict[str, str | None] = {"Strict-Transport-Security": None}
        if not lasting:
            own["Cache-Control"] = "no-store"
        for name, value in {**UNSAID, **headers, **(own if self.preview.live else {})}.items():
            if value is not None:
                self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's name
        """Say nothing: a page is a dozen requests."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that went away is no news."""


@dataclass(frozen=True, slots=True)
class Serving:
    """A running preview."""

    preview: Preview
    url: str
    server: ThreadingHTTPServer

    @classmethod
    def of_files(cls, files: Mapping[str, bytes]) -> "Serving":
        """Serve a finished site as a host would, without preview, on a free port."""
        preview = Preview(lambda: Edition(files), lambda _: None, live=False)
        preview.rebuild()
        server = _Server(("127.0.0.1", 0), partial(_Handler, preview))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return cls(preview, f"http://127.0.0.1:{server.server_port}/", server)

    def close(self) -> None:
        """Stop answering."""
        self.server.shutdown()
        self.server.server_close()


def start(
    build: Callable[[], Edition],
    folders: Sequence[Path],
    host: str,
    port: int,
    said: Callable[[str], None],
    changed: Callable[[str], None] = lambda _: None,
) -> Serving:
    """Build, answer at `host:port` (port 0: a free one), and tell of each path that changes."""
    preview = Preview(build, said)
    try:
        server = _Server((host, port), partial(_Handler, preview))
    except OSError as error:
        raise Fault(
            f"{host}:{port} で待ち受けできません（{error.strerror}）。",
            "ほかの番号を -a 127.0.0.1:8001 のように指定してください。",
        ) from error
    later = preview.rebuild()

    def told(path: str, *, whole: bool) -> None:
        changed(path)
        preview.touch(path, whole=whole)

    watch(folders, told)
    threading.Thread(target=preview.run, args=(later,), daemon=True).start()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return Serving(preview, f"http://{host}:{server.server_port}/", server)
