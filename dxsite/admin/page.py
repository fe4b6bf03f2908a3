"""The page that starts the editing screen."""

from html import escape
from importlib import resources
from string import Template

from dxsite import urls
from dxsite.assets import Artifact
from dxsite.site.pages import Frame


def page(frame: Frame, icon: str) -> Artifact:
    """The page, with the site's icon; nothing else of the site, for the program has its own styles."""
    template = Template(resources.files("dxsite.admin").joinpath("page.html").read_text("utf-8"))
    html = template.substitute(
        icon=escape(frame.base_path + icon),
        title=escape(frame.title),
        config=escape(frame.base_path + urls.ADMIN_CONFIG),
        program=escape(frame.base_path + urls.ADMIN_PROGRAM),
        guide=escape(frame.base_path + urls.GUIDE),
    )
    return Artifact(urls.file_of(urls.ADMIN), html.encode())
