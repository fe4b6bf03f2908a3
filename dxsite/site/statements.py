"""What pages say of themselves in the words of schema.org."""

from collections.abc import Iterable, Iterator
from typing import Any

from dxsite import urls
from dxsite.catalog import Plan
from dxsite.site.catalogue import TableFile
from dxsite.site.pages import Frame, Page

Statement = dict[str, Any]


def statements_of(
    pages: Iterable[Page], plans: Iterable[Plan], tables: tuple[TableFile, ...], frame: Frame
) -> dict[str, tuple[Statement, ...]]:
    """Page → its statements, the breadcrumb aside; `plans` are those whose pages are among them."""
    by_slug = {plan.slug: plan for plan in plans}
    said: dict[str, tuple[Statement, ...]] = {}
    for page in pages:
        found = tuple(_statements(page, by_slug, tables, frame))
        if found:
            said[page.url] = found
    return said


def _statements(
    page: Page, plans: dict[str, Plan], tables: tuple[TableFile, ...], frame: Frame
) -> Iterator[Statement]:
    if page.url == urls.HOME:
        yield _site(frame)
    elif page.url == urls.DATA:
        yield _dataset(tables, frame)
    elif page.url == urls.GLOSSARY:
        yield {
            "@type": "DefinedTermSet",
            "@id": frame.base_url + urls.GLOSSARY,
            "name": page.title,
            "description": page.description,
            "inLanguage": "ja",
        }
    elif page.term and page.url == urls.term(page.term):
        yield {
            "@type": "DefinedTerm",
            "name": page.title,
            "url": frame.base_url + page.url,
            "inDefinedTermSet": frame.base_url + urls.GLOSSARY,
        }
    elif page.plan in plans:
        yield _page(page, plans[page.plan], frame)


def _site(frame: Frame) -> Statement:
    return {
        "@type": "WebSite",
        "@id": frame.base_url + urls.HOME,
        "url": frame.base_url + urls.HOME,
        "name": frame.title,
        "alternateName": frame.tagline,
        "inLanguage": "ja",
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": f"{frame.base_url}{urls.SEARCH}?q={{search_term_string}}",
            },
            "query-input": "required name=search_term_string",
        },
    }


def _dataset(tables: tuple[TableFile, ...], frame: Frame) -> Statement:
    files = [("application/json", urls.CATALOG_JSON), *(("text/csv", t.url) for t in tables)]
    dataset = {
        "@type": "Dataset",
        "name": f"{frame.title}のデータ",
        "description": "".join(frame.description.split("\n")),
        "url": frame.base_url + urls.DATA,
        "inLanguage": "ja",
        "isAccessibleForFree": True,
        "dateModified": frame.built,
        "spatialCoverage": {"@type": "Country", "name": "日本"},
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": frame.base_url + url}
            for kind, url in files
        ],
    }
    return dataset | ({"license": frame.licence} if frame.licence else {})


def _page(page: Page, plan: Plan, frame: Frame) -> Statement:
    """A page that sums up a plan or a part of it; the plan itself is the municipality's report."""
    file = plan.file
    report: Statement = {
        "@type": "Report",
        "name": file.document.title,
        "datePublished": file.established,
        "publisher": {"@type": "GovernmentOrganization", "name": file.document.publisher},
        "inLanguage": "ja",
    }
    if file.revised:
        report["dateModified"] = file.revised
    if file.document.url:
        report["url"] = file.document.url
    area = {"@type": "AdministrativeArea", "name": f"{file.prefecture}{file.municipality}"}
    return {
        "@type": "WebPage",
        "url": frame.base_url + page.url,
        "name": page.title,
        "description": page.description,
        "inLanguage": "ja",
        "dateModified": page.updated,
        "isPartOf": {"@id": frame.base_url + urls.HOME},
        "isBasedOn": report,
        "spatialCoverage": area,
    }
