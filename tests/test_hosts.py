"""The preview follows `_headers` and `_redirects` as a static host does."""

from dxsite.hosts import Rules, read_rules

HEADERS = """\
# a note
/*
  Content-Security-Policy: default-src 'none'; img-src 'self' data:
  X-Content-Type-Options: nosniff

/assets/*
  Cache-Control: public, max-age=31536000
"""
REDIRECTS = "# old addresses\n/old/* /new/ 301\n/gone /about/\n\n/* /404.html 404\n"


def rules(headers: str = HEADERS, redirects: str = REDIRECTS) -> Rules:
    return read_rules({"_headers": headers.encode(), "_redirects": redirects.encode()})


def test_a_site_without_rules_has_none() -> None:
    none = read_rules({})
    assert none.headers_of("/") == {}
    assert none.redirect_of("/") is None


def test_a_star_covers_what_lies_below() -> None:
    assert rules().headers_of("/aoi/")["X-Content-Type-Options"] == "nosniff"
    assert "Cache-Control" not in rules().headers_of("/aoi/")


def test_all_rules_that_match_count() -> None:
    assert set(rules().headers_of("/assets/1/site.css")) == {
        "Content-Security-Policy",
        "X-Content-Type-Options",
        "Cache-Control",
    }


def test_only_the_first_colon_parts_name_and_value() -> None:
    policy = rules().headers_of("/")["Content-Security-Policy"]
    assert policy == "default-src 'none'; img-src 'self' data:"


def test_the_first_redirect_that_matches_counts() -> None:
    moved = rules().redirect_of("/old/page/")
    assert moved is not None
    assert (moved.target, moved.status) == ("/new/", 301)


def test_a_redirect_without_a_status_is_permanent() -> None:
    gone = rules().redirect_of("/gone")
    assert gone is not None
    assert gone.status == 301


def test_a_point_is_a_point() -> None:
    only = rules(redirects="/a.b /c 302")
    assert only.redirect_of("/a.b") is not None
    assert only.redirect_of("/axb") is None


def test_a_rule_with_a_mark_counts_where_there_is_a_file_too() -> None:
    files = {"a/index.html", "b/index.html", "c/index.html", "404.html"}
    known = rules(redirects="/a/ /b/ 301!\n/b/ /c/ 301\n/c/ /c/index.html 410!\n/* /404.html 404\n")
    assert known.answer_to("/a/", files) == (301, "/b/")
    assert known.answer_to("/b/", files) == (200, "b/index.html")
    assert known.answer_to("/c/", files) == (410, "c/index.html")
    assert known.answer_to("/d/", files) == (404, "404.html")


def test_what_a_star_stood_for_goes_along() -> None:
    known = rules(redirects="/old/* /new/:splat 301!\n/gone/* /gone/index.html 410!\n")
    assert known.answer_to("/old/kpis/", ()) == (301, "/new/kpis/")
    assert known.answer_to("/old/", ()) == (301, "/new/")
    assert known.answer_to("/gone/feed.xml", ()) == (410, "gone/index.html")


def test_everything_else_is_not_found() -> None:
    lost = rules().redirect_of("/nowhere")
    assert lost is not None
    assert (lost.target, lost.status) == ("/404.html", 404)
