"""Nothing on the site stands alone."""

from pathlib import Path

from lxml import html

from dxsite import pipeline, urls


def test_every_page_is_at_most_four_clicks_from_home(
    built: tuple[pipeline.Built, Path],
) -> None:
    """Following links only: no search, no address typed."""
    pages = {
        artifact.path: html.document_fromstring(artifact.data.decode())
        for artifact in built[0].artifacts
        if artifact.path.endswith(".html")
    }
    clicks = {"index.html": 0}
    frontier = ["index.html"]
    while frontier:
        path = frontier.pop(0)
        for address in (link.get("href", "") for link in pages[path].iter("a")):
            target = urls.file_of(address.partition("#")[0])
            if address.startswith("/") and target in pages and target not in clicks:
                clicks[target] = clicks[path] + 1
                frontier.append(target)
    assert set(pages) - set(clicks) == {urls.file_of(urls.NOT_FOUND)}
    assert max(clicks.values()) <= 4
