"""What proves that a data file arrived as it was published: SHA-256, as `sha256sum` writes it."""

from collections.abc import Sequence
from functools import partial
from pathlib import PurePosixPath

from dxsite import urls
from dxsite.assets import Artifact

_FOLDER = urls.file_of(urls.DATA_SUMS).rpartition("/")[0]


def artifact(published: Sequence[Artifact]) -> Artifact:
    """The sums of those files that lie beside this one."""
    beside = [one for one in published if str(PurePosixPath(one.path).parent) == _FOLDER]
    return Artifact(urls.file_of(urls.DATA_SUMS), partial(_text, beside))


def _text(files: Sequence[Artifact]) -> bytes:
    """Sorted by name; two blanks before it, for `sha256sum --check`."""
    lines = (f"{one.proof.sha256}  {PurePosixPath(one.path).name}\n" for one in files)
    return "".join(sorted(lines, key=lambda line: line.split()[1])).encode()
