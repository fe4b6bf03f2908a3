"""The staff guide tells the truth: every code has its page, every example does what it says."""

import ast
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from lxml import html

from dxsite import guide, pipeline, urls
from dxsite.cli.building import check
from dxsite.cli.explaining import explain
from dxsite.diagnostics import Finding, Report, Severity
from dxsite.faults import Fault
from dxsite.guide.plain import as_plain
from dxsite.model import TOP_RECORDS
from dxsite.model import whole_example as example
from tests.conftest import ROOT, TODAY, Desk
from tests.test_stories import codes

SMALL = ROOT / "tests" / "small" / "content"
TEXTS = sorted((ROOT / "dxsite" / "guide").glob("*/*.md"))
NO_TEXT_SHOWS = {
    *("control-character", "not-text", "not-utf8", "private-use-character", "too-large"),  # bytes
    *("folder-named-as-file", "odd-file-name", "unreadable-file"),  # names and links
    *("missing-file", "no-content", "no-plan"),  # what is not there
    "forgotten-address",  # histories
    *("missing-column", "missing-sheet", "not-a-text", "stray-row"),  # spreadsheets
    *("unknown-column", "unknown-sheet"),
}
"""Codes that no example on a page can cause."""
TOLD_BY_BUILD = {"dead-link"}
"""Codes that `check` does not come to."""
SHOWN = sorted(guide.faults().keys() - NO_TEXT_SHOWS)


# ------------------------------------------------------------------------------ codes and pages


def all_codes() -> set[str]:
    """Every code that dxsite can tell, those included that reach the report in a variable."""
    found = codes()
    values: Sequence[ast.expr]
    for node in nodes():
        match node:
            case ast.Call(func=ast.Name(id="Slip" | "Sign"), args=args):
                values = args
            case ast.Return(value=ast.Tuple(elts=elements)) if len(elements) >= 4:
                values = elements
            case ast.keyword(arg="code", value=value):
                values = [value]
            case ast.FunctionDef(args=ast.arguments(kwonlyargs=names, kw_defaults=defaults)):
                pairs = zip(names, defaults, strict=True)
                values = [value for name, value in pairs if name.arg == "code" and value]
            case _:
                continue
        texts = [v.value for v in values if isinstance(v, ast.Constant)]
        found |= {str(text) for text in texts if is_code(text)}
    return found


def is_code(value: object) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", value))


def nodes() -> Iterator[ast.AST]:
    """Every node of dxsite's source."""
    for path in sorted((ROOT / "dxsite").rglob("*.py")):
        yield from ast.walk(ast.parse(path.read_text("utf-8")))


def test_every_code_has_its_page() -> None:
    missing = all_codes() - guide.faults().keys()
    assert missing == set(), "write dxsite/guide/faults/<code>.md for these"


def test_every_page_has_its_code() -> None:
    spelled = {node.value for node in nodes() if isinstance(node, ast.Constant)}
    assert guide.faults().keys() - spelled == set(), "nothing tells these codes any more"


@pytest.mark.parametrize("code", guide.faults())
def test_a_page_says_why_and_how_with_before_and_after(code: str) -> None:
    fault = guide.faults()[code]
    assert fault.title
    assert "。" in fault.reason
    assert list(fault.sections) == ["直し方", "直す前", "直したあと"]
    assert fault.sections["直し方"].lstrip().startswith("1. ")


def test_no_two_pages_have_one_title() -> None:
    titles = [chapter.title for chapter in guide.chapters()]
    titles += [fault.title for fault in guide.faults().values()]
    assert len(set(titles)) == len(titles)


# -------------------------------------------------------------------------- examples of the codes


@pytest.mark.parametrize("code", SHOWN)
def test_the_example_shows_its_code_and_its_cure(
    code: str, small_plan: Callable[..., Desk]
) -> None:
    desk = small_plan()
    fault = guide.faults()[code]
    before, after = fault.examples("直す前"), fault.examples("直したあと")
    whole = {path.removeprefix("content/"): "" for path, _ in (*before, *after)}
    for path in whole:
        texts = [text for name, text in (*before, *after) if name == f"content/{path}"]
        whole[path] = "".join(texts)
    lay(desk, before, whole)
    told = told_by_build if code in TOLD_BY_BUILD else Desk.findings
    severities = {finding.severity for finding in told(desk) if finding.code == code}
    assert severities == {Severity.WARNING if fault.is_warning else Severity.ERROR}
    lay(desk, after, whole)
    assert [str(finding) for finding in told(desk)] == []


def test_the_codes_without_an_example_are_still_there() -> None:
    assert set(guide.faults()) >= NO_TEXT_SHOWS


def lay(desk: Desk, blocks: tuple[tuple[str, str], ...], whole: dict[str, str]) -> None:
    """The small content with some blocks in it; `whole` holds every block of each path."""
    another = (SMALL / "aoi/measures/forms.yaml").read_text("utf-8").replace("順: 10", "順: 20")
    shutil.rmtree(desk.root / "content")
    shutil.copytree(SMALL, desk.root / "content")
    for path, text in blocks:
        assert path.startswith("content/"), "a block is called after the file it stands in"
        name = path.removeprefix("content/")
        own = SMALL / name
        if name.endswith(".md") or not TOP_KEY.search(text):
            desk.write(name, text)
        elif own.exists() or Path(name).parent.name == "measures" or "/revisions/" in name:
            base = own.read_text("utf-8") if own.exists() else another
            if Path(name).name == "plan.yaml":
                base = (SMALL / "aoi/plan.yaml").read_text("utf-8")
            desk.write(name, with_keys(base, text, whole[name]))
        else:
            desk.write(name, text)


TOP_KEY = re.compile(r"^[\[　\t]?([^\s#\-:：\[\]<>=　]+)\]?\s*[:：]", re.MULTILINE)


def with_keys(base: str, block: str, blocks: str) -> str:
    """`base` with `block` in place of all top-level keys that any of its `blocks` write."""
    keys = set(TOP_KEY.findall(blocks))
    kept: list[str] = []
    place: int | None = None
    for chunk in re.split(r"(?m)^(?=[^\s#\-][^\n]*:)", base):
        key = TOP_KEY.match(chunk)
        if key and key[1] in keys:
            place = len(kept) if place is None else place
        else:
            kept.append(chunk)
    kept.insert(len(kept) if place is None else place, f"\n{block}\n")
    return "".join(kept).lstrip("\n")


def told_by_build(desk: Desk) -> tuple[Finding, ...]:
    """Everything that a build says, as far as it comes."""
    report = Report()
    order = pipeline.Order(
        root=desk.root, output=desk.root / "public", today=TODAY, index=False, base_url="/"
    )
    pipeline.make(order, report, lambda _: None)
    return report.findings


# ---------------------------------------------------------------------------- examples of fields


def test_every_field_has_an_example() -> None:
    fields = [
        f"{kind.title} {group.title} {field.name}"
        for kind in guide.kinds()
        for group in kind.groups
        for field in group.fields
        if not field.example.startswith(f"{field.name}:")
    ]
    assert fields == [], "write them into dxsite/model/examples/"
    assert {kind.id for kind in guide.kinds()} == TOP_RECORDS.keys()


def test_the_examples_are_right_when_taken_together(desk: Desk) -> None:
    """They make up a small site of their own about which nothing is said."""
    measure = example("measure")
    other = measure.replace("  - aoi/counter", "  - aoi/online-forms").replace(
        "  - ID: satisfaction", "  - ID: procedures"
    )
    desk.write("aoi/measures/online-forms.yaml", measure)
    desk.write("aoi/measures/counter.yaml", other)
    for name in ("plan", "glossary"):
        desk.write(f"aoi/{name}.yaml", example(name))
    for name in ("themes", "site", "search", "addresses"):
        desk.write(f"{name}.yaml", example(name))
    shutil.copytree(SMALL / "pages", desk.root / "content" / "pages")
    assert [str(finding) for finding in desk.findings()] == []


# ------------------------------------------------------------------------------------ the texts


def sentences(path: Path) -> Iterator[str]:
    """What a page says in sentences: no code, no tables, no pictures, without Markdown's marks."""
    text = re.sub(r"^```.*?^```$", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    for line in text.splitlines():
        if line.startswith(("|", "![")):
            continue
        plain = re.sub(r"\]\([^)]*\)|^(?:\d+\.|-|#+) |[\[\]`*]", "", line)
        yield from plain.split("。")


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_page_keeps_the_rule_of_80_letters(path: Path) -> None:
    """The guide asks for it, so it does it."""
    assert [text for text in sentences(path) if len(text) > 80] == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_page_speaks_without_jargon(path: Path) -> None:
    text = " ".join(sentences(path))
    jargon = (
        r"YAML|スカラー|マッピング|シーケンス|パース|バリデーション|エスケープ|インデント|！|弊"
    )
    assert re.findall(jargon, text) == []


def test_every_picture_is_there_and_is_said_in_words() -> None:
    named = []
    for path in TEXTS:
        for words, name in re.findall(r"!\[(.*?)\]\((.*?)\)", path.read_text("utf-8")):
            assert len(words) > 20, f"{path.name}: {name}"
            assert (path.parent / name).exists(), f"{path.name}: {name}"
            named.append(Path(name).name)
    there = {path.name for path in (ROOT / "assets" / "images").glob("guide-*")}
    assert set(named) == there


def test_the_chapters_stand_in_the_order_of_their_numbers() -> None:
    ids = [chapter.id for chapter in guide.chapters()]
    assert ids[:2] == ["start", "browser"]
    assert not {"fields", "faults"} & set(ids), "these addresses are taken"


def test_the_chapter_about_checking_shows_what_check_really_says(
    small_plan: Callable[..., Desk],
) -> None:
    desk = small_plan()
    measure = (SMALL / "aoi/measures/forms.yaml").read_text("utf-8")
    desk.write("aoi/measures/forms.yaml", measure.replace("担当課:", "担当課："))
    done = CliRunner().invoke(check, ["-C", str(desk.root), "-q"], standalone_mode=False)
    shown = done.stdout.partition("\n\n")[0]
    (chapter,) = (c for c in guide.chapters() if c.id == "checking")
    assert f"```\n{shown}\n```" in chapter.text


# --------------------------------------------------------------------------------------- explain


def explained(*arguments: str) -> str:
    done = CliRunner().invoke(explain, arguments, standalone_mode=False)
    if done.exception:
        raise done.exception
    return done.stdout


def test_explain_tells_a_page_as_plain_text() -> None:
    text = explained("fullwidth-colon")
    assert text.startswith("「：」が全角です（誤り: fullwidth-colon）\n\n")
    assert "【直し方】" in text
    assert "  content/aoi/measures/forms.yaml\n  | 担当課：\n" in text
    assert not re.search(r"```|\*\*|\]\(|^#", text, re.MULTILINE)


def test_explain_without_a_code_lists_all() -> None:
    lines = explained().splitlines()
    assert [line.split()[0] for line in lines] == sorted(guide.faults())


def test_explain_takes_a_code_as_it_was_copied() -> None:
    assert explained("（unknown-key）") == explained("unknown-key")


def test_explain_guesses_the_nearest_code() -> None:
    with pytest.raises(Fault) as caught:
        explained("unknwon-key")
    assert "「unknown-key」のことでしたら" in caught.value.hint
    with pytest.raises(Fault) as caught:
        explained("xyz")
    assert "dxsite explain" in caught.value.hint


def test_plain_text_keeps_what_code_means() -> None:
    assert as_plain("**太字**と[言葉](/x/)と`%`\n\n```a\n**b**\n```") == (
        "太字と言葉と%\n\n  a\n  | **b**"
    )


# ------------------------------------------------------------------------------------- the pages


def page_at(built: tuple[pipeline.Built, Path], url: str) -> Any:  # Any: lxml's elements
    """A page of the built site, parsed."""
    data = next(a.data for a in built[0].artifacts if a.path == urls.file_of(url))
    return html.document_fromstring(data.decode())


def test_a_page_of_a_code_shows_both_examples(built: tuple[pipeline.Built, Path]) -> None:
    page = page_at(built, urls.guide_fault("list-mark"))
    kinds = page.xpath("//figure[contains(@class, 'dx-code')]/@data-kind")
    assert kinds == ["before", "after"]
    regions = page.xpath("//main//*[@role='region']")
    assert all(region.get("tabindex") == "0" for region in regions)
    assert len({region.get("aria-label") for region in regions}) == len(regions)


def test_every_page_of_the_guide_leads_to_its_neighbours(
    built: tuple[pipeline.Built, Path],
) -> None:
    address: str | None = urls.guide_chapter(guide.chapters()[0].id)
    seen = []
    while address:
        seen.append(address)
        page = page_at(built, address)
        address = next(iter(page.xpath("//a[@rel='next']/@href")), None)
    assert len(seen) == len(guide.chapters()) + 2
    assert seen[-1] == urls.GUIDE_FAULTS


def test_the_list_of_fields_leads_to_every_field(built: tuple[pipeline.Built, Path]) -> None:
    index = page_at(built, urls.GUIDE_FIELDS)
    hrefs = index.xpath("//main//*[contains(@class, 'dx-section')]//a/@href")
    assert len(hrefs) == len(set(hrefs))
    for kind in guide.kinds():
        page = page_at(built, urls.guide_kind(kind.id))
        ids = page.xpath("//*/@id")
        assert len(ids) == len(set(ids))
        wanted = {urls.guide_kind(kind.id)}
        for group in kind.groups:
            ids_of = (group.id, *(field.id for field in group.fields))
            wanted |= {urls.guide_field(kind.id, id_) for id_ in ids_of}
        own = {href for href in hrefs if href.startswith(urls.guide_kind(kind.id))}
        assert own == wanted
        assert {href.partition("#")[2] for href in own} - {""} <= set(ids)
        assert len(page.xpath("//dt")) == sum(len(group.fields) for group in kind.groups)


def test_an_address_of_the_time_when_all_fields_stood_on_one_page_still_leads_to_them(
    built: tuple[pipeline.Built, Path],
) -> None:
    """There #measure was the heading of a kind, #measure-1 that of its first inner record."""
    index = page_at(built, urls.GUIDE_FIELDS)
    for kind in guide.kinds():
        old = [kind.id, *(f"{kind.id}-{number}" for number in range(1, len(kind.groups)))]
        assert old == [group.id for group in kind.groups]
        for id_ in old:
            (heading,) = index.xpath(f"//*[@id='{id_}']")
            (href,) = heading.xpath(".//a/@href")
            page, _, place = href.partition("#")
            assert page == urls.guide_kind(kind.id)
            assert place in ("", id_)


def test_texts_lead_to_addresses_that_are_there(built: tuple[pipeline.Built, Path]) -> None:
    """Those in texts that are no pages of the site, too: content/README.md, schemas, hints."""
    paths = {artifact.path for artifact in built[0].artifacts}
    texts = [*TEXTS, ROOT / "content/README.md", *(ROOT / "content/.schema").iterdir()]
    texts += [ROOT / "dxsite" / name for name in ("misfits.py", "telling.py", "scaffolding.py")]
    for path in texts:
        for url in re.findall(r"/guide/(?:[a-z-]+/)*", path.read_text("utf-8")):
            assert urls.file_of(url) in paths, f"{path.name}: {url}"


def test_the_contents_of_a_chapter_lead_to_its_headings(
    built: tuple[pipeline.Built, Path],
) -> None:
    for chapter in guide.chapters():
        page = page_at(built, urls.guide_chapter(chapter.id))
        for link in page.xpath("//nav[contains(@class, 'dx-contents')]//a"):
            target = page.get_element_by_id(link.get("href").removeprefix("#"))
            assert target.text_content() == link.text_content()
