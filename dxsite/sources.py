"""Reads the files of content/."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dxsite.diagnostics import Report
from dxsite.positions import Place

CONTENT = "content"
LARGEST = 1_000_000  # bytes; the longest plan file so far has 40,000


@dataclass(frozen=True, slots=True)
class Source:
    """One file as it lies on disk; `path` is relative to the root, with forward slashes."""

    path: str
    data: bytes

    @property
    def place(self) -> Place:
        """Where the file begins."""
        return Place(self.path)


def read_sources(root: Path, report: Report) -> tuple[Source, ...]:
    """Every YAML and Markdown file below `root/content`, by path.

    Files whose name begins with a dot or `~` are editors' own and left alone.
    """
    there = (root / CONTENT).is_dir()
    sources = tuple(_walk(root, root / CONTENT, report)) if there else ()
    if not sources and not report.errors:
        missing = "に読み込むファイルがありません" if there else "フォルダーが見つかりません"
        report.error(
            Place(CONTENT),
            "no-content",
            f"「{CONTENT}」{missing}。",
            "リポジトリのいちばん上のフォルダーで実行するか、-C でその場所を指定してください。",
        )
    return sources


def _walk(root: Path, folder: Path, report: Report) -> Iterator[Source]:
    for entry in _entries(root, folder, report):
        path = Path(entry.path)
        place = Place(path.relative_to(root).as_posix())
        if entry.is_dir(follow_symlinks=False):
            if path.suffix in (".yaml", ".yml"):
                report.error(
                    place,
                    "folder-named-as-file",
                    f"「{entry.name}」はファイルの名前ですが、フォルダーです。",
                    "フォルダーの名前から .yaml を取り除いてください。",
                )
                continue
            yield from _walk(root, path, report)
        elif path.suffix == ".yml":
            report.error(
                place,
                "wrong-extension",
                "ファイル名の終わりが「.yml」です。このままでは読み込まれません。",
                "ファイル名の終わりを「.yaml」に変えてください。",
            )
        elif path.suffix in (".yaml", ".md"):
            yield from _read(path, place, report)


def _entries(root: Path, folder: Path, report: Report) -> Iterator[os.DirEntry[str]]:
    place = Place(folder.relative_to(root).as_posix())
    try:
        entries = sorted(os.scandir(folder), key=lambda e: e.name)
    except OSError as error:
        _report_unreadable(place, error, report)
        return
    for entry in entries:
        if entry.name.startswith((".", "~")):
            continue
        if entry.name.isprintable():
            yield entry
            continue
        name = "".join(c if c.isprintable() else "？" for c in entry.name)
        report.error(
            place._replace(path=f"{place.path}/{name}"),
            "odd-file-name",
            f"ファイル名「{name}」に、読み取れない文字や空白が入っています。",
            "ファイル名を半角の英小文字と数字で付け直してください。",
        )


def _read(path: Path, place: Place, report: Report) -> Iterator[Source]:
    try:
        if path.stat().st_size > LARGEST:
            report.error(
                place,
                "too-large",
                f"ファイルが大きすぎます（上限は{LARGEST // 1000}KBです）。",
                "表や画像を貼り付けていないか確かめ、内容を分けてください。",
            )
            return
        yield Source(place.path, path.read_bytes())
    except OSError as error:
        _report_unreadable(place, error, report)


def _report_unreadable(place: Place, error: OSError, report: Report) -> None:
    report.error(
        place,
        "unreadable-file",
        f"ファイルを開けません（{error.strerror}）。",
        "ファイルがあるか、読む権限があるかを確かめてください。",
    )
