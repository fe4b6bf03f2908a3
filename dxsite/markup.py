"""Prose into HTML, terms into links; the only door to markdown-it."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token
from markupsafe import Markup, escape

from dxsite import urls
from dxsite.fiscal import with_western_years
from dxsite.terms import TermFinder
from dxsite.urls import Branch

_LINKS = ("http://", "https://", "mailto:", "tel:", "/", "#")


class Prose:
    """Renders the prose of one page; each term is linked where the page first uses it.

    Where the plan explains the term, a button beside the link opens the explanation in place: a
    popover, which needs no script and is closed, thus unread, until it is asked for.
    One object serves one page, since it remembers which terms were linked. `place` turns a
    path of the site into an address; `branch` holds the pages of the terms; `own` is the term that
    the page itself explains. Words in headings and links stay as they are.
    """

    def __init__(
        self,
        finder: TermFinder | None,
        place: Callable[[str], str],
        own: str | None = None,
        branch: Branch = urls.WHOLE,
    ) -> None:
        self._finder = finder
        self._place = place
        self._branch = branch
        self._linked: set[str | None] = {own}

    def __call__(self, text: str) -> Markup:
        """The HTML of a prose field."""
        if not _MARKED.search(text):
            return Markup("".join(self._paragraphs(text)))
        tokens = _PARSER.parse(text)
        in_heading = False
        for token in tokens:
            if token.type in ("heading_open", "heading_close"):
                in_heading = token.type == "heading_open"
            if token.type == "inline" and token.children:
                self._address_links(token.children)
                self._tell(token.children, linking=not in_heading)
        return Markup(_PARSER.renderer.render(tokens, _PARSER.options, {}))

    def _paragraphs(self, text: str) -> Iterator[str]:
        """The same of a text without any mark: nearly all are such, and need no parser."""
        for paragraph in _EMPTY_LINES.split(text.strip("\n")):
            lines = paragraph.split("\n")
            yield f"<p>{''.join([self._html(line) for line in lines])}</p>\n" if paragraph else ""

    def _address_links(self, children: list[Token]) -> None:
        for token in children:
            href = token.attrs.get("href")
            if isinstance(href, str) and href.startswith("/"):
                token.attrs["href"] = self._place(href)

    def _tell(self, children: list[Token], *, linking: bool) -> None:
        """Put the HTML of each text in its place; without links inside links and headings."""
        inside_link = 0
        for token in children:
            inside_link += {"link_open": 1, "link_close": -1}.get(token.type, 0)
            if token.type == "text":
                token.type = "html_inline"
                token.content = self._html(token.content, linking=linking and not inside_link)

    def _html(self, text: str, *, linking: bool = True) -> str:
        """A text with its western years, and with its terms linked."""
        text = with_western_years(text)
        finder = self._finder
        if finder is None or not linking:
            return escapeHtml(text)
        parts: list[str] = []
        done = 0
        for found in finder.find(text):
            if found.id in self._linked:
                continue
            self._linked.add(found.id)
            word = escapeHtml(text[found.start : found.end])
            address = escapeHtml(self._place(self._branch.term(found.id)))
            parts.append(escapeHtml(text[done : found.start]))
            parts.append(f'<a href="{address}" class="dx-term">{word}</a>')
            if found.id in finder.explanations:
                told = _told(finder.explanations[found.id])
                parts.append(_note(found.id, text[found.start : found.end], told))
            done = found.end
        return "".join(parts) + escapeHtml(text[done:])


_MARKED = re.compile(
    r"[\\`*_\[\]!&<>~|\x00-\x09\x0b-\x1f\x7f]"  # what Markdown gives a meaning inside a line,
    r"|^[^\S\n]|[^\S\n]$"  # at the edges of a line,
    r"|^[#+=:\-]|^\d{1,9}[.)]",  # or at its beginning
    re.MULTILINE,
)
_EMPTY_LINES = re.compile("\n\n+")


@lru_cache(maxsize=4096)
def _told(explanation: str) -> str:
    """What a term means, in words alone."""
    return with_western_years(_plain(explanation))


_LONGEST_NOTE = 140  # letters; what is longer is told by its first sentence


def _note(id_: str, word: str, text: str) -> str:
    """The button that opens a term's explanation, and the explanation.

    It stands in the middle of a paragraph, so it is made of phrasing content alone.
    """
    if len(text) > _LONGEST_NOTE:
        text = text.partition("。")[0] + "。"
    return (
        f'<button class="dx-term-open" type="button" popovertarget="what-is-{id_}" '
        f'aria-label="{escape(word)}の説明"></button>'
        f'<span class="dx-term-note" id="what-is-{id_}" popover>'
        f'<strong class="dx-term-note__word">{escape(word)}</strong> {escape(text)}</span>'
    )


def _plain(text: str) -> str:
    """The words of a prose, without its form."""
    blocks = (token.children or [] for token in _PARSER.parse(text))
    return "".join(child.content for children in blocks for child in children)


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


class Instructions:
    """Renders one page of the staff guide: headings that links can reach, code, pictures of ours.

    `place` turns a path of the site into an address, `asset` the name of a picture.
    """

    def __init__(self, place: Callable[[str], str], asset: Callable[[str], str]) -> None:
        self._place = place
        self._asset = asset
        self._headings = 0
        self._codes = 0

    def __call__(self, text: str) -> Markup:
        """The HTML of a text of the guide."""
        tokens = _GUIDE.parse(text)
        heading = ""
        for before, token in zip([_text(""), *tokens], tokens, strict=False):
            if token.type == "heading_open" and token.tag == "h2":
                self._headings += 1
                token.attrs["id"] = section_id(self._headings)
            elif token.type == "inline":
                heading = token.content if before.type == "heading_open" else heading
                self._address(token.children or [])
            elif token.type == "fence":
                self._codes += 1
                token.meta = {"number": self._codes, "heading": heading}
        return Markup(_GUIDE.renderer.render(tokens, _GUIDE.options, {}))

    def _address(self, children: list[Token]) -> None:
        for token in children:
            href = token.attrs.get("href")
            if isinstance(href, str) and href.startswith("/"):
                token.attrs["href"] = self._place(href)
            if token.type == "image":
                token.attrs["src"] = self._asset(str(token.attrs["src"]).rpartition("/")[2])


def section_id(number: int) -> str:
    """The anchor of a page's second-level heading; the first has number 1."""
    return f"section-{number}"


class _Parser(MarkdownIt):
    """CommonMark without raw HTML or images, with tables; links only to what is safe.

    A line break inside a paragraph is no blank: Japanese is written one sentence a line.
    """

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": False, "breaks": False})
        self.enable("table").disable(["html_block", "html_inline", "image"])
        self.add_render_rule("softbreak", lambda *_: "")
        self.add_render_rule("heading_open", _heading)
        self.add_render_rule("heading_close", _heading)
        self.add_render_rule("th_open", _cell)
        self.add_render_rule("td_open", _cell)

    def validateLink(self, url: str) -> bool:  # noqa: N802 - markdown-it's own name
        return url.lower().startswith(_LINKS) and not url.startswith("//")


def _heading(_self: object, tokens: list[Token], index: int, *_: object) -> str:
    """Headings of prose begin at h2: the page's title is its only h1."""
    token = tokens[index]
    level = max(2, int(token.tag[1]))
    if token.nesting != 1:
        return f"</h{level}>\n"
    id_ = f' id="{token.attrs["id"]}"' if "id" in token.attrs else ""
    return f"<h{level}{id_}>"


def _cell(_self: object, tokens: list[Token], index: int, *_: object) -> str:
    """A cell of a table; its alignment is no style, which the policy forbids."""
    cell = tokens[index]
    side = str(cell.attrs.get("style", "")).removeprefix("text-align:")
    return f'<{cell.tag} data-align="{side}">' if side else f"<{cell.tag}>"


_KINDS = {"直す前": "before", "直したあと": "after"}
"""Heading of the guide → what the code below it is."""


def _code(_self: object, tokens: list[Token], index: int, *_: object) -> str:
    """Code with the path of its file above; it scrolls by keyboard too where it is too wide."""
    token = tokens[index]
    kind = _KINDS.get(token.meta["heading"], "plain")
    path = escape(token.info.strip())
    caption = f'<figcaption class="dx-code__path">{path}</figcaption>' if path else ""
    label = f"{escape(token.meta['heading'])}の例{token.meta['number']}"
    return (
        f'<figure class="dx-code" data-kind="{kind}">{caption}'
        f'<div class="dx-code__text" role="region" aria-label="{label}" tabindex="0">'
        f"<pre><code>{escape(token.content)}</code></pre></div></figure>\n"
    )


def _picture(_self: object, tokens: list[Token], index: int, *_: object) -> str:
    token = tokens[index]
    words = "".join(child.content for child in token.children or [])
    return (
        f'<img class="dx-picture" src="{escape(str(token.attrs["src"]))}" '
        f'alt="{escape(words)}" width="480" height="300" loading="lazy">'
    )


class _GuideParser(_Parser):
    """The parser of the staff guide, the only texts that hold pictures: those in assets/."""

    def __init__(self) -> None:
        super().__init__()
        self.enable("image")
        self.add_render_rule("fence", _code)
        self.add_render_rule("image", _picture)

    def validateLink(self, url: str) -> bool:  # noqa: N802 - markdown-it's own name
        return super().validateLink(url) or bool(_PICTURE.fullmatch(url))


_PICTURE = re.compile(r"(?:\.\./)+(?:[a-z]+/)+[a-z0-9-]+\.svg")
"""Written as the way from the chapter's file, so that its source shows the pictures too."""
_PARSER = _Parser()
_GUIDE = _GuideParser()
