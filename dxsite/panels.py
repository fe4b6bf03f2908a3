"""The findings of a preview, shown over the last good site."""

from collections.abc import Mapping, Sequence
from html import escape

from dxsite import urls
from dxsite.diagnostics import Finding

OWN = "/_dxsite/"
"""Where the preview's own script and style are served; no site has them."""


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


RELOAD = b"""\
const script = document.currentScript;
async function watch(seen) {
  for (;;) {
    try {
      const news = await (await fetch(`/_dxsite/news/${seen}`)).text();
      if (news !== seen) return location.reload();
    } catch {
      await new Promise((again) => setTimeout(again, 1000));
    }
  }
}
watch(script.dataset.version);
"""

STYLE = b"""\
.dxsite-preview { position: fixed; inset: auto 0 0 0; z-index: 9999; max-height: 60vh;
  overflow: auto; padding: 16px 24px; background: #fff; color: #1a1a1a;
  border-top: 6px solid #ec0000; box-shadow: 0 -4px 16px #0004; font: 16px/1.7 sans-serif; }
.dxsite-preview h2 { margin: 0; font-size: 20px; }
.dxsite-preview p { margin: 0; }
.dxsite-preview li { margin: 8px 0; }
"""
