"""Made-up municipalities, as many as a test wants: small plans in the prefectures it names."""

import shutil
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path

from dxsite.checks.codes import check_digit
from dxsite.site.prefectures import PREFECTURES
from tests.conftest import ROOT, Desk

_SMALL = ROOT / "tests/small/content"
_FIRST = (
    *(
        ("青", "あお"),
        ("赤", "あか"),
        ("白", "しろ"),
        ("黒", "くろ"),
        ("桃", "もも"),
        ("藍", "あい"),
    ),
    *(
        ("東", "ひがし"),
        ("西", "にし"),
        ("南", "みなみ"),
        ("北", "きた"),
        ("上", "かみ"),
        ("下", "しも"),
    ),
)
_LAST = (
    *(("井", "い"), ("川", "かわ"), ("山", "やま"), ("野", "の"), ("浜", "はま"), ("原", "はら")),
    *(("島", "しま"), ("沢", "さわ"), ("谷", "たに"), ("森", "もり")),
)
_KINDS = (("市", "し"), ("町", "ちょう"), ("村", "むら"))
_TOPICS = (
    "電子申請",
    "書かない窓口",
    "防災情報の発信",
    "学校のタブレット",
    "テレワーク",
    "AIの活用",
)
_TERMS = (
    ("rpa", "RPA"),
    ("ai-ocr", "AI-OCR"),
    ("telework", "テレワーク"),
    ("open-data", "オープンデータ"),
)


PLANS = {"aomori": 8, "yamagata": 10, "tokyo": 2, "hiroshima": 7}
"""So many plans that they are no single area, and one prefecture that has two parts."""


def many(root: Path) -> Desk:
    """A desk with these plans."""
    for name in ("templates", "assets"):
        (root / name).symlink_to(ROOT / name)
    shutil.copytree(_SMALL, root / "content")
    desk = Desk(root)
    fill(desk, PLANS)
    return desk


def names() -> Iterator[tuple[str, str, str]]:
    """Slug, name, reading of towns, none of them like another."""
    for number, (kind, last, first) in enumerate(product(_KINDS, _LAST, _FIRST)):
        parts = (first, last, kind)
        yield f"town-{number}", "".join(p[0] for p in parts), "".join(p[1] for p in parts)


def fill(desk: Desk, plans: Mapping[str, int], measures: int = 2) -> dict[str, list[str]]:
    """Give a desk so many plans per prefecture (by address); prefecture → slugs by code.

    The desk must hold the small content, whose own plan goes. The first town of every prefecture
    has the same name.
    """
    shutil.rmtree(desk.root / "content/aoi")
    themes = (desk.root / "content/themes.yaml").read_text("utf-8")
    ids = [line.split(": ")[1].strip() for line in themes.splitlines() if "ID: " in line]
    free = names()
    made: dict[str, list[str]] = {}
    shared: tuple[str, str] | None = None
    for name, count in plans.items():
        prefecture = next(one for one in PREFECTURES if one.slug == name)
        for number in range(1, count + 1):
            slug, town, reading = next(free)
            if number == 1:
                town, reading = shared = shared or (town, reading)
            five = f"{prefecture.code}{200 + number}"
            code = f"{five}{check_digit(five)}"
            _write(desk, slug, (town, reading, code, prefecture.name), number)
            for place in range(measures):
                desk.write(f"{slug}/measures/m{place}.yaml", measure(ids, number, place))
            if number == 1:
                keep_revision(desk, slug, "old", "2021-03")
            made.setdefault(name, []).append(slug)
    return made


def _write(desk: Desk, slug: str, said: tuple[str, str, str, str], number: int) -> None:
    town, reading, code, prefecture = said
    plan = (_SMALL / "aoi/plan.yaml").read_text("utf-8")
    plan = plan.replace("青井市", town).replace("あおいし", reading)
    desk.write(f"{slug}/plan.yaml", plan.replace("062073", code).replace("山形県", prefecture))
    some = [_TERMS[0], *(term for place, term in enumerate(_TERMS[1:]) if (number + place) % 2)]
    entries = "".join(
        f"  - ID: {id_}\n\n    名称: {term}\n\n    説明: |\n      {term}の説明です。\n\n"
        for id_, term in some
    )
    desk.write(f"{slug}/glossary.yaml", f"用語集:\n{entries}")


def keep_revision(desk: Desk, slug: str, name: str, month: str) -> None:
    """An earlier revision of a plan, with another target and without its last measure."""
    folder = desk.root / "content" / slug
    plan = (folder / "plan.yaml").read_text("utf-8")
    desk.write(
        f"{slug}/revisions/{name}/plan.yaml", plan.replace("策定: 2023-03", f"策定: {month}")
    )
    for path in sorted(folder.glob("measures/*.yaml"))[:1]:
        text = path.read_text("utf-8").replace("R9: 60以上", "R9: 50以上")
        desk.write(f"{slug}/revisions/{name}/measures/{path.name}", text)


def measure(ids: list[str], number: int, place: int, summary: str = "手続きを増やします。") -> str:
    """A measure's file; what differs between plans and measures is its title, theme, years."""
    text = (_SMALL / "aoi/measures/forms.yaml").read_text("utf-8")
    topic = _TOPICS[(number + place) % len(_TOPICS)]
    theme = ids[(number * 2 + place) % len(ids)]
    return (
        text.replace("オンライン申請の拡充", f"{topic}（{place + 1}）")
        .replace("順: 10", f"順: {place + 1}0")
        .replace("online-procedures", theme)
        .replace("家から申請できる手続きを増やします。", summary)
    )
