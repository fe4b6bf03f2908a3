"""Charts as files, for papers and slides: with their title, their source, the site, the day."""

from collections.abc import Iterator, Mapping
from functools import partial

from dxsite import urls
from dxsite.assets import Artifact, Assets
from dxsite.charts import svg
from dxsite.memory import Memory
from dxsite.site import words
from dxsite.site.pages import Frame, Page, Picture, Site


def artifacts(site: Site, assets: Assets, memory: Memory) -> Iterator[Artifact]:
    """Every picture of every page."""
    for page in site.pages:
        if page.pictures:
            for picture in page.pictures:
                source = _source(picture, page, site.frame)
                made = partial(_remembered, picture, source, assets.looks, memory)
                yield Artifact(urls.file_of(picture.url), made)


def _remembered(
    picture: Picture,
    source: tuple[str, ...],
    looks: Mapping[str, Mapping[str, str]],
    memory: Memory,
) -> bytes:
    return memory.recall(
        f"picture {picture.url}",
        (picture, source, looks),
        lambda: svg.alone(picture.drawing, looks, source).encode(),
    )


def _source(picture: Picture, page: Page, frame: Frame) -> tuple[str, ...]:
    """Where the numbers are from; then the site, the page, the day of its last change."""
    address = f" {frame.base_url}{page.url}" if frame.base_url else ""
    day = f"　{words.day(page.updated)}更新" if page.updated else ""
    return (f"出典：{picture.source}", f"作図：{frame.title}{address}{day}")
