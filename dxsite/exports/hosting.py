"""What hosts, robots and browsers read: headers, redirects, sitemap, robots, OpenSearch."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

from dxsite import urls
from dxsite.assets import Artifact
from dxsite.site.pages import Frame, Page

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; font-src 'self'; worker-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
ADMIN_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' blob: data:; connect-src 'self' data: https://api.github.com; font-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Of the editing screen alone: its program writes styles into the page and speaks to GitHub."""
_POLICY = "Content-Security-Policy"
_POWERS = (
    *("accelerometer", "autoplay", "browsing-topics", "camera", "display-capture"),
    *("fullscreen", "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts"),
    *("magnetometer", "microphone", "midi", "payment", "picture-in-picture"),
    *("publickey-credentials-get", "screen-wake-lock", "serial", "usb"),
    "xr-spatial-tracking",
)
"""What a browser lets pages ask for, and none of ours does."""
_EVERYWHERE = (
    ("Strict-Transport-Security", "max-age=63072000; includeSubDomains"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Permissions-Policy", ", ".join(f"{power}=()" for power in _POWERS)),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "cross-origin"),
)
"""Whatever is published is public: other sites may show its pictures (a shared link has one), and
none may frame a page."""
_FOREVER = "public, max-age=31536000, immutable"
_IMMUTABLE = (
    f"{urls.ASSETS}*",
    *(f"{urls.SEARCH_INDEX}{n}/*" for n in ("index", "filter", "fragment")),
)
_NOINDEX = "X-Robots-Tag: noindex"
_BESIDE_PAGES = (
    *(
        urls.FEED,
        urls.json_of_feed(urls.FEED),
        urls.SITEMAP,
        urls.ROBOTS,
        urls.OPENSEARCH,
        urls.HEADERS,
        urls.REDIRECTS,
    ),
    urls.card(urls.HOME),
    *(urls.ASSETS, urls.SEARCH_INDEX, urls.DATA, urls.SCHEMAS),
)
"""What is published and is no page."""
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"


def artifacts(frame: Frame, pages: Sequence["Listed"]) -> Iterator[Artifact]:
    """All of them, in no particular order; `pages` are those of the whole site."""
    for url, text in (
        (urls.HEADERS, _headers(frame, pages)),
        (urls.REDIRECTS, _redirects(pages)),
        (urls.ROBOTS, _robots(frame)),
    ):
        yield Artifact(urls.file_of(url), text.encode())
    yield from sitemaps(pages, frame.base_url)
    yield Artifact(urls.file_of(urls.OPENSEARCH), partial(_opensearch, frame))


def _headers(frame: Frame, pages: Iterable["Listed"]) -> str:
    """No header stands in two rules that match one path: hosts differ in what they make of that.

    Some send the last, some both; of two policies a browser obeys what both allow, so the editing
    screen could not have its own. A rule cannot leave a path out either: beside an editing screen
    the site's policy is said for each of its folders and files, and in the page for all other
    addresses (404.html).
    Everything that is not immutable has the hosts' own default, max-age=0 with revalidation: to say
    so for each folder would be a rule a plan, and some hosts take a hundred rules at most.
    """
    editor = frame.editor
    common = [f"  {name}: {value}" for name, value in _EVERYWHERE]
    policy = f"  {_POLICY}: {CONTENT_SECURITY_POLICY}"
    if frame.preview:
        common.append(f"  {_NOINDEX}")
    blocks = ["\n".join(["/*", *([] if editor else [policy]), *common])]
    blocks += [f"{path}\n  Cache-Control: {_FOREVER}" for path in _IMMUTABLE]
    blocks.append(f"{urls.DATA}*\n  Access-Control-Allow-Origin: *")
    if editor:
        blocks += [f"{path}\n{policy}" for path in _paths(pages)]
        noindex = [] if frame.preview else [f"  {_NOINDEX}"]
        own = [f"  {_POLICY}: {ADMIN_SECURITY_POLICY}", *noindex]
        blocks.append("\n".join([f"{urls.ADMIN}*", *own]))
    return "\n\n".join(blocks) + "\n"


def _paths(pages: Iterable["Listed"]) -> list[str]:
    """Every path that is published, as rules name it, but those of the editing screen."""
    addresses = [*(page.url for page in pages), *_BESIDE_PAGES]
    folders = {url.split("/")[1] for url in addresses if url.count("/") > 1}
    files = {url for url in addresses if url.count("/") == 1}
    return [
        *sorted(files),
        f"{urls.HOME}{urls.file_of(urls.HOME)}",
        *(f"/{name}/*" for name in sorted(folders)),
    ]


def _redirects(pages: Iterable["Listed"]) -> str:
    """Where former addresses lead.

    A page stands at each of them, which leads on by itself; the mark makes Netlify follow the line
    nevertheless. What is gone is sent with status 410. Netlify's papers name 200, 301, 302 and 404
    only; it sends 410 all the same, with the page that the line names (netlify-playground#22; GOV.UK
    writes such lines, govuk-design-system#5592), to GET at least. Hosts that know neither pass over
    the line and send the page.
    Lines with a star cover what lies below a plan or a theme (feeds, calendars); they come last,
    and say again what pages below say, so those are left out.
    """
    former = sorted((page.url, page.goes_to) for page in pages if page.goes_to is not None)
    below = {url: to for url, to in former if _has_more_below(url)}
    lines = []
    for url, to in former:
        above = next((f for f in below if url.startswith(f) and url != f), None)
        if not to:
            if above is None or below[above]:
                lines.append(f"{url} {_file(url)} 410!")
        elif above is None or to != below[above] + url.removeprefix(above):
            lines.append(f"{url} {to} 301!")
    for url, to in below.items():
        lines.append(f"{url}* {to}:splat 301!" if to else f"{url}* {_file(url)} 410!")
    return "\n".join([*lines, f"/* {urls.NOT_FOUND} 404\n"])


def _has_more_below(url: str) -> bool:
    """Whether feeds and pages lie below an address: a plan's or a theme's."""
    return url.count("/") == 2 or (url.count("/") == 3 and url.startswith(urls.THEMES))


def _file(url: str) -> str:
    return f"/{urls.file_of(url)}"


class Listed(NamedTuple):
    """A page as lists of pages know it."""

    part: str
    """Of the sitemap; empty for pages of the whole site."""
    url: str
    updated: str | None
    goes_to: str | None
    """As of `Page`: of an address that was given up, which the sitemap leaves out."""


def listed(page: Page) -> Listed:
    """How lists know a page."""
    return Listed(page.branch.name, page.url, page.updated, page.goes_to)


def sitemaps(pages: Iterable[Listed], base_url: str) -> Iterator[Artifact]:
    """One sitemap; of a catalogue with prefectures, an index with one part for each."""
    parts: dict[str, list[Listed]] = {}
    for page in sorted(pages, key=lambda page: page.url):
        if page.url != urls.NOT_FOUND and page.goes_to is None:
            parts.setdefault(page.part, []).append(page)
    if parts.keys() <= {""}:
        whole = partial(_sitemap, parts.get("", []), base_url)
        yield Artifact(urls.file_of(urls.SITEMAP), whole)
        return
    ET.register_namespace("", _SITEMAP)
    index = ET.Element(f"{{{_SITEMAP}}}sitemapindex")
    for name, some in sorted(parts.items()):
        for number in range(-(-len(some) // _LARGEST)):
            sheet = some[number * _LARGEST : (number + 1) * _LARGEST]
            url = urls.sitemap_part(f"{name or 'site'}{f'-{number + 1}' if number else ''}")
            entry = ET.SubElement(index, f"{{{_SITEMAP}}}sitemap")
            ET.SubElement(entry, f"{{{_SITEMAP}}}loc").text = base_url + url
            yield Artifact(urls.file_of(url), partial(_sitemap, sheet, base_url))
    yield Artifact(urls.file_of(urls.SITEMAP), _xml(index))


_LARGEST = 50_000
"""So many addresses may a sitemap have."""


def _sitemap(pages: Iterable[Listed], base_url: str) -> bytes:
    # As text: a tree of 200,000 elements takes ten times as long.
    told = "".join(
        f" <url>\n  <loc>{escape(base_url + page.url)}</loc>\n"
        + (f"  <lastmod>{page.updated}</lastmod>\n" if page.updated else "")
        + " </url>\n"
        for page in pages
    )
    head = f"<?xml version='1.0' encoding='utf-8'?>\n<urlset xmlns=\"{_SITEMAP}\">\n"
    return f"{head}{told}</urlset>\n".encode()


def _robots(frame: Frame) -> str:
    if frame.preview:
        return "User-agent: *\nDisallow: /\n"
    sitemap = f"\nSitemap: {frame.base_url}{urls.SITEMAP}\n" if frame.base_url else ""
    return f"User-agent: *\nAllow: /\n{sitemap}"


def _opensearch(frame: Frame) -> bytes:
    ET.register_namespace("", _OPENSEARCH)
    root = ET.Element(f"{{{_OPENSEARCH}}}OpenSearchDescription")
    search = f"{frame.base_url}{urls.SEARCH}?q={{searchTerms}}"
    for name, text in (
        ("ShortName", frame.title[:16]),
        ("Description", frame.tagline),
        ("InputEncoding", "UTF-8"),
        ("Language", "ja"),
    ):
        ET.SubElement(root, f"{{{_OPENSEARCH}}}{name}").text = text
    ET.SubElement(root, f"{{{_OPENSEARCH}}}Url", {"type": "text/html", "template": search})
    return _xml(root)


def _xml(root: ET.Element) -> bytes:
    ET.indent(root, " ")
    data: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return data + b"\n"
