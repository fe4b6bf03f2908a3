"""Plans the pages that span more plans than fit on them: what each part holds, and the way there.

They are made from gists alone, for the whole of a large catalogue and for a prefecture with parts.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dxsite import urls
from dxsite.model import Theme
from dxsite.site import words
from dxsite.site.allchanges import changes_page, of_gist
from dxsite.site.areas import Area
from dxsite.site.gists import Gist
from dxsite.site.pages import Link, Page
from dxsite.site.parts import PartRow, PartsView
from dxsite.site.themes import ThemesView, theme_rows


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an area with its gists."""

    area: Area
    gists: tuple[Gist, ...]
    themes: Counter[str]
    """Theme → measures."""
    towns: Counter[str]
    """Theme → plans."""


@dataclass(frozen=True, slots=True)
class ThemeParts:
    """A theme, with where it is planned."""

    theme: Theme
    parts: PartsView
    empty: tuple[str, ...]
    """Parts that plan nothing of it."""
    total: int
    plans: int
    others: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class PartsMatrix:
    """Parts × themes; each cell tells the number of measures, and leads to them."""

    head: str
    themes: tuple[Link, ...]
    rows: tuple[tuple[Link, str | None, tuple[Link, ...]], ...]
    """Part, note, a link for each theme, whose label is the number."""


def parts_of(area: Area, gists: Sequence[Gist]) -> tuple[Part, ...]:
    """The parts of an area; `gists` holds at least its own."""
    by_slug = {gist.slug: gist for gist in gists}
    found = []
    for part in area.areas:
        own = tuple(by_slug[slug] for slug in part.slugs)
        themes: Counter[str] = Counter()
        towns: Counter[str] = Counter()
        for gist in own:
            themes.update(gist.themes)
            towns.update(gist.themes.keys())
        found.append(Part(part, own, themes, towns))
    return tuple(found)


def branch_pages(area: Area, parts: Sequence[Part], themes: Sequence[Theme]) -> Iterator[Page]:
    """KPIs, themes and roadmap of an area with parts."""
    pages = (
        _kpis_page(area, parts),
        *_theme_pages(area, parts, themes),
        _compare_page(area, parts, themes),
        _roadmap_page(area, parts),
        _changes_page(area, parts),
    )
    for page in pages:
        yield replace(page, branch=area.branch)


def _kpis_page(area: Area, parts: Sequence[Part]) -> Page:
    return Page(
        area.branch.kpis,
        "parts.html",
        area.titled("数値目標の一覧"),
        area.told(f"評価指標（KPI）と目標値の一覧へ、{_head(area)}ごとに進めます。"),
        area.trail,
        view_of(
            area,
            "数値目標の数",
            ("計画", "数値目標"),
            [
                (part, part.area.branch.kpis, (len(part.gists), _sum(part, "kpis")))
                for part in parts
            ],
        ),
        section=urls.KPIS,
    )


def _roadmap_page(area: Area, parts: Sequence[Part]) -> Page:
    return Page(
        area.branch.roadmap,
        "parts.html",
        area.titled("全自治体の工程"),
        area.told(
            f"計画の期間と、今年度に予定のある施策の数です。{_head(area)}ごとの工程へ進めます。"
        ),
        (*area.trail, Link("テーマ", area.branch.themes)),
        view_of(
            area,
            "計画の期間と今年度の施策",
            ("計画", "期間中の計画", "施策", "今年度に予定のある施策"),
            [
                (
                    part,
                    part.area.branch.roadmap,
                    (
                        len(part.gists),
                        sum(gist.row.stage == "during" for gist in part.gists),
                        _sum(part, "measures"),
                        _sum(part, "this_year"),
                    ),
                )
                for part in parts
            ],
        ),
        section=urls.THEMES,
    )


def _changes_page(area: Area, parts: Sequence[Part]) -> Page:
    table = view_of(
        area,
        "改定で変わったところの数",
        ("計画", "改定"),
        [
            (
                part,
                part.area.branch.changes,
                (len(part.gists), sum(len(gist.steps) for gist in part.gists)),
            )
            for part in parts
        ],
    )
    return changes_page(area, [of_gist(g) for part in parts for g in part.gists], table)


def _theme_pages(area: Area, parts: Sequence[Part], themes: Sequence[Theme]) -> Iterator[Page]:
    counts = [gist.themes for part in parts for gist in part.gists]
    rows = theme_rows(themes, counts, area.branch)
    yield Page(
        area.branch.themes,
        "themes.html",
        area.titled("テーマから探す"),
        area.told("自治体の計画に共通するテーマごとに、施策を探せます。"),
        area.trail,
        ThemesView(rows, ()),
        section=urls.THEMES,
    )
    for theme in themes:
        own = area.branch.theme(theme.id)
        there = [part for part in parts if part.themes[theme.id]]
        view = ThemeParts(
            theme,
            view_of(
                area,
                f"「{theme.title}」の施策",
                ("自治体", "施策"),
                [
                    (
                        part,
                        part.area.branch.theme(theme.id),
                        (part.towns[theme.id], part.themes[theme.id]),
                    )
                    for part in there
                ],
            ),
            tuple(part.area.name for part in parts if not part.themes[theme.id]),
            sum(part.themes[theme.id] for part in parts),
            sum(part.towns[theme.id] for part in parts),
            tuple(row.theme for row in rows if row.theme.url != own),
        )
        yield Page(
            own,
            "theme-parts.html",
            area.titled(theme.title),
            area.told(words.first_sentence(theme.text)),
            (*area.trail, Link("テーマ", area.branch.themes)),
            view,
            section=urls.THEMES,
            origin=theme.place,
        )


def _compare_page(area: Area, parts: Sequence[Part], themes: Sequence[Theme]) -> Page:
    rows = tuple(
        (
            Link(part.area.name, part.area.branch.compare),
            note_of(part),
            tuple(
                Link(str(part.themes[theme.id]), part.area.branch.theme(theme.id))
                for theme in themes
            ),
        )
        for part in parts
    )
    return Page(
        area.branch.compare,
        "compare-parts.html",
        area.titled("自治体を比べる"),
        area.told(f"どのテーマの施策がいくつあるかを、{_head(area)}ごとに一つの表で比べられます。"),
        (*area.trail, Link("テーマ", area.branch.themes)),
        PartsMatrix(
            _head(area),
            tuple(Link(theme.title, area.branch.theme(theme.id)) for theme in themes),
            rows,
        ),
        section=urls.THEMES,
    )


def view_of(
    area: Area,
    caption: str,
    columns: tuple[str, ...],
    rows: Sequence[tuple[Part, str, tuple[int, ...]]],
) -> PartsView:
    """A table of parts: (part, where its row leads, its numbers), with their sum."""
    total = tuple(map(sum, zip(*(numbers for _, _, numbers in rows), strict=True)))
    return PartsView(
        caption,
        _head(area),
        columns,
        tuple(
            PartRow(Link(part.area.name, url), note_of(part), numbers)
            for part, url, numbers in rows
        ),
        total,
    )


def note_of(part: Part) -> str | None:
    """Which towns a numbered part holds; a prefecture's name says it itself."""
    if part.area.prefecture and part.area.name == part.area.prefecture.name:
        return None
    first, last = part.gists[0].row.plan.label, part.gists[-1].row.plan.label
    return first if first == last else f"{first}から{last}まで"


def _head(area: Area) -> str:
    return "都道府県" if area.is_whole else "地域"


def _sum(part: Part, name: str) -> int:
    return sum(getattr(gist.row, name) for gist in part.gists)
