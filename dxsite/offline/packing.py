"""The zip itself: which files, in which order, with which first words."""

import json
import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from dxsite import urls
from dxsite.assets import Artifact
from dxsite.offline.addresses import local, relative, scripts_in
from dxsite.offline.bundling import bundled
from dxsite.site.pages import Frame

README = "はじめにお読みください.txt"
_FOR_HOSTS = frozenset(
    urls.file_of(url)
    for url in (
        urls.HEADERS,
        urls.REDIRECTS,
        urls.SITEMAP,
        urls.ROBOTS,
        urls.OPENSEARCH,
        urls.NOT_FOUND,
    )
)
_SCRIPT = f"{urls.ASSETS}offline.js"
_TEXTS = f"{urls.ASSETS}texts.js"
_INSTEAD = {"search-client.js": "offline-client.js"}
"""Modules that a folder cannot serve, and what stands in for them."""
_WHEN = (1980, 1, 1, 0, 0, 0)  # the same for all, so that the same site is the same zip
_MODE = 0o644 << 16
_UNIX = 3


def packed(artifacts: Iterable[Artifact], frame: Frame, root: Path, texts: bytes) -> bytes:
    """The site as a zip, see dxsite.offline."""
    files = dict(_files(artifacts, frame, root, texts))
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for path in sorted(files):
            entry = zipfile.ZipInfo(path, _WHEN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = _UNIX
            entry.external_attr = _MODE
            made.writestr(entry, files[path])
    return stream.getvalue()


def _files(
    artifacts: Iterable[Artifact], frame: Frame, root: Path, texts: bytes
) -> Iterator[tuple[str, bytes]]:
    entries: dict[str, None] = {}
    for artifact in artifacts:
        if artifact.path in _FOR_HOSTS or artifact.path.endswith(".js"):
            continue
        data = artifact.data
        if artifact.path.endswith(".html"):
            html = data.decode()
            entries |= dict.fromkeys(scripts_in(html))
            data = relative(
                html, artifact.path, frame.base_path, _tag, canonical=bool(frame.base_url)
            ).encode()
        yield artifact.path, data
    yield urls.file_of(_SCRIPT), bundled(_modules(root), tuple(entries)).encode()
    yield urls.file_of(_TEXTS), _as_script(texts)
    yield README, _readme(frame).encode("utf-8-sig")


def _tag(root: str, names: str) -> str:
    return (
        f'<script defer src="{root}{_SCRIPT}" data-run="{names}" '
        f'data-texts="{root}{_TEXTS}"></script>\n'
    )


def _modules(root: Path) -> dict[str, str]:
    """Name → source of our scripts, as they would be hosted but for those that cannot be."""
    found = {path.name: path.read_text("utf-8") for path in (root / "assets").rglob("*.js")}
    return found | {name: found[other] for name, other in _INSTEAD.items() if other in found}


def _as_script(texts: bytes) -> bytes:
    """The texts as a script, with the addresses that files have."""
    read = json.loads(texts)
    for record in read["records"]:
        record["url"] = local(record["url"])
    # JSON.parse of a text is quicker than a literal of this size.
    compact = json.dumps(read, ensure_ascii=False, separators=(",", ":"))
    literal = json.dumps(compact, ensure_ascii=False)
    return f"globalThis.dxsiteTexts = JSON.parse({literal});\n".encode()


def _readme(frame: Frame) -> str:
    lines = [
        f"{frame.title}（オフライン版）",
        f"{frame.built_words}に作成",
        "",
        "インターネットにつながらないパソコンでも読めるように、サイト全体を一つにまとめたものです。",
        "",
        "1. このzipファイルを右クリックし、「すべて展開」を選びます。",
        "2. 展開したフォルダーの index.html をダブルクリックします。",
        "",
        "検索も使えます。ブラウザーはEdge、Chrome、Firefoxの新しい版をお使いください。",
        "展開しないまま開くと、ほかのページに移れません。",
        "計画の公開元など、このサイトの外へのリンクは、インターネットにつながるときだけ開けます。",
        "内容は作成した日のものです。",
    ]
    if frame.base_url:
        lines.append(f"新しい内容は、{frame.base_url}{urls.HOME} にあります。")
    return "\r\n".join(lines) + "\r\n"
