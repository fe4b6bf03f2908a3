"""The published tree, asked file by file as browsers ask a host that honours `_headers`."""

import http.client
import re
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

import pytest

from dxsite.hosts import read_rules
from dxsite.serving import Serving
from tests.conftest import ROOT, Desk
from tests.test_site import Files, made

REVALIDATED = "public, max-age=0, must-revalidate"
FOREVER = "public, max-age=31536000, immutable"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; worker-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
EVERYWHERE = {
    "Content-Security-Policy": POLICY,
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
TYPES = {
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "xml": "application/xml; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
    "txt": "text/plain; charset=utf-8",
}
"""What nosniff leaves browsers no choice about."""


class Asked:
    """One answer."""

    def __init__(self, connection: http.client.HTTPConnection, path: str) -> None:
        connection.request("GET", path)
        answer = connection.getresponse()
        self.status = answer.status
        self.body = answer.read()
        self.headers = dict(answer.getheaders())


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """The small site with its search index."""
    root = tmp_path_factory.mktemp("headers")
    for name in ("templates", "assets"):
        (root / name).symlink_to(ROOT / name)
    (root / "content").symlink_to(ROOT / "tests" / "small" / "content")
    return made(Desk(root), index=True)


@pytest.fixture(scope="module")
def line(files: Files) -> Iterator[http.client.HTTPConnection]:
    serving = Serving.of_files(files)
    port = urlsplit(serving.url).port or 0
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    yield connection
    connection.close()
    serving.close()


def test_every_file_comes_with_every_header(files: Files, line: http.client.HTTPConnection) -> None:
    for name, data in files.items():
        answer = Asked(line, "/" + quote(name.removesuffix("index.html")))
        assert answer.status == 200, name
        assert answer.body == data, name
        assert {key: answer.headers.get(key) for key in EVERYWHERE} == EVERYWHERE, name
        assert "camera=()" in answer.headers["Permissions-Policy"], name
        suffix = name.rpartition(".")[2]
        assert answer.headers["Content-Type"] == TYPES.get(suffix, answer.headers["Content-Type"])


def test_only_what_is_named_after_its_content_is_kept(
    files: Files, line: http.client.HTTPConnection
) -> None:
    """A year for fingerprinted files; pages, feeds, data and the door of the index are asked for
    anew each time."""
    kept = {n for n in files if Asked(line, "/" + quote(n)).headers["Cache-Control"] == FOREVER}
    named = {n for n in files if re.match(r"assets/[0-9a-f]{16}/", n)}
    index = {n for n in files if re.match(r"pagefind/(index|filter|fragment)/", n)}
    assert kept == named | index
    assert named
    assert index
    others = files.keys() - kept
    assert {Asked(line, "/" + quote(n)).headers["Cache-Control"] for n in others} == {REVALIDATED}


def test_data_may_be_read_by_the_pages_of_others(line: http.client.HTTPConnection) -> None:
    assert Asked(line, "/data/catalog.json").headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in Asked(line, "/aoi/").headers


def test_an_address_that_is_not_there_has_the_policy_too(line: http.client.HTTPConnection) -> None:
    lost = Asked(line, "/nowhere/")
    assert lost.status == 404
    assert lost.headers["Content-Security-Policy"] == POLICY


def test_no_header_is_said_twice(files: Files) -> None:
    """Hosts differ in what they make of that."""
    rules = read_rules(files)
    for name in files:
        path = "/" + name.removesuffix("index.html")
        said = [
            key for pattern, pairs in rules.headers if pattern.fullmatch(path) for key, _ in pairs
        ]
        assert len(said) == len(set(said)), name


def test_hosts_that_count_rules_or_letters_take_the_file(files: Files) -> None:
    """Cloudflare: a hundred rules, 2,000 letters a line; Netlify: nothing after a star."""
    text = files["_headers"].decode()
    paths = re.findall(r"^/.*$", text, re.MULTILINE)
    assert len(paths) < 100
    assert max(map(len, text.splitlines())) < 2000
    assert [path for path in paths if "*" in path[:-1]] == []
