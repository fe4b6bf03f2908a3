"""Packs the site into one zip that opens from a folder, without a host, search included."""

from dxsite.offline.packing import packed

__all__ = ["packed"]
