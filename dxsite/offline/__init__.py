"""Packs the site into one zip that opens from a folder, without a host, search included."""

from collections.abc import Iterable
from pathlib import Path

from dxsite.assets import Artifact
from dxsite.site.pages import Frame


def packed(artifacts: Iterable[Artifact], frame: Frame, root: Path, texts: bytes) -> bytes:
    """The site as a zip: `texts` is what the search reads (search.texts_of).

    The same bytes for the same site, whatever the machine's clock or files.
    """
    from dxsite.offline import packing  # late: few builds need it

    return packing.packed(artifacts, frame, root, texts)
