"""The program of the editing screen: one locked npm package, kept outside the repository.

A build takes it from the cache folder; only `install` asks the network, by npm.
"""

import base64
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256, sha512
from importlib import resources
from pathlib import Path

from dxsite import urls
from dxsite.admin.repairs import changed
from dxsite.assets import Artifact
from dxsite.calling import command
from dxsite.faults import Fault

_PROGRAM = "dist/sveltia-cms.js"
_STATUS = f"{urls.ADMIN_PARTS}/status.json"
_NETWORK = (
    "インターネットにつながっているかを確かめて、もう一度実行してください"
    "（プロキシが要るときは HTTPS_PROXY を設定します）。"
)


@dataclass(frozen=True, slots=True)
class Lock:
    """Which package, and what must be in it; `sveltia.json` beside this module."""

    package: str
    version: str
    integrity: str
    """sha512 of the whole package, as registries give it."""
    files: dict[str, str]
    """File inside the package → its sha256; no other file is taken."""

    @property
    def folder(self) -> Path:
        """Where the files lie once they are installed."""
        home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        mark = sha256(self.integrity.encode()).hexdigest()[:16]
        return home / "dxsite" / f"admin-{self.version}-{mark}"


@cache
def lock() -> Lock:
    """The lock of this version of dxsite."""
    text = resources.files("dxsite.admin").joinpath("sveltia.json").read_text("utf-8")
    return Lock(**json.loads(text))


def read_bundle() -> Iterator[Artifact]:
    """The program and all that it loads, ready to be published."""
    locked = lock()
    for name in locked.files:
        data = _read(locked, name)
        if name == _PROGRAM:
            data = changed(data, _moved(locked))
            yield Artifact(urls.file_of(urls.ADMIN_PROGRAM), data)
        else:
            yield Artifact(urls.file_of(_address(name, locked)), data)
    yield Artifact(urls.file_of(_STATUS), b'{"status": {}}\n')


def is_installed() -> bool:
    """Whether a build would find every file."""
    locked = lock()
    return all((locked.folder / name).is_file() for name in locked.files)


def install() -> Path:
    """Fetch the package, unless it is there; the folder that holds its files."""
    locked = lock()
    if is_installed():
        return locked.folder
    locked.folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=locked.folder.parent) as folder:
        archive = _fetched(locked, Path(folder))
        files = Path(folder) / "files"
        with tarfile.open(archive) as opened:
            for name, digest in locked.files.items():
                member = opened.extractfile(f"package/{name}")
                data = member.read() if member else b""
                if sha256(data).hexdigest() != digest:
                    raise _differs()
                (files / name).parent.mkdir(parents=True, exist_ok=True)
                (files / name).write_bytes(data)
        shutil.rmtree(locked.folder, ignore_errors=True)  # what an older run left unfinished
        files.rename(locked.folder)
    return locked.folder


def _fetched(locked: Lock, folder: Path) -> Path:
    """The package as npm brings it, checked; nothing of it is run."""
    npm = shutil.which("npm")
    if npm is None:
        raise Fault(
            "npm がありません。編集画面の部品を取るときだけ、npm が要ります。",
            "Node.js（20 以上）を入れて、もう一度実行してください。Debian・Ubuntu: apt install nodejs npm",
        )
    name = f"{locked.package}@{locked.version}"
    words = [npm, "pack", name, "--ignore-scripts", "--silent", "--pack-destination", str(folder)]
    done = subprocess.run(words, cwd=folder, capture_output=True, check=False)
    archives = list(folder.glob("*.tgz"))
    if done.returncode or len(archives) != 1:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        reason = f"（npm: {said[-1]}）" if said else ""
        raise Fault(f"編集画面の部品（{name}）を取れませんでした{reason}。", _NETWORK)
    digest = base64.b64encode(sha512(archives[0].read_bytes()).digest()).decode()
    if f"sha512-{digest}" != locked.integrity:
        raise _differs()
    return archives[0]


def _differs() -> Fault:
    return Fault(
        "届いた編集画面の部品が、記録してあるものと違います。",
        "入れませんでした。もう一度実行し、続くようなら管理者に知らせてください。",
    )


def _read(locked: Lock, name: str) -> bytes:
    path = locked.folder / name
    data = path.read_bytes() if path.is_file() else None
    if data is None:
        raise Fault(
            "編集画面の部品がありません。site.yaml の設定で、編集画面を使うことになっています。",
            f"「{command('admin', 'install')}」を一度実行してから、もう一度作ってください。",
        )
    if sha256(data).hexdigest() != locked.files[name]:
        raise Fault(
            f"編集画面の部品「{path}」が、記録してあるものと違います。",
            f"そのフォルダーを消し、「{command('admin', 'install')}」を実行してください。",
        )
    return data


def _moved(locked: Lock) -> dict[str, str]:
    """Where the program would ask others (a pattern) → where it finds the same here.

    1. Its fonts; the package holds the same ones.
    2. Whether GitHub is well; nothing is known of it here.
    3. The texts of its screens in other languages than English, and its newest version: it
       finds its own here, and so nothing to speak of.
    """
    fonts = [name for name in locked.files if name.endswith("woff2")]
    moved = {_font(name): _address(name, locked) for name in fonts}
    moved[r"https://[a-z.]+/api/v2/status\.json"] = _STATUS
    moved[rf"https://[a-z.]+/{locked.package}(?=[`\"'])"] = urls.ADMIN_PARTS
    return {pattern: address.removeprefix(urls.ADMIN) for pattern, address in moved.items()}


def _font(name: str) -> str:
    """Where the program would find a font."""
    family, _, _ = Path(name).name.partition("-latin-")
    return rf"https://[a-z.]+/fontsource/fonts/{family}[:@][\w.:@]+/[\w-]+\.woff2"


def _address(name: str, locked: Lock) -> str:
    """Where a file of the package is published."""
    if name == "package.json":  # of the newest version
        return f"{urls.ADMIN_PARTS}/{name}"
    return f"{urls.ADMIN_PARTS}@{locked.version}/{name}"
