"""Prose becomes harmless HTML, in which each term is linked where the page first uses it."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dxsite import markup
from dxsite.markup import Instructions, Prose
from dxsite.model import Term
from dxsite.positions import Place, Text
from dxsite.terms import TermFinder
from dxsite.typesetting import figure

HERE = Place("content/aoi/glossary.yaml")


def term(id_: str, name: str, *aliases: str, see: str | None = None) -> Term:
    return Term(
        place=HERE,
        id=Text(id_, HERE),
        term=Text(name, HERE),
        aliases=tuple(Text(alias, HERE) for alias in aliases),
        see=Text(see, HERE) if see else None,
    )


def prose(*terms: Term, base: str = "") -> Prose:
    """The renderer of one page of a site that stands at `base`."""
    return Prose(TermFinder(terms), lambda path: base + path)


RPA, AI = term("rpa", "RPA", "ロボットによる自動化"), term("ai", "AI", "人工知能")
LINKED_RPA = '<a href="/glossary/rpa/" class="dx-term">RPA</a>'


def test_a_term_is_linked_where_it_is_first_used() -> None:
    assert str(prose(RPA)("RPAで、RPAを。")) == f"<p>{LINKED_RPA}で、RPAを。</p>\n"


def test_a_page_links_a_term_once_however_many_texts_it_has() -> None:
    page = prose(RPA)
    assert "<a" in page("RPAの導入")
    assert "<a" not in page("RPAの運用、ロボットによる自動化")


def test_another_spelling_leads_to_the_same_term() -> None:
    assert '/glossary/rpa/" class="dx-term">ロボットによる自動化</a>' in prose(RPA)(
        "ロボットによる自動化"
    )


def test_a_term_that_refers_to_another_leads_there() -> None:
    assert "/glossary/ai/" in prose(AI, term("ml", "機械学習", see="ai"))("機械学習を使う")


def test_the_longest_term_wins() -> None:
    page = prose(AI, term("ai-ocr", "AI-OCR"))("AI-OCRで読み取る")
    assert "/glossary/ai-ocr/" in page
    assert "/glossary/ai/" not in page


@pytest.mark.parametrize("text", ["AID", "MAIL", "OpenAI", "AI2"])
def test_a_latin_term_inside_a_longer_word_is_no_term(text: str) -> None:
    assert "<a" not in prose(AI)(text)


@pytest.mark.parametrize("text", ["AIを", "生成AIの", "「AI」", "AI、RPA", "AI-RPA"])
def test_a_latin_term_beside_japanese_is_one(text: str) -> None:
    assert "/glossary/ai/" in prose(AI)(text)


def test_no_link_stands_inside_a_link() -> None:
    page = prose(RPA)("[RPAの手引](https://example.org/rpa)とRPA")
    assert page.count("<a ") == 2
    assert '<a href="https://example.org/rpa">RPAの手引</a>' in page


def test_code_holds_no_terms() -> None:
    assert "<a" not in prose(RPA)("`RPA`")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<b>太字</b>",
        "<!-- x -->",
        "[x](javascript:alert(1))",
        "[x](JavaScript:alert(1))",
        "[x](data:text/html,x)",
        "[x](//example.org/)",
        "[x]( vbscript:x)",
        "<javascript:alert(1)>",
        "&lt;script&gt;",
    ],
)
def test_what_could_do_harm_is_shown_as_typed(text: str) -> None:
    page = str(prose()(text))
    assert "<script" not in page
    assert "<img" not in page
    assert "<a" not in page
    assert "<b>" not in page


def test_an_image_is_at_most_a_link() -> None:
    assert "<img" not in prose()("![図](/x.png)")


def test_a_quotation_mark_cannot_leave_an_attribute() -> None:
    page = str(prose()('[x](https://example.org/"onmouseover="alert(1))'))
    assert '"onmouseover' not in page


@pytest.mark.parametrize("text", ["[x](https://example.org/)", "[x](/about/)", "[x](#here)"])
def test_links_to_pages_work(text: str) -> None:
    assert "<a href=" in prose()(text)


def test_a_link_within_the_site_follows_the_site_into_a_folder() -> None:
    page = prose(RPA, base="/plans")("[案内](/about/)とRPA")
    assert 'href="/plans/about/"' in page
    assert 'href="/plans/glossary/rpa/"' in page


def test_one_sentence_a_line_becomes_one_paragraph_without_blanks() -> None:
    assert (
        str(prose()("一つめ。\n二つめ。\n\n三つめ。"))
        == "<p>一つめ。二つめ。</p>\n<p>三つめ。</p>\n"
    )


def test_headings_begin_at_the_second_level() -> None:
    assert str(prose()("# 一\n\n### 三")) == "<h2>一</h2>\n<h3>三</h3>\n"


def test_a_table_is_a_table() -> None:
    assert "<td>2</td>" in prose()("| a | b |\n|---|---|\n| 1 | 2 |")


def test_a_column_is_aligned_without_a_style() -> None:
    """The policy forbids `style`."""
    table = str(prose()("| a | b | c |\n|:-:|--:|---|\n| 1 | 2 | 3 |"))
    assert '<th data-align="center">a</th>' in table
    assert '<td data-align="right">2</td>' in table
    assert "<td>3</td>" in table
    assert "style" not in table


def test_a_plan_without_terms_is_no_obstacle() -> None:
    assert str(Prose(None, str)("RPA")) == "<p>RPA</p>\n"


def test_a_triangle_is_read_aloud_as_minus() -> None:
    """A screen reader says nothing at ▲, or 黒い三角."""
    spoken = '<span role="img" aria-label="マイナス">▲</span>'
    assert figure("▲870時間/年") == f'<span class="dx-number">{spoken}870時間/年</span>'
    assert figure("▲印") == f"{spoken}印"


def test_a_figure_is_text() -> None:
    """Signs of HTML in a figure stay signs."""
    assert figure("<b>5</b>") == "&lt;b&gt;5&lt;/b&gt;"


def test_a_heading_stays_as_it_is() -> None:
    page = prose(RPA)("## RPAとは\n\nRPAは仕組みです。")
    assert "<h2>RPAとは</h2>" in page
    assert f"<p>{LINKED_RPA}は" in page


def test_the_page_of_a_term_does_not_lead_to_itself() -> None:
    page = Prose(TermFinder([RPA, AI]), lambda path: path, "rpa")("RPAとAIを使う")
    assert "/glossary/rpa/" not in page
    assert "/glossary/ai/" in page


# ------------------------------------------------------------------------------- the staff guide


def instructions(text: str, base: str = "") -> str:
    """A text of the guide on a site that stands at `base`."""
    return str(Instructions(lambda path: base + path, lambda name: f"{base}/a/{name}")(text))


def test_code_is_shown_as_it_is_below_its_path_and_can_be_scrolled_by_keyboard() -> None:
    page = instructions("## 直す前\n\n```a/<b>.yaml\n名称: <b>\n```\n")
    assert '<figure class="dx-code" data-kind="before">' in page
    assert '<figcaption class="dx-code__path">a/&lt;b&gt;.yaml</figcaption>' in page
    assert 'role="region" aria-label="直す前の例1" tabindex="0"' in page
    assert "<pre><code>名称: &lt;b&gt;\n</code></pre>" in page


def test_every_code_of_a_page_has_a_name_of_its_own() -> None:
    page = instructions("## 例\n\n```\na\n```\n\n```\nb\n```\n")
    assert 'aria-label="例の例1"' in page
    assert 'aria-label="例の例2"' in page
    assert "figcaption" not in page


def test_headings_of_the_guide_can_be_reached() -> None:
    page = instructions("## 一\n\n### 細目\n\n## 二\n")
    assert '<h2 id="section-1">一</h2>' in page
    assert "<h3>細目</h3>" in page
    assert '<h2 id="section-2">二</h2>' in page


def test_the_guide_shows_our_own_pictures_only() -> None:
    own = instructions('![図の"説明"](../../../assets/images/guide-x.svg)', "/plans")
    assert 'src="/plans/a/guide-x.svg" alt="図の&#34;説明&#34;"' in own
    for other in ("https://example.org/x.svg", "//example.org/x.svg", "x.svg", "../x.png"):
        page = instructions(f"![説明]({other})")
        assert 'src="/a/x.svg"' in page or "<img" not in page, other


def test_links_of_the_guide_know_where_the_site_stands() -> None:
    assert '<a href="/plans/guide/">ガイド</a>' in instructions("[ガイド](/guide/)", "/plans")


# The explanation in place.


def explained(id_: str, name: str, text: str, see: str | None = None) -> Term:
    return replace(term(id_, name, see=see), text=Text(text, HERE) if text else None)


def test_a_term_is_explained_beside_its_link() -> None:
    page = prose(
        explained("rpa", "RPA", "**仕事**を[自動](https://example.org)で行う。\nそう呼ぶ。")
    )
    told = page("RPAで")
    assert 'popovertarget="what-is-rpa" aria-label="RPAの説明"></button>' in told
    note = told.partition('id="what-is-rpa" popover>')[2].partition("</span>")[0]
    assert note == '<strong class="dx-term-note__word">RPA</strong> 仕事を自動で行う。そう呼ぶ。'


def test_a_term_that_refers_to_another_is_explained_by_it() -> None:
    page = prose(explained("ml", "機械学習", "", see="ai"), explained("ai", "AI", "知能。"))
    assert 'id="what-is-ai" popover><strong class="dx-term-note__word">機械学習' in page("機械学習")


def test_a_long_explanation_is_told_by_its_first_sentence() -> None:
    page = prose(explained("rpa", "RPA", "短い文。\n" + "長い" * 80 + "。"))
    assert "短い文。</span>" in page("RPA")


def test_no_ones_words_explain_a_term_of_all_plans() -> None:
    finder = TermFinder([explained("rpa", "RPA", "自動。")], explaining=False)
    assert str(Prose(finder, str)("RPA")) == f"<p>{LINKED_RPA}</p>\n"


def test_an_explanation_is_no_html() -> None:
    assert "<script" not in prose(explained("rpa", "RPA", "<script>a</script>"))("RPA")


# A text without marks takes a shorter way than through the parser, to the same HTML.

LETTERS = st.sampled_from(
    list("あ年R令和5 1\n\n\n\t　\"'()（）.,:;-+*#=_`[]<>&|~!\\/{}aAI日\x00\x85\u2028")
)
WORDS = st.sampled_from(
    [
        "RPA",
        "令和5年度",
        "導入",
        "\n",
        "\n\n",
        "- ",
        "1. ",
        "# ",
        "    ",
        "| a |\n|---|",
        "人工知能",
    ]
)


@settings(max_examples=1000)
@given(st.lists(LETTERS | WORDS, max_size=25).map("".join))
def test_the_short_way_gives_what_the_parser_gives(text: str) -> None:
    short = prose(RPA, AI)(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markup, "_MARKED", re.compile(""))  # every text goes through the parser
        assert short == prose(RPA, AI)(text)


@pytest.mark.parametrize(
    "text", ["一行。\n二行目。\n\n次の段落。", "", "\n\n", "「\"」と'と（1）。\n"]
)
def test_ordinary_prose_takes_the_short_way(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    long = parsed(text)
    monkeypatch.setattr(markup._PARSER, "parse", lambda _: pytest.fail("parsed"))
    assert prose(RPA, AI)(text) == long


def parsed(text: str) -> str:
    return str(markup._PARSER.render(text))
