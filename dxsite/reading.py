"""One content file into its record."""

from dataclasses import replace
from typing import TypeVar

from dxsite.diagnostics import Finding, Report
from dxsite.documents import parse_document
from dxsite.model import KNOWN_KEYS, Record
from dxsite.model.records import read_record
from dxsite.sources import Source

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
