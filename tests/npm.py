"""Programs from npm, installed once for each lock file, outside the repository."""

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

NO_NPM = "このテストには node（20 以上）と npm が必要です。Debian・Ubuntu: apt install nodejs npm"
NO_INSTALL = "{name} を入れられませんでした。npm の登録所につながるか確かめてください。"


class Missing(Exception):
    """The program is not to be had; the text says what to do."""


def installed(locks: Path, name: str) -> Path:
    """The folder that holds node_modules of the package.json and its lock in `locks`."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        raise Missing(NO_NPM)
    lock = (locks / "package-lock.json").read_bytes()
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "dxsite"
    place = cache / f"{locks.name}-{hashlib.sha256(lock).hexdigest()[:16]}"
    if not (place / "node_modules" / name).exists():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as folder:
            for file in ("package.json", "package-lock.json"):
                shutil.copy(locks / file, folder)
            command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
            done = subprocess.run(
                command, cwd=folder, capture_output=True, encoding="utf-8", timeout=200, check=False
            )
            if done.returncode:
                raise Missing(f"{NO_INSTALL.format(name=name)}\n{done.stdout}{done.stderr}")
            if not place.exists():
                Path(folder).rename(place)
                Path(folder).mkdir()  # for the end of the block to remove
    return place
