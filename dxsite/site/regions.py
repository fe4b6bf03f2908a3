"""The prefectures of a large catalogue by region, with what each holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from dxsite.site.areas import Area
from dxsite.site.gists import Gist
from dxsite.site.prefectures import ELSEWHERE, PREFECTURES


@dataclass(frozen=True, slots=True)
class PrefectureRow:
    """A prefecture in a list; `url` is None where no plan of it is there yet."""

    name: str
    reading: str
    url: str | None
    plans: int
    measures: int


@dataclass(frozen=True, slots=True)
class Region:
    """Prefectures that lie together."""

    name: str
    prefectures: tuple[PrefectureRow, ...]


def regions_of(gists: Sequence[Gist], tree: Area) -> tuple[Region, ...]:
    """All prefectures, those without plans too; none where the catalogue is small."""
    if not tree.is_large:
        return ()
    urls = {area.prefecture: area.branch.home for area in tree.areas}
    measures: dict[str, list[int]] = {}
    for gist in gists:
        measures.setdefault(gist.prefecture.slug, []).append(len(gist.measures))
    there = (*PREFECTURES, ELSEWHERE) if ELSEWHERE in urls else PREFECTURES
    return tuple(
        Region(
            name,
            tuple(
                PrefectureRow(
                    one.name,
                    one.reading,
                    urls.get(one),
                    len(measures.get(one.slug, ())),
                    sum(measures.get(one.slug, ())),
                )
                for one in group
            ),
        )
        for name, group in groupby(there, key=lambda one: one.region)
    )
