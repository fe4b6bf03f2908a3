"""Plans the pages of the staff guide."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dxsite import guide, urls
from dxsite.guide import Chapter, FaultText
from dxsite.model import SiteSettings
from dxsite.site.guide_fields import KindEntry, kind_entries, kind_pages
from dxsite.site.pages import Link, Page

_TITLE = "職員向けガイド"
_FIELDS = Link("項目の一覧", urls.GUIDE_FIELDS)
_FAULTS = Link("誤りと注意の一覧", urls.GUIDE_FAULTS)
_TRAIL = (Link("ホーム", urls.HOME), Link(_TITLE, urls.GUIDE))
_HEADING = re.compile(r"^## +(.+)$", re.MULTILINE)
_FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Entry:
    """A page of the guide among others."""

    page: Link
    lead: str


@dataclass(frozen=True, slots=True)
class GuideView:
    """The way into the guide."""

    chapters: tuple[Entry, ...]
    lists: tuple[Entry, ...]
    repository: str | None


@dataclass(frozen=True, slots=True)
class WayView:
    """A page that is read between two others."""

    previous: Link | None
    following: Link | None


@dataclass(frozen=True, slots=True)
class ChapterView(WayView):
    """One chapter."""

    text: str
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldsView(WayView):
    """Every kind of file and the names of its fields."""

    kinds: tuple[KindEntry, ...]


@dataclass(frozen=True, slots=True)
class FaultRow:
    """A code and what it means."""

    code: str
    page: Link


@dataclass(frozen=True, slots=True)
class FaultsView(WayView):
    """Every code, those that stop publishing first."""

    errors: tuple[FaultRow, ...]
    warnings: tuple[FaultRow, ...]


@dataclass(frozen=True, slots=True)
class FaultView:
    """One code."""

    code: str
    text: str
    is_warning: bool


def guide_pages(site: SiteSettings) -> Iterator[Page]:
    """The way in, the chapters, the fields, the codes."""
    chapters = guide.chapters()
    way = [*(Link(c.title, urls.guide_chapter(c.id)) for c in chapters), _FIELDS, _FAULTS]
    fields_lead = "ファイルに書ける項目のすべてを、書き方の例とともに載せています。"
    faults_lead = "自動の検査が知らせる誤りと注意のすべてを、直し方とともに載せています。"
    yield Page(
        urls.GUIDE,
        "guide.html",
        _TITLE,
        "このサイトの内容を、ブラウザーだけで直すための手引きです。初めての方は、上から順にお読みください。",
        _TRAIL[:1],
        GuideView(
            tuple(Entry(Link(c.title, urls.guide_chapter(c.id)), c.lead) for c in chapters),
            (Entry(_FIELDS, fields_lead), Entry(_FAULTS, faults_lead)),
            site.repository,
        ),
        section=urls.GUIDE,
    )
    for chapter in chapters:
        yield _chapter_page(chapter, way)
    yield Page(
        urls.GUIDE_FIELDS,
        "guide-fields.html",
        _FIELDS.label,
        fields_lead,
        _TRAIL,
        FieldsView(*_beside(_FIELDS, way), kind_entries()),
        section=urls.GUIDE,
    )
    yield from kind_pages((*_TRAIL, _FIELDS))
    yield _faults_page(faults_lead, way)
    for fault in guide.faults().values():
        yield _fault_page(fault)


def _beside(page: Link, way: list[Link]) -> tuple[Link | None, Link | None]:
    """The pages before and after one."""
    known = [None, *way, None]
    at = known.index(page)
    return known[at - 1], known[at + 1]


def _chapter_page(chapter: Chapter, way: list[Link]) -> Page:
    headings = tuple(_HEADING.findall(_FENCED.sub("", chapter.text)))
    page = Link(chapter.title, urls.guide_chapter(chapter.id))
    return Page(
        page.url,
        "guide-chapter.html",
        chapter.title,
        chapter.lead,
        _TRAIL,
        ChapterView(*_beside(page, way), chapter.text, headings),
        section=urls.GUIDE,
    )


def _faults_page(lead: str, way: list[Link]) -> Page:
    faults = guide.faults().values()
    rows = [(f.is_warning, FaultRow(f.code, _link(f))) for f in faults]
    view = FaultsView(
        *_beside(_FAULTS, way),
        tuple(row for is_warning, row in rows if not is_warning),
        tuple(row for is_warning, row in rows if is_warning),
    )
    title = _FAULTS.label
    return Page(
        urls.GUIDE_FAULTS, "guide-faults.html", title, lead, _TRAIL, view, section=urls.GUIDE
    )


def _fault_page(fault: FaultText) -> Page:
    kind = "注意" if fault.is_warning else "誤り"
    return Page(
        urls.guide_fault(fault.code),
        "guide-fault.html",
        fault.title,
        f"自動の検査が知らせる{kind}「{fault.code}」の意味と直し方です。",
        (*_TRAIL, _FAULTS),
        FaultView(fault.code, fault.text, fault.is_warning),
        section=urls.GUIDE,
    )


def _link(fault: FaultText) -> Link:
    return Link(fault.title, urls.guide_fault(fault.code))
