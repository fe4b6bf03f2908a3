"""The findings of a preview, shown over the last good site."""

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from dxsite import urls
from dxsite.diagnostics import Finding

OWN = "/_dxsite/"
"""Where the preview's own script and style are served; no site has them."""

RELOAD = (Path(__file__).parent / "reload.js").read_bytes()
STYLE = (Path(__file__).parent / "preview.css").read_bytes()


def with_panel(
    html: bytes, findings: Sequence[Finding], files: Mapping[str, bytes], version: int
) -> bytes:
    """The page with the reload script, and with the findings over the last good site."""
    page = html or b'<!doctype html><html lang="ja"><title>dxsite</title><body></body></html>'
    panel = _panel(findings, files) if findings else ""
    extra = (
        f'<link rel="stylesheet" href="{OWN}preview.css">{panel}'
        f'<script src="{OWN}reload.js" data-version="{version}" defer></script>'
    )
    head, mark, tail = page.rpartition(b"</body>")
    return head + extra.encode() + mark + tail if mark else page + extra.encode()


def _panel(findings: Sequence[Finding], files: Mapping[str, bytes]) -> str:
    items = "".join(
        f"<li><code>{escape(str(f.place))}</code><p>{escape(f.message)}</p>"
        f"<p>→ {escape(f.hint)}（{_code(f.code, files)}）</p></li>"
        for f in findings
    )
    return (
        '<section class="dxsite-preview" role="alert" aria-label="直すところ">'
        f"<h2>直すところが{len(findings)}件あります</h2>"
        f"<p>下に見えているのは、最後にうまく作れたときのサイトです。</p><ol>{items}</ol></section>"
    )


def _code(code: str, files: Mapping[str, bytes]) -> str:
    """The code, leading to its page of the guide where the last good site has one."""
    page = urls.guide_fault(code)
    known = urls.file_of(page) in files
    return f'<a href="{page}">{escape(code)}</a>' if known else escape(code)


def waiting(done: int, all_: int, ways: Sequence[tuple[str, str]]) -> bytes:
    """A page in place of one that is not there before every plan was read.

    `ways`: label and address of pages that are there.
    """
    links = "".join(f'<li><a href="{url}">{escape(label)}</a></li>' for label, url in ways)
    return (
        '<!doctype html><html lang="ja"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        '<meta name="color-scheme" content="light dark"><title>計画を読んでいます</title></head>'
        f'<body class="dxsite-waiting"><main><h1>計画を読んでいます（{done}/{all_}）</h1>'
        "<p>このページには、すべての計画が要ります。読み終わると、ひとりでに表示されます。</p>"
        f"<p>次のページは、もう見られます。</p><ul>{links}</ul></main></body></html>"
    ).encode()
