"""Keeps the code of templates between builds; without it everything comes out the same, later."""

import os
from functools import cache
from hashlib import sha256
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket

FOLDER = Path(".dxsite-cache", "templates")
_DIGEST = 32


class Kept(jinja2.BytecodeCache):
    """One file a template, behind the digest of what is in it.

    1. Code is used again only for the same source, Python, jinja2 and state of this package.
    2. What cannot be kept is no fault; what was torn or altered is compiled anew.
    """

    def __init__(self, root: Path) -> None:
        self._folder = root / FOLDER

    def load_bytecode(self, bucket: Bucket) -> None:
        try:
            kept = self._path(bucket).read_bytes()
        except OSError:
            return
        digest, code = kept[:_DIGEST], kept[_DIGEST:]
        if _digest(code) == digest:
            bucket.bytecode_from_string(code)  # which looks at the source's checksum

    def dump_bytecode(self, bucket: Bucket) -> None:
        path = self._path(bucket)
        new = path.with_suffix(f".{os.getpid()}")
        code = bucket.bytecode_to_string()
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            new.write_bytes(_digest(code) + code)
            new.replace(path)
        except OSError:
            return

    def _path(self, bucket: Bucket) -> Path:
        return self._folder / f"{bucket.key}.code"


def _digest(code: bytes) -> bytes:
    return sha256(_maker() + code).digest()


@cache
def _maker() -> bytes:
    """What the code depends on beside its template: jinja2, our compiler, filters and settings.

    The version of Python stands in the code.
    """
    ours = sorted(Path(__file__).parent.glob("*.py"))
    return b"".join([jinja2.__version__.encode(), *(path.read_bytes() for path in ours)])
