"""Documents into records: the whole content, typed."""

import re
import typing
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TypeVar

from dxsite import urls
from dxsite.addresses import names_before
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
from dxsite.plans import NO_ADDRESSES, Plan, Prose
from dxsite.positions import Place, Text
from dxsite.provenance import NO_PAST, UNKNOWN, Provenance
from dxsite.reading import no_settings, read_file
from dxsite.shapes import Torn
from dxsite.sources import CONTENT, Source
from dxsite.strays import right_place

__all__ = ["REVISIONS", "Catalog", "Plan", "Prose", "read_catalog"]

R = TypeVar("R", bound=Record)

Owner = tuple[str, str]
"""A plan's folder, and the name of an earlier revision in it; empty for the plan as it is now."""
REVISIONS = "revisions"
"""The folder inside a plan's that holds its earlier revisions, each in a folder of its own."""

_PAGES = frozenset(url.strip("/") for url in (urls.ABOUT, urls.ACCESSIBILITY))
_ALWAYS = {
    "site": "site.yaml",
    "themes": "themes.yaml",
    **{f"pages/{name}": f"pages/{name}.md" for name in sorted(_PAGES)},
}
"""The files without which there is no site: name without ending → name."""


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
    addresses: Addresses = NO_ADDRESSES
    """Ids of plans, themes and terms that were published once."""
    gone: typing.Mapping[str, str | None] = field(default_factory=dict)
    """Folder that held a plan once, as history tells → the folder to which that was moved."""

    @property
    def every_plan(self) -> tuple[Plan, ...]:
        """What checks look at, earlier revisions aside."""
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
        self.plan_files: dict[Owner, PlanFile] = {}
        self.measures: dict[Owner, list[Measure]] = {}
        self.terms: dict[Owner, tuple[Term, ...]] = {}
        self.addresses: dict[str, Addresses] = {}
        """By folder; those of the whole content under an empty name."""
        self.unread: set[str] = set()
        self.seen = False
        self.folders: dict[Owner, Place] = {}

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
                self.addresses[""] = self._record(Addresses, source) or NO_ADDRESSES
            case ("pages", name) if name.endswith(".md"):
                self._read_page(source, PurePosixPath(name).stem)
            case (folder, "addresses.yaml"):
                self._enter((folder, ""), source)
                self.addresses[folder] = self._record(Addresses, source) or NO_ADDRESSES
            case (name,) if name.endswith(".md"):
                pass  # the staff guide
            case (folder, "revisions", name, *rest) if self._read_of_plan(
                source, (folder, name), rest
            ):
                pass
            case (folder, *rest) if self._read_of_plan(source, (folder, ""), rest):
                pass
            case _:
                self.report.error(
                    source.place,
                    "stray-file",
                    "このファイルは決まった置き場所にないため、読み込まれません。",
                    right_place(source.path),
                )

    def _read_of_plan(self, source: Source, owner: Owner, rest: Sequence[str]) -> bool:
        """Read a file of a plan, `rest` being its path there; False where it has no place."""
        match rest:
            case ("plan.yaml",):
                self._enter(owner, source)
                plan = self._record(PlanFile, source, incomplete=True, slug=owner[0])
                if plan:
                    self.plan_files[owner] = plan
            case ("glossary.yaml",):
                self._enter(owner, source)
                glossary = self._record(GlossaryFile, source)
                read = glossary is not None and "terms" not in glossary.lost
                self.terms[owner] = glossary.terms if glossary and read else Torn()
            case ("measures", name) if name.endswith(".yaml"):
                self._enter(owner, source)
                self._read_measure(source, owner, PurePosixPath(name).stem)
            case _:
                return False
        return True

    def _enter(self, owner: Owner, source: Source) -> None:
        """Note a folder of a plan, whose name becomes an address or a part of one."""
        if owner not in self.folders:
            folder, revision = owner
            check_name(source.place, "フォルダー", revision or folder, self.report)
            if not revision:
                check_free(source.place, "フォルダー", folder, self.report)
        self.folders.setdefault(owner, source.place)

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

    def _read_measure(self, source: Source, owner: Owner, name: str) -> None:
        check_name(source.place, "ファイル", name, self.report)
        measure = self._record(Measure, source, incomplete=True, id=name, plan=owner[0])
        if measure:
            self.measures.setdefault(owner, []).append(measure)

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
        plans = [self._plan(owner, drafts) for owner in self.plan_files if not owner[1]]
        whole = [plan for plan in plans if plan.file.is_whole]
        return Catalog(
            self.site or no_settings(),
            self.themes.themes if self.themes else (),
            tuple(sorted(whole, key=lambda p: (p.file.code, p.slug))),
            tuple(self.pages),
            self.search_words or SearchWords(place=Place(f"{CONTENT}/search.yaml")),
            frozenset(self.unread),
            torn=tuple(plan for plan in plans if not plan.file.is_whole),
            addresses=self.addresses.get("", NO_ADDRESSES),
            gone=self.provenance.gone,
        )

    def _report_absent(self) -> None:
        """Tell of files that must be there."""
        told = {finding.place.path for finding in self.report.findings}
        for owner, place in self.folders.items():
            name = _name_of(owner)
            there = owner in self.plan_files or f"{name}/plan" in self.unread
            if not there and f"{CONTENT}/{name}/plan.yaml" not in told:
                hint = (
                    f"「{command('new plan', name)}」で作るか、フォルダーの名前を確かめてください。"
                )
                if owner[1]:
                    hint = "その版の plan.yaml をここに置くか、フォルダーの名前を確かめてください。"
                message = f"「content/{name}/」に plan.yaml がありません。"
                self.report.error(place, "no-plan", message, hint)
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
            if (page.id, "") in self.folders:
                report_taken(page.text.place, "ファイル", page.id, self.report)

    def _plan(self, owner: Owner, drafts: bool) -> Plan:
        """A plan, or an earlier revision of one, which has no revisions itself."""
        slug, revision = owner
        measures = self.measures.get(owner, [])
        left_out = frozenset(m.id for m in measures if m.draft and not drafts)
        own = f"{_name_of(owner)}/"
        unread = (name.removeprefix(own) for name in self.unread if name.startswith(own))
        ordered = sorted(measures, key=lambda m: (m.order or 0, m.id))
        earlier = [o for o in self.plan_files if o[0] == slug and o[1]] if not revision else []
        plan = Plan(
            self.plan_files[owner],
            tuple(measure for measure in ordered if measure.id not in left_out),
            self.terms.get(owner, ()),
            frozenset(name for name in unread if not name.startswith(f"{REVISIONS}/")),
            left_out,
            NO_ADDRESSES if revision else self.addresses.get(slug, NO_ADDRESSES),
            names_before(slug, self.addresses.get("", NO_ADDRESSES), "plan"),
            NO_PAST if revision else self.provenance.of(slug),
            revision,
            tuple(sorted((self._plan(one, drafts) for one in earlier), key=lambda p: p.age)),
        )
        return self.memory.recall(f"plan {own}", plan, lambda: plan)


def _name_of(owner: Owner) -> str:
    """The folder below content/."""
    slug, revision = owner
    return f"{slug}/{REVISIONS}/{revision}" if revision else slug
