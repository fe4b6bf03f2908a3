"""What the editing screen offers: every content file of a kind that has a model."""

import json
from collections.abc import Iterator
from typing import Any

from dxsite import urls
from dxsite.admin.fields import Around, Choosing, fields_of, name_of
from dxsite.assets import Artifact
from dxsite.catalog import Catalog, Plan
from dxsite.model import (
    GlossaryFile,
    Measure,
    PlanFile,
    Record,
    SearchWords,
    StructureNode,
    Term,
    Theme,
    ThemesFile,
)
from dxsite.site.pages import Frame
from dxsite.sources import CONTENT

Json = dict[str, Any]

_WHOLE = "whole-site"
"""The collection of the files that belong to no plan."""
_THEMES = "themes"
_GLOSSARY = "glossary"
_PLAN = "plan"
_NO_MEDIA = f"{CONTENT}/.media"
"""The program must be given a folder for pictures; nothing in it would be read."""


def configuration(catalog: Catalog, frame: Frame, icon: str) -> Artifact:
    """The configuration file; `icon` is the address of the site's own."""
    text = json.dumps(_configuration(catalog, frame, icon), ensure_ascii=False, indent=1)
    return Artifact(urls.file_of(urls.ADMIN_CONFIG), f"{text}\n".encode())


def _configuration(catalog: Catalog, frame: Frame, icon: str) -> Json:
    site = catalog.site
    return {
        "backend": {
            "name": "github",
            "repo": site.github_name,
            "branch": site.branch,
            "auth_methods": ["token"],
            "commit_messages": {
                "create": "「{{slug}}」を足す（編集画面）",
                "update": "「{{slug}}」を直す（編集画面）",
                "delete": "「{{slug}}」を消す（編集画面）",
            },
        },
        # Each save goes into a pull request; nothing reaches the published branch from here.
        "publish_mode": "editorial_workflow",
        **({"site_url": frame.base_url} if "://" in frame.base_url else {}),
        "app_title": f"{frame.title} 編集画面",
        "logo": {"src": frame.base_path + icon, "show_in_header": False},
        "editor": {"preview": False},
        "media_folder": _NO_MEDIA,
        "slug": {"encoding": "ascii", "lowercase": True},
        "output": {
            "omit_empty_optional_fields": True,
            "yaml": {"indent_size": 2, "indent_sequences": True},
        },
        "collections": list(_collections(catalog)),
    }


def _collections(catalog: Catalog) -> Iterator[Json]:
    for plan in catalog.plans:
        yield _files_of(plan)
        yield _measures_of(plan)
        yield {"divider": True}
    whole: dict[str, tuple[str, type[Record]]] = {
        _THEMES: ("テーマ", ThemesFile),
        "search": ("検索の言葉", SearchWords),
    }
    files = [
        _file(name, label, f"{CONTENT}/{name}.yaml", cls, Around())
        for name, (label, cls) in whole.items()
    ]
    yield {"name": _WHOLE, "label": "サイト全体", "icon": "public", "files": files}


def _files_of(plan: Plan) -> Json:
    around = _around(plan)
    folder = f"{CONTENT}/{plan.slug}"
    return {
        "name": f"{plan.slug}-files",
        "label": f"{plan.file.municipality}の計画と用語集",
        "icon": "description",
        "publish": False,
        "files": [
            _file(_PLAN, "計画", f"{folder}/plan.yaml", PlanFile, around),
            _file(_GLOSSARY, "用語集", f"{folder}/glossary.yaml", GlossaryFile, around),
        ],
    }


def _measures_of(plan: Plan) -> Json:
    title = name_of(Measure, "title")
    return {
        "name": plan.slug,
        "label": f"{plan.file.municipality}の施策",
        "label_singular": "施策",
        "icon": "checklist",
        "publish": False,  # merging is done at GitHub, where the check tells what is wrong
        "folder": f"{CONTENT}/{plan.slug}/measures",
        "extension": "yaml",
        "format": "yaml",
        "identifier_field": title,
        "summary": f"{{{{{title}}}}}",
        "sortable_fields": {
            "fields": [name_of(Measure, "order"), title],
            "default": {"field": name_of(Measure, "order"), "direction": "ascending"},
        },
        "slug": {
            "editable": ["create"],
            "hint": "アドレスになる名前。半角の英小文字と数字を「-」でつなぐ（例: online-forms）",
        },
        "delete": False,  # its address would lead nowhere
        "fields": fields_of(Measure, _around(plan)),
    }


def _file(name: str, label: str, path: str, cls: type[Record], around: Around) -> Json:
    fields = fields_of(cls, around)
    return {"name": name, "label": label, "file": path, "format": "yaml", "fields": fields}


def _around(plan: Plan) -> Around:
    files = f"{plan.slug}-files"
    themes = _records(_WHOLE, _THEMES, ThemesFile, "themes", Theme, "title")
    terms = _records(files, _GLOSSARY, GlossaryFile, "terms", Term, "term")
    nodes = _records(files, _PLAN, PlanFile, "structure", StructureNode, "title", "code")
    return Around(
        headings=[str(heading) for heading in plan.file.headings],
        choosing={
            (Measure, "parents"): nodes,
            (Measure, "themes"): themes,
            **({(Measure, "terms"): terms} if plan.terms else {}),
        },
    )


def _records(
    collection: str,
    file: str,
    cls: type[Record],
    of: str,
    record: type[Record],
    shown: str,
    written: str = "id",
) -> Choosing:
    each = f"{name_of(cls, of)}.*"
    id_, label = (f"{each}.{name_of(record, field)}" for field in (written, shown))
    return Choosing(collection, file, id_, label)
