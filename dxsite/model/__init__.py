"""The plans as we speak of them.

One English word stands for one Japanese word of the plans, everywhere:

施策 measure, 計画 plan, 体系 structure, 方針 policy, 担当課 department, 工程 schedule,
目標 target, 現状 baseline, 実績 actual, 費用 cost, 用語 term, テーマ theme, 優先度 priority,
役割 role, 改名 renamed, 廃止 removed, 振り返り review, 今後検討する施策 future measure, 原典の語 source word, 検索の言葉 search words.

Every YAML key is spelled here and nowhere else.
"""

from dxsite.model.address import Addresses, Removed, Renamed
from dxsite.model.examples import whole_example
from dxsite.model.glossary import GlossaryFile, Term
from dxsite.model.keys import FILE_RECORDS, Key, keys_of, ways
from dxsite.model.kpi import Baseline, Kpi
from dxsite.model.measure import ODDITIES, Acknowledgement, Measure, ScheduleEntry, Source, Table
from dxsite.model.plan import (
    CostTotal,
    Erratum,
    FutureMeasure,
    PlanDocument,
    PlanFile,
    Priority,
    Review,
    RoadmapRow,
    Role,
    StructureNode,
)
from dxsite.model.records import Record, known_keys
from dxsite.model.site import SiteSettings
from dxsite.model.theme import Theme, ThemesFile
from dxsite.model.wording import Reading, SearchWords, Synonyms

TOP_RECORDS: dict[str, type[Record]] = dict(FILE_RECORDS)
"""File kind → what such a file holds."""

KNOWN_KEYS = known_keys(TOP_RECORDS.values())

__all__ = [
    "KNOWN_KEYS",
    "ODDITIES",
    "TOP_RECORDS",
    "Acknowledgement",
    "Addresses",
    "Baseline",
    "CostTotal",
    "Erratum",
    "FutureMeasure",
    "GlossaryFile",
    "Key",
    "Kpi",
    "Measure",
    "PlanDocument",
    "PlanFile",
    "Priority",
    "Reading",
    "Record",
    "Removed",
    "Renamed",
    "Review",
    "RoadmapRow",
    "Role",
    "ScheduleEntry",
    "SearchWords",
    "SiteSettings",
    "Source",
    "StructureNode",
    "Synonyms",
    "Table",
    "Term",
    "Theme",
    "ThemesFile",
    "keys_of",
    "ways",
    "whole_example",
]
