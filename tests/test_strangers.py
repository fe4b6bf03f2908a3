"""The preview answers this computer alone, reads only, and knows no file but those of the site."""

import http.client
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from dxsite.serving import Serving

PAGE = b"<!doctype html><title>x</title>"
FILES = {
    "index.html": PAGE,
    "404.html": b"lost",
    "aoi/index.html": PAGE,
    "data/costs.csv": b"1",
    "_headers": b"/*\n  X-Content-Type-Options: nosniff\n",
    "_redirects": b"/old/* /aoi/ 301\n/* /404.html 404\n",
}


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    serving = Serving.of_files(FILES)
    yield urlsplit(serving.url).port or 0
    serving.close()


def asked(
    port: int, path: str = "/", method: str = "GET", host: str = "127.0.0.1"
) -> tuple[int, bytes]:
    """Status and body of one answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.putrequest(method, path, skip_host=True)
    connection.putheader("Host", host)
    connection.endheaders()
    answer = connection.getresponse()
    try:
        return answer.status, answer.read()
    finally:
        connection.close()


def said(port: int, text: bytes) -> bytes:
    """Everything that comes back for bytes of any kind."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(text)
        line.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: line.recv(65536), b""))


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.0.0.1:8000", "localhost", "localhost:80", "LOCALHOST", "[::1]:8000"]
)
def test_this_computer_is_answered_by_any_of_its_names(port: int, host: str) -> None:
    assert asked(port, host=host) == (200, PAGE)


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8000",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "evil.example#127.0.0.1",
        "127.0.0.1@evil.example",
        "127.0.0.1\\@evil.example",
        "[::1",
        "0.0.0.0",
        "127.1",
        "",
    ],
)
def test_a_stranger_s_name_for_this_computer_is_refused(port: int, host: str) -> None:
    """DNS rebinding: the stranger's page reads what its own name leads to."""
    assert asked(port, host=host) == (421, b"")


def test_a_question_that_names_no_host_is_refused(port: int) -> None:
    assert said(port, b"GET / HTTP/1.1\r\n\r\n").startswith(b"HTTP/1.1 421 ")
    assert b"<title>" not in said(port, b"GET /\r\n\r\n")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "LOCK"])
def test_the_preview_is_only_read(port: int, method: str) -> None:
    assert asked(port, method=method) == (405, b"")


def test_what_follows_a_refused_question_is_not_taken_for_the_next(port: int) -> None:
    host = b"Host: 127.0.0.1\r\n"
    body = b"GET /data/costs.csv HTTP/1.1\r\n" + host + b"\r\n"
    length = b"Content-Length: %d\r\n\r\n" % len(body)
    answers = said(port, b"POST / HTTP/1.1\r\n" + host + length + body)
    assert answers.count(b"HTTP/1.1 ") == 1
    assert b"Allow: GET, HEAD" in answers


def test_a_head_has_no_body(port: int) -> None:
    assert asked(port, method="HEAD") == (200, b"")


@pytest.mark.parametrize(
    "path",
    [
        "/../etc/passwd",
        "/aoi/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..%2f..%2fetc/passwd",
        "/%2e%2e%2fetc%2fpasswd",
        "/..%5c..%5cetc%5cpasswd",
        "/..\\..\\etc\\passwd",
        "/%252e%252e/etc/passwd",
        "/..%c0%afetc/passwd",
        "/aoi/%00",
        "/aoi%00.html",
        "/etc/passwd",
        "/file:///etc/passwd",
        "/data/../aoi/index.html",
        "/./index.html",
    ],
)
def test_no_way_leads_out_of_the_site(port: int, path: str) -> None:
    assert asked(port, path) == (404, b"lost")


@pytest.mark.parametrize("path", ["//aoi", "/%2faoi", "///aoi", "/%2f%2faoi"])
def test_a_redirect_leads_to_a_page_of_the_site(port: int, path: str) -> None:
    """`Location: //aoi/` would lead to another host."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    assert (answer.status, answer.getheader("Location")) == (301, "/aoi/")
    connection.close()


@pytest.mark.parametrize("line", [b"GET http://[ HTTP/1.1", b"GET //[::1/ HTTP/1.1"])
def test_an_address_that_is_none_is_told_so(port: int, line: bytes) -> None:
    answer = said(port, line + b"\r\nHost: localhost\r\n\r\n")
    assert answer[:12] in (b"HTTP/1.1 400", b"HTTP/1.1 404")
    assert b"<title>" not in answer
