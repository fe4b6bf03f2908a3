"""Documents into records: the whole content, typed."""

import re
import typing
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath
from typing import TypeVar

from dxsite import urls
from dxsite.calling import command
from dxsite.decoding import decode
from dxsite.diagnostics import Report, Severity
from dxsite.memory import Memory
from dxsite.model import (
    Addresses,
    GlossaryFile,
    Measure,
    PlanFile,
    Record,
    SearchWords,
    SiteSettings,
    Term,
    Theme,
    ThemesFile,
)
from dxsite.naming import check_free, check_name, report_taken
from dxsite.positions import Place, Text
from dxsite.provenance import NO_PAST, UNKNOWN, Past, Provenance
from dxsite.reading import no_settings, read_file
from dxsite.shapes import Torn
from dxsite.sources import CONTENT, Source
from dxsite.strays import right_place

R = TypeVar("R", bound=Record)

_PAGES = frozenset(url.strip("/") for url in (urls.ABOUT, urls.ACCESSIBILITY))
_ALWAYS = {
    "site": "site.yaml",
    "themes": "themes.yaml",
    **{f"pages/{name}": f"pages/{name}.md" for name in sorted(_PAGES)},
}
"""The files without which there is no site: name without ending → name."""
_NO_ADDRESSES = Addresses(place=Place(f"{CONTENT}/addresses.yaml"))


@dataclass(frozen=True, slots=True)
class Prose:
    """A Markdown page of the site itself; `id` is its file name and its address."""

    id: str
    text: Text


@dataclass(frozen=True)
class Plan:
    """One municipality's plan with all that belongs to it.

    1. `measures` are in the order of the plan.
    2. `unread` names the files with faults (`measures/x`, `glossary`, `plan`): what they would
       have given is not known, so nobody is blamed for naming it.
    3. `drafts` are the ids of measures that are left out until they are finished.
    """

    file: PlanFile
    measures: tuple[Measure, ...]
    terms: tuple[Term, ...]
    unread: frozenset[str] = frozenset()
    drafts: frozenset[str] = frozenset()
    addresses: Addresses = _NO_ADDRESSES
    past: Past = NO_PAST

    @cached_property
    def worked_out(self) -> dict[str, typing.Any]:
        """What has been worked out of this plan alone, by name, so that nobody does it twice."""
        return {}

    @property
    def slug(self) -> str:
        """The plan's folder and address."""
        return self.file.slug

    @cached_property
    def measure_ids(self) -> frozenset[str]:
        """Ids of the measures, unread ones and drafts included."""
        broken = {PurePosixPath(name).name for name in self.unread if name.startswith("measures/")}
        return frozenset(m.id for m in self.measures) | broken | self.drafts

    def codes_under(self, code: str) -> frozenset[str]:
        """A node of the structure and all below it; empty where there is no such node."""
        codes: set[str] = set()
        for node in self.file.structure:  # parents stand before their children
            if node.code == code or node.parent in codes:
                codes.add(str(node.code))
        return frozenset(codes)

    @cached_property
    def term_ids(self) -> frozenset[str]:
        """Ids of the terms that this plan explains."""
        return frozenset(str(t.id) for t in self.terms)


@dataclass(frozen=True)
class Catalog:
    """All content: plans by 団体コード, themes and settings as staff ordered them."""

    site: SiteSettings
    themes: tuple[Theme, ...]
    plans: tuple[Plan, ...]
    pages: tuple[Prose, ...]
    search_words: SearchWords
    unread: frozenset[str] = frozenset()
    """Names of all files with faults, without `content/` and `.yaml`."""
    elsewhere: typing.Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Plan → ids of measures that exist, of plans that may not be held here."""
    torn: tuple[Plan, ...] = ()
    """Plans whose plan.yaml lacks something: good enough to be checked, nothing else."""
    addresses: Addresses = _NO_ADDRESSES
    """Ids of plans, themes and terms that were published once."""
    gone: typing.Mapping[str, str | None] = field(default_factory=dict)
    """Folder that held a plan once, as history tells → the folder to which that was moved."""

    @property
    def every_plan(self) -> tuple[Plan, ...]:
        """What checks look at."""
        return (*self.plans, *self.torn)


def read_catalog(
    sources: Iterable[Source],
    report: Report,
    memory: Memory | None = None,
    *,
    drafts: bool,
    provenance: Provenance = UNKNOWN,
) -> Catalog:
    """The catalogue of all readable content; with faults in it, it is only fit to be checked."""
    reader = _Reader(report, memory or Memory(), provenance)
    for source in sources:
        reader.read(source)
    return reader.catalog(drafts=drafts)


class _Reader:
    """Sorts files by what they hold while reading them one by one."""

    def __init__(self, report: Report, memory: Memory, provenance: Provenance) -> None:
        self.report = report
        self.memory = memory
        self.provenance = provenance
        self.site: SiteSettings | None = None
        self.themes: ThemesFile | None = None
        self.search_words: SearchWords | None = None
        self.pages: list[Prose] = []
        self.plan_files: dict[str, PlanFile] = {}
        self.measures: dict[str, list[Measure]] = {}
        self.terms: dict[str, tuple[Term, ...]] = {}
        self.addresses: dict[str, Addresses] = {}
        """By folder; those of the whole content under an empty name."""
        self.unread: set[str] = set()
        self.seen = False
        self.folders: dict[str, Place] = {}

    def read(self, source: Source) -> None:
        """Read one file into the record that its place in the folder calls for."""
        self.seen = True
        match PurePosixPath(source.path).parts[1:]:
            case ("site.yaml",):
                self.site = self._record(SiteSettings, source, incomplete=True)
            case ("themes.yaml",):
                self.themes = self._record(ThemesFile, source)
            case ("search.yaml",):
                self.search_words = self._record(SearchWords, source)
            case ("addresses.yaml",):
                self.addresses[""] = self._record(Addresses, source) or _NO_ADDRESSES
            case ("pages", name) if name.endswith(".md"):
                self._read_page(source, PurePosixPath(name).stem)
            case (folder, "plan.yaml"):
                self._enter(folder, source)
                plan = self._record(PlanFile, source, incomplete=True, slug=folder)
                if plan:
                    self.plan_files[folder] = plan
            case (folder, "glossary.yaml"):
                self._enter(folder, source)
                glossary = self._record(GlossaryFile, source)
                read = glossary is not None and "terms" not in glossary.lost
                self.terms[folder] = glossary.terms if glossary and read else Torn()
            case (folder, "addresses.yaml"):
                self._enter(folder, source)
                self.addresses[folder] = self._record(Addresses, source) or _NO_ADDRESSES
            case (folder, "measures", name) if name.endswith(".yaml"):
                self._enter(folder, source)
                self._read_measure(source, folder, PurePosixPath(name).stem)
            case (name,) if name.endswith(".md"):
                pass  # the staff guide
            case _:
                self.report.error(
                    source.place,
                    "stray-file",
                    "このファイルは決まった置き場所にないため、読み込まれません。",
                    right_place(source.path),
                )

    def _enter(self, folder: str, source: Source) -> None:
        """Note a plan's folder, whose name becomes an address."""
        if folder not in self.folders:
            check_name(source.place, "フォルダー", folder, self.report)
            check_free(source.place, "フォルダー", folder, self.report)
        self.folders.setdefault(folder, source.place)

    def _record(
        self, cls: type[R], source: Source, *, incomplete: bool = False, **told: str
    ) -> R | None:
        """The record of a file; `told` are fields that its name tells."""
        result, findings = self.memory.recall(
            f"read {source.path}", source, lambda: read_file(cls, source, told, incomplete)
        )
        for finding in findings:
            self.report.add(finding)
        if any(finding.severity is Severity.ERROR for finding in findings):
            self.unread.add(source.path.removeprefix("content/").removesuffix(".yaml"))
        return result

    def _read_measure(self, source: Source, folder: str, name: str) -> None:
        check_name(source.place, "ファイル", name, self.report)
        measure = self._record(Measure, source, incomplete=True, id=name, plan=folder)
        if measure:
            self.measures.setdefault(folder, []).append(measure)

    def _read_page(self, source: Source, name: str) -> None:
        self.unread.add(f"pages/{name}")
        check_name(source.place, "ファイル", name, self.report)
        if name not in _PAGES:
            check_free(source.place, "ファイル", name, self.report)
        text = decode(source, self.report)
        if text is not None and not re.match(r"\s*# +\S", text):
            message = "ページの題名がありません。"
            hint = "はじめの行に「# 題名」の形（# と空白は半角）で題名を書いてください。"
            self.report.error(source.place, "missing-title", message, hint)
        elif text is not None:
            self.unread.discard(f"pages/{name}")
            self.pages.append(Prose(name, Text(text, source.place)))

    def catalog(self, *, drafts: bool) -> Catalog:
        """Everything that was read, put together."""
        self._report_absent()
        plans = [self._plan(slug, file, drafts) for slug, file in self.plan_files.items()]
        whole = [plan for plan in plans if plan.file.is_whole]
        return Catalog(
            self.site or no_settings(),
            self.themes.themes if self.themes else (),
            tuple(sorted(whole, key=lambda p: (p.file.code, p.slug))),
            tuple(self.pages),
            self.search_words or SearchWords(place=Place(f"{CONTENT}/search.yaml")),
            frozenset(self.unread),
            torn=tuple(plan for plan in plans if not plan.file.is_whole),
            addresses=self.addresses.get("", _NO_ADDRESSES),
            gone=self.provenance.gone,
        )

    def _report_absent(self) -> None:
        """Tell of files that must be there."""
        told = {finding.place.path for finding in self.report.findings}
        for folder, place in self.folders.items():
            there = folder in self.plan_files or f"{folder}/plan" in self.unread
            if not there and f"{CONTENT}/{folder}/plan.yaml" not in told:
                self.report.error(
                    place,
                    "no-plan",
                    f"「content/{folder}/」に plan.yaml がありません。",
                    f"「{command('new plan', folder)}」で作るか、フォルダーの名前を確かめてください。",
                )
        if not self.seen:
            return  # told already, where the files are read
        read = {f"pages/{page.id}" for page in self.pages} | self.unread
        read |= {name for name in ("site", "themes") if getattr(self, name)}
        for name, file in _ALWAYS.items():
            if name in read:
                continue
            self.unread.add(name)
            if f"{CONTENT}/{file}" not in told:
                hint = "サイトのすべてのページに関わるこのファイルを、元に戻してください。"
                message = f"「{CONTENT}/{file}」がありません。"
                self.report.error(Place(f"{CONTENT}/{file}"), "missing-file", message, hint)
        for page in self.pages:
            if page.id in self.folders:
                report_taken(page.text.place, "ファイル", page.id, self.report)

    def _plan(self, slug: str, file: PlanFile, drafts: bool) -> Plan:
        measures = self.measures.get(slug, [])
        left_out = frozenset(m.id for m in measures if m.draft and not drafts)
        own = f"{slug}/"
        unread = (name.removeprefix(own) for name in self.unread if name.startswith(own))
        ordered = sorted(measures, key=lambda m: (m.order or 0, m.id))
        shown = tuple(measure for measure in ordered if measure.id not in left_out)
        terms, addresses = self.terms.get(slug, ()), self.addresses.get(slug, _NO_ADDRESSES)
        past = self.provenance.of(slug)
        plan = Plan(file, shown, terms, frozenset(unread), left_out, addresses, past)
        return self.memory.recall(f"plan {slug}", plan, lambda: plan)
