"""Reads the files of content/."""

import os
import re
import stat
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from dxsite.diagnostics import Report
from dxsite.positions import Place

CONTENT = "content"
_ENDINGS = (".yaml", ".md")
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


def lines_of(sources: Iterable[Source], paths: Collection[str]) -> dict[str, list[str]]:
    """Path → lines of the sources at `paths`, as far as they are text; line 1 comes first."""
    return {
        source.path: re.split(r"\r\n|\r|\n", source.data.decode("utf-8-sig", "replace"))
        for source in sources
        if source.path in paths
    }


def read_sources(root: Path, report: Report) -> tuple[Source, ...]:
    """Every YAML and Markdown file below `root/content`, by path.

    Files whose name begins with a dot or `~` are editors' own and left alone.
    """
    there = (root / CONTENT).is_dir()
    sources = tuple(_walk(root, PurePosixPath(CONTENT), report)) if there else ()
    if not sources and not report.errors:
        missing = "に読み込むファイルがありません" if there else "フォルダーが見つかりません"
        report.error(
            Place(CONTENT),
            "no-content",
            f"「{CONTENT}」{missing}。",
            "リポジトリのいちばん上のフォルダーで実行するか、-C でその場所を指定してください。",
        )
    return sources


def read_common(root: Path, report: Report) -> Iterator[Source]:
    """The files of `root/content` that belong to no plan."""
    for entry in _entries(root, PurePosixPath(CONTENT), report):
        if not entry.is_dir(follow_symlinks=False):
            name = PurePosixPath(CONTENT, entry.name)
            if _is_read(name, report, link=entry.is_symlink()):
                yield from _read(entry.path, Place(str(name)), report)
        elif entry.name == "pages":
            yield from _walk(root, PurePosixPath(CONTENT, entry.name), report)


def read_folder(root: Path, name: str, report: Report) -> Iterator[Source]:
    """The files of one folder of `root/content`, a plan's."""
    folder = PurePosixPath(CONTENT, name)
    if _is_followed(folder, report):
        yield from _walk(root, folder, report)


def is_ours(path: PurePosixPath, report: Report, *, link: bool = False) -> bool:
    """Whether a file counts, by its name and those of its folders, from `content/` down.

    A name that was probably to count, but cannot, is reported; of a folder's once. With `link`
    the name leads elsewhere: then only its own ending makes it ours.
    """
    folders = [folder for folder in reversed(path.parents) if len(folder.parts) > 1]
    return all(_is_followed(folder, report) for folder in folders) and _is_read(
        path, report, link=link
    )


def is_small(place: Place, size: int, report: Report) -> bool:
    """Whether a file of so many bytes is read; a larger one is reported."""
    if size > LARGEST:
        report.error(
            place,
            "too-large",
            f"ファイルが大きすぎます（上限は{LARGEST // 1000}KBです）。",
            "表や画像を貼り付けていないか確かめ、内容を分けてください。",
        )
    return size <= LARGEST


def shown(name: str) -> str:
    """A name without signs that nobody sees."""
    return "".join(c if c.isprintable() else "？" for c in name)


def _walk(root: Path, folder: PurePosixPath, report: Report) -> Iterator[Source]:
    for entry in _entries(root, folder, report):
        name = folder / entry.name
        if entry.is_dir(follow_symlinks=False):
            if _is_followed(name, report):
                yield from _walk(root, name, report)
        elif _is_read(name, report, link=entry.is_symlink()):
            yield from _read(entry.path, Place(str(name)), report)


def _is_followed(folder: PurePosixPath, report: Report) -> bool:
    """Whether the files of a folder are looked at."""
    if not _is_plain(folder, report):
        return False
    if folder.suffix in (".yaml", ".yml", ".md"):
        report.error(
            Place(str(folder)),
            "folder-named-as-file",
            f"「{folder.name}」はファイルの名前ですが、フォルダーです。",
            f"フォルダーの名前から {folder.suffix} を取り除いてください。",
        )
        return False
    return True


def _is_read(path: PurePosixPath, report: Report, *, link: bool) -> bool:
    """Whether a file in a folder that is followed is read."""
    if not _is_plain(path, report):
        return False
    if path.suffix in _ENDINGS:
        return True
    meant = None if link else _meant_ending(path)
    if meant:
        end = f"の終わりが「{path.suffix}」です" if path.suffix else f"が「{meant}」で終わりません"
        report.error(
            Place(str(path)),
            "wrong-extension",
            f"ファイル名{end}。このままでは読み込まれません。",
            f"ファイル名の終わりを「{meant}」（すべて半角の小文字）に変えてください。",
        )
    return False


def _is_plain(path: PurePosixPath, report: Report) -> bool:
    """Whether a name is neither an editor's own nor unreadable."""
    if path.name.startswith((".", "~")):
        return False
    if not path.name.isprintable():
        name = shown(path.name)
        report.error(
            Place(f"{path.parent}/{name}"),
            "odd-file-name",
            f"ファイル名「{name}」に、読み取れない文字や空白が入っています。",
            "ファイル名を半角の英小文字と数字で付け直してください。",
        )
        return False
    return True


def _meant_ending(path: PurePosixPath) -> str | None:
    """How a file's name was probably to end; None for the files of others."""
    plain = unicodedata.normalize("NFKC", path.name).casefold().strip().removesuffix(".txt")
    if plain.endswith((".yaml", ".yml")):
        return ".yaml"
    if plain.endswith(".md"):
        return ".md"
    # A name without any ending may be README at the top; further down it is a measure.
    at_top = path.parent == PurePosixPath(CONTENT)
    return ".yaml" if not at_top and re.fullmatch(r"[a-z0-9-]+", path.name) else None


def _entries(root: Path, folder: PurePosixPath, report: Report) -> list[os.DirEntry[str]]:
    try:
        return sorted(os.scandir(root / folder), key=lambda e: e.name)
    except FileNotFoundError:  # taken away since it was seen
        return []
    except OSError as error:
        _report_unreadable(Place(str(folder)), error, report)
        return []


def _read(path: str, place: Place, report: Report) -> Iterator[Source]:
    """The file at a path, a plain text as the folder gave it: a `Path` costs as much as the file."""
    try:
        status = os.stat(path)  # noqa: PTH116 - as above
        if not stat.S_ISREG(status.st_mode):  # a pipe would never end
            raise IsADirectoryError
        if is_small(place, status.st_size, report):
            with open(path, "rb") as file:  # noqa: PTH123 - as above
                yield Source(place.path, file.read())
    except OSError as error:
        if isinstance(error, FileNotFoundError) and not os.path.islink(path):  # noqa: PTH114 - as above
            return  # taken away since it was seen
        _report_unreadable(place, error, report)


def _report_unreadable(place: Place, error: OSError, report: Report) -> None:
    reason, hint = next(
        (words for kind, *words in _REASONS if isinstance(error, kind)),
        ("読み取りに失敗しました", "もう一度試し、続くようならファイルを作り直してください。"),
    )
    report.error(place, "unreadable-file", f"ファイルを開けません（{reason}）。", hint)


_REASONS: tuple[tuple[type[OSError], str, str], ...] = (
    (
        PermissionError,
        "読む権限がありません",
        "ファイルの設定で、読み取りを許可してください。",
    ),
    (
        FileNotFoundError,
        "リンクの先がありません",
        "リンクを消し、元のファイルをここに置いてください。",
    ),
    (
        IsADirectoryError,
        "ふつうのファイルではありません",
        "これを消し、必要なら普通のファイルとして作り直してください。",
    ),
)
