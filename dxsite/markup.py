"""Prose into HTML, terms into links; the only door to markdown-it."""

from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from dxsite import urls
from dxsite.terms import TermFinder

_LINKS = ("http://", "https://", "mailto:", "tel:", "/", "#")


def figure(text: str) -> Markup:
    """A printed figure; its ▲ is read aloud as what it means, and copied as printed."""
    spoken = '<span role="img" aria-label="マイナス">▲</span>'
    return Markup(spoken).join(escape(part) for part in text.split("▲"))


class Prose:
    """Renders the prose of one page; each term is linked where the page first uses it.

    One object serves one page, since it remembers which terms were linked. `place` turns a
    path of the site into an address; `own` is the term that the page itself explains. Words in
    headings and links stay as they are.
    """

    def __init__(
        self, finder: TermFinder | None, place: Callable[[str], str], own: str | None = None
    ) -> None:
        self._finder = finder
        self._place = place
        self._linked: set[str | None] = {own}

    def __call__(self, text: str) -> Markup:
        """The HTML of a prose field."""
        tokens = _PARSER.parse(text)
        in_heading = False
        for token in tokens:
            if token.type in ("heading_open", "heading_close"):
                in_heading = token.type == "heading_open"
            if token.type == "inline" and token.children:
                self._address_links(token.children)
                if self._finder is not None and not in_heading:
                    token.children = self._with_terms(token.children, self._finder)
        return Markup(_PARSER.renderer.render(tokens, _PARSER.options, {}))

    def _address_links(self, children: list[Token]) -> None:
        for token in children:
            href = token.attrs.get("href")
            if isinstance(href, str) and href.startswith("/"):
                token.attrs["href"] = self._place(href)

    def _with_terms(self, children: list[Token], finder: TermFinder) -> list[Token]:
        linked: list[Token] = []
        inside_link = 0
        for token in children:
            inside_link += {"link_open": 1, "link_close": -1}.get(token.type, 0)
            if token.type == "text" and not inside_link:
                linked += self._split(token, finder)
            else:
                linked.append(token)
        return linked

    def _split(self, token: Token, finder: TermFinder) -> list[Token]:
        parts: list[Token] = []
        done = 0
        for found in finder.find(token.content):
            if found.id in self._linked:
                continue
            self._linked.add(found.id)
            parts.append(_text(token.content[done : found.start]))
            attrs = {"href": self._place(urls.term(found.id)), "class": "dx-term"}
            parts.append(Token("link_open", "a", 1, attrs=dict(attrs)))
            parts.append(_text(token.content[found.start : found.end]))
            parts.append(Token("link_close", "a", -1))
            done = found.end
        if not parts:
            return [token]
        return [*parts, _text(token.content[done:])]


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


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

    def validateLink(self, url: str) -> bool:  # noqa: N802 - markdown-it's own name
        return url.lower().startswith(_LINKS) and not url.startswith("//")


def _heading(_self: object, tokens: list[Token], index: int, *_: object) -> str:
    """Headings of prose begin at h2: the page's title is its only h1."""
    token = tokens[index]
    level = max(2, int(token.tag[1]))
    return f"<h{level}>" if token.nesting == 1 else f"</h{level}>\n"


_PARSER = _Parser()
