"""One content file into its record."""

from dataclasses import replace
from typing import TypeVar

from dxsite.diagnostics import Finding, Report
from dxsite.documents import Mapping, parse_document
from dxsite.model import KNOWN_KEYS, Record, SiteSettings
from dxsite.model.records import read_record
from dxsite.positions import Place
from dxsite.sources import CONTENT, Source

R = TypeVar("R", bound=Record)


def read_file(
    cls: type[R], source: Source, told: dict[str, str], incomplete: bool
) -> tuple[R | None, tuple[Finding, ...]]:
    """The record, as far as it could be read, and what is wrong with the file.

    `told` are fields that the file's name tells.
    """
    report = Report()
    root = parse_document(source, KNOWN_KEYS, report).root
    if root is None:
        report.error(
            source.place,
            "empty-file",
            "ファイルの中身が空です。",
            "書きかけなら、ほかのファイルの例にならって項目を書き、不要なら消してください。",
        )
        return None, report.findings
    record = read_record(cls, root, report, incomplete=incomplete)
    return record and replace(record, **told), report.findings  # type: ignore[arg-type]


def no_settings() -> SiteSettings:
    """Stands where site.yaml could not be read; nothing is published then."""
    nothing = Mapping((), Place(f"{CONTENT}/site.yaml"))
    settings = read_record(SiteSettings, nothing, Report(), incomplete=True)
    assert settings is not None
    return settings
