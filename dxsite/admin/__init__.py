"""The editing screen at /admin/: Sveltia CMS, configured from the model; off by default."""

from collections.abc import Iterator

from dxsite.assets import Artifact, Assets
from dxsite.catalog import Catalog
from dxsite.site.pages import Frame


def admin_files(catalog: Catalog, frame: Frame, assets: Assets) -> Iterator[Artifact]:
    """Page, configuration, program; nothing where the setting is off.

    A Fault where the setting is on and the program is not installed.
    """
    if catalog.site.editor:
        # Late: by default there is no editing screen.
        from dxsite.admin.bundle import read_bundle
        from dxsite.admin.config import configuration
        from dxsite.admin.page import page

        icon = assets.addresses["icon.svg"]
        yield page(frame, icon)
        yield configuration(catalog, frame, icon)
        yield from read_bundle()
