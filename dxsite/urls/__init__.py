"""Every address of the published site, as a path from its root."""

from dataclasses import dataclass

from dxsite.urls.changes import CHANGES as CHANGES
from dxsite.urls.changes import CHANGES_FEED as CHANGES_FEED
from dxsite.urls.changes import CHANGES_JSON as CHANGES_JSON
from dxsite.urls.changes import change as change
from dxsite.urls.changes import department_changes as department_changes
from dxsite.urls.changes import feed_of_changes as feed_of_changes
from dxsite.urls.changes import plan_changes as plan_changes
from dxsite.urls.changes import plan_changes_json as plan_changes_json
from dxsite.urls.changes import step as step
from dxsite.urls.guide import GUIDE as GUIDE
from dxsite.urls.guide import GUIDE_FAULTS as GUIDE_FAULTS
from dxsite.urls.guide import GUIDE_FIELDS as GUIDE_FIELDS
from dxsite.urls.guide import guide_chapter as guide_chapter
from dxsite.urls.guide import guide_fault as guide_fault
from dxsite.urls.guide import guide_field as guide_field
from dxsite.urls.guide import guide_kind as guide_kind

HOME = "/"
THEMES = "/themes/"
COMPARE = "/compare/"
ROADMAP = "/roadmap/"
KPIS = "/kpis/"
GLOSSARY = "/glossary/"
SEARCH = "/search/"
DATA = "/data/"
PREFECTURES = "/prefectures/"
TOWNS_JSON = "/prefectures/towns.json"
ABOUT = "/about/"
ACCESSIBILITY = "/accessibility/"
GALLERY = "/gallery/"
NOT_FOUND = "/404.html"
CATALOG_JSON = "/data/catalog.json"
CATALOG_SCHEMA = "/data/catalog.schema.json"
DATA_SUMS = "/data/SHA256SUMS"
DATA_PACKAGE = "/data/datapackage.json"
FEED = "/feed.xml"
SITEMAP = "/sitemap.xml"
ROBOTS = "/robots.txt"
OPENSEARCH = "/opensearch.xml"
HEADERS = "/_headers"
REDIRECTS = "/_redirects"
SEARCH_INDEX = "/pagefind/"
SEARCH_WORDS = "/search/words/"
SEARCH_LEXICON = "/search/words/lexicon"
ASSETS = "/assets/"
SCHEMAS = "/schema/"
ADMIN = "/admin/"
ADMIN_CONFIG = "/admin/config.json"
ADMIN_PROGRAM = "/admin/sveltia-cms.js"
ADMIN_PARTS = "/admin/sveltia-cms"
_FIRST = (THEMES, COMPARE, ROADMAP, KPIS, GLOSSARY, SEARCH, DATA, PREFECTURES, CHANGES)
_OTHERS = (ABOUT, ACCESSIBILITY, GALLERY, GUIDE, SEARCH_INDEX, ASSETS, SCHEMAS, ADMIN)
TAKEN = frozenset(url.split("/")[1] for url in (*_FIRST, *_OTHERS))
"""Names at the root of the site that no plan can have."""


@dataclass(frozen=True, slots=True)
class Branch:
    """Addresses of the pages that span the plans of a part; a small catalogue is one, itself."""

    prefix: str = ""
    """Without a slash at the end."""

    @property
    def home(self) -> str:
        """The list of the part's plans."""
        return f"{self.prefix}{HOME}"

    @property
    def themes(self) -> str:
        """All themes."""
        return f"{self.prefix}{THEMES}"

    @property
    def compare(self) -> str:
        """Themes beside municipalities."""
        return f"{self.prefix}{COMPARE}"

    @property
    def roadmap(self) -> str:
        """When the plans do what."""
        return f"{self.prefix}{ROADMAP}"

    @property
    def kpis(self) -> str:
        """The KPIs of the plans."""
        return f"{self.prefix}{KPIS}"

    @property
    def changes(self) -> str:
        """What changed in the plans."""
        return f"{self.prefix}{CHANGES}"

    @property
    def glossary(self) -> str:
        """The terms that the plans explain."""
        return f"{self.prefix}{GLOSSARY}"

    def theme(self, id_: str) -> str:
        """One theme."""
        return f"{self.themes}{id_}/"

    def theme_years(self, id_: str) -> str:
        """When the measures of one theme are planned, on the theme's page."""
        return f"{self.theme(id_)}#timeline"

    def term(self, id_: str) -> str:
        """One term, with the explanation of every plan."""
        return f"{self.glossary}{id_}/"

    def terms_in(self, row: str) -> str:
        """The terms of one row of the kana table; deeper than any term's own page."""
        return f"{self.glossary}rows/{row}/"

    @property
    def name(self) -> str:
        """Of the prefecture in which it lies; empty for the whole catalogue."""
        return self.prefix.removeprefix(PREFECTURES).partition("/")[0]

    def in_whole(self, url: str) -> str:
        """The page of the whole catalogue that shows what one of this part's pages shows."""
        rest = url.removeprefix(self.prefix)
        return PREFECTURES if rest == HOME else rest


WHOLE = Branch()
"""The whole catalogue."""


def prefecture(slug: str, part: int | None = None) -> Branch:
    """The pages of one prefecture, or of a numbered part of it."""
    return Branch(f"{PREFECTURES}{slug}" if part is None else f"{PREFECTURES}{slug}/{part}")


def sitemap_part(name: str) -> str:
    """A part of a large sitemap; at the root, since it may name what stands beside or below it."""
    return f"/sitemap-{name}.xml"


def plan(slug: str) -> str:
    """One plan."""
    return f"/{slug}/"


def plan_feed(slug: str) -> str:
    """What changed in one plan."""
    return f"{plan(slug)}feed.xml"


def plan_calendar(slug: str) -> str:
    """The days of one plan."""
    return f"{plan(slug)}calendar.ics"


def node(slug: str, number: int) -> str:
    """A node of a plan's structure; `number` counts the nodes from 1."""
    return f"/{slug}/#node-{number}"


def chapter(slug: str, id_: str) -> str:
    """A chapter on a plan's page."""
    return f"/{slug}/#chapter-{id_}"


def plan_part(slug: str, name: str) -> str:
    """A part of a plan's page: `reviews`, `roles`, `priorities`, `future`."""
    return f"/{slug}/#{name}"


def card(page: str) -> str:
    """The picture that a link to a page is shared with."""
    return f"{page}card.png"


def plan_bibtex(slug: str) -> str:
    """How to cite a plan and its measures, as BibTeX."""
    return f"{plan(slug)}cite.bib"


def plan_csl(slug: str) -> str:
    """The same as CSL-JSON."""
    return f"{plan(slug)}cite.json"


def roadmap(slug: str) -> str:
    """A plan's whole roadmap."""
    return f"/{slug}/roadmap/"


def this_year(slug: str) -> str:
    """What a plan holds for the fiscal year of the build."""
    return f"/{slug}/this-year/"


def plan_booklet(slug: str) -> str:
    """A whole plan in one piece, to be printed."""
    return f"/{slug}/booklet/"


def roadmap_by_theme(slug: str) -> str:
    """The same roadmap, its measures grouped by theme."""
    return f"{roadmap(slug)}themes/"


def plan_kpis(slug: str) -> str:
    """All KPIs of a plan."""
    return f"/{slug}/kpis/"


def plan_glossary(slug: str) -> str:
    """The terms that a plan explains."""
    return f"/{slug}/glossary/"


def measure(slug: str, id_: str) -> str:
    """One measure."""
    return f"/{slug}/measures/{id_}/"


def measure_json(slug: str, id_: str) -> str:
    """One measure as data."""
    return f"{measure(slug, id_)}index.json"


def kpi(slug: str, measure_id: str, id_: str) -> str:
    """A KPI on its measure's page."""
    return f"{measure(slug, measure_id)}#kpi-{id_}"


def kpi_chart(slug: str, measure_id: str, id_: str) -> str:
    """A KPI's chart as a file."""
    return f"{measure(slug, measure_id)}{id_}.svg"


def plan_chart(slug: str, name: str) -> str:
    """A chart of a plan as a file: `costs`, `priorities`."""
    return f"{plan(slug)}{name}.svg"


def theme(id_: str) -> str:
    """One theme."""
    return f"{THEMES}{id_}/"


def theme_feed(id_: str) -> str:
    """What changed in the measures of one theme."""
    return f"{theme(id_)}feed.xml"


def theme_calendar(id_: str) -> str:
    """The days of the measures of one theme."""
    return f"{theme(id_)}calendar.ics"


def json_of_feed(feed: str) -> str:
    """The same feed as JSON Feed."""
    return f"{feed.removesuffix('.xml')}.json"


def term(id_: str) -> str:
    """One term, with every plan's explanation."""
    return f"{GLOSSARY}{id_}/"


def table(name: str) -> str:
    """A CSV table."""
    return f"{DATA}{name}.csv"


def search_readings(letter: str, of: str = "") -> str:
    """The readings that begin with a letter, by its code point; `of`: those of `plans` only."""
    return f"{SEARCH_WORDS}{ord(letter):x}{f'-{of}' if of else ''}"


def search_part(name: str) -> str:
    """A file of an index in shards: `index/…`, or `fragment/…` with what is shown of a record."""
    return f"{SEARCH_INDEX}{name}"


def prose(id_: str) -> str:
    """A page of the site itself."""
    return f"/{id_}/"


def schema(kind: str) -> str:
    """The JSON Schema of one kind of content file."""
    return f"{SCHEMAS}{kind}.json"


def file_of(url: str) -> str:
    """The file that a host serves at `url`, relative to the output folder."""
    path = url.partition("#")[0].lstrip("/")
    return f"{path}index.html" if path == "" or path.endswith("/") else path
