"""Gives what is published another name, or takes it away, with all that names it.

Every step takes the files of the content, path → bytes, and returns them as they are to be.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from dxsite import editing, writing
from dxsite.addresses import given_up, last, ways_of
from dxsite.blocks import Blocks
from dxsite.catalog import Catalog, Plan
from dxsite.faults import Fault
from dxsite.mending import (
    Files,
    blocks_of,
    edited,
    length,
    name_of,
    with_related,
    with_repeats,
    with_successors,
)
from dxsite.model import Addresses, Measure, PlanFile, Record, Removed, Renamed
from dxsite.model.address import KINDS
from dxsite.model.records import RecordOf
from dxsite.scaffolding import modeline
from dxsite.sources import CONTENT
from dxsite.writing import Value

_WORDS = {kind: word for word, kind in KINDS.items()}


@dataclass(frozen=True, slots=True)
class Farewell:
    """What an address says when what was there is gone."""

    reason: str
    day: str
    """ISO day."""
    successors: tuple[str, ...] = ()
    title: str | None = None
    """Where the file is gone already and cannot tell it."""


def rename_measure(
    files: Files, catalog: Catalog, slug: str, old: str, new: str
) -> dict[str, bytes]:
    """The files with a measure under another name; its file may have been renamed already."""
    plan = _plan(catalog, slug)
    before, after = (f"{CONTENT}/{slug}/measures/{id_}.yaml" for id_ in (old, new))
    changed = _with_file_moved(files, before, after)
    changed = with_related(changed, {f"{slug}/{old}": f"{slug}/{new}"})
    changed = with_repeats(changed, slug, old, new)
    changed = with_successors(changed, slug, old, (new,))
    if _is_draft(changed[after], after):
        return _with_unpublished(changed, slug, old)
    return _with_renamed(changed, plan.addresses, slug, "measure", old, new)


def rename_plan(files: Files, catalog: Catalog, old: str, new: str) -> dict[str, bytes]:
    """The files with a plan in another folder."""
    before, after = f"{CONTENT}/{old}/", f"{CONTENT}/{new}/"
    moved = {path for path in files if path.startswith(before)}
    taken = any(path.startswith(after) for path in files)
    if not moved and not taken:
        raise _absent(f"{CONTENT}/{old}")
    if moved and taken:
        raise _taken(f"{CONTENT}/{new}")
    changed = {after + p.removeprefix(before) if p in moved else p: d for p, d in files.items()}
    ids = (_id(path) for path in changed if path.startswith(f"{after}measures/"))
    changed = with_related(changed, {f"{old}/{id_}": f"{new}/{id_}" for id_ in ids})
    return _with_renamed(changed, catalog.addresses, "", "plan", old, new)


def remove_measure(
    files: Files, catalog: Catalog, slug: str, id_: str, farewell: Farewell
) -> dict[str, bytes]:
    """The files without a measure; its file may have been removed already."""
    plan = _plan(catalog, slug)
    for name in farewell.successors:
        if name not in plan.measure_ids - {id_}:
            raise _absent(f"{CONTENT}/{slug}/measures/{name}.yaml")
    path = f"{CONTENT}/{slug}/measures/{id_}.yaml"
    changed = {name: data for name, data in files.items() if name != path}
    _refuse_repeats(plan, id_)
    title = _title(files, path, Measure, farewell)
    changed = with_related(changed, {f"{slug}/{id_}": ""})
    changed = with_successors(changed, slug, id_, farewell.successors)
    if path in files and _is_draft(files[path], path):
        return _with_unpublished(changed, slug, id_)
    return _with_removed(changed, plan.addresses, slug, "measure", id_, title, farewell)


def remove_plan(files: Files, catalog: Catalog, slug: str, farewell: Farewell) -> dict[str, bytes]:
    """The files without a plan."""
    for name in farewell.successors:
        if name == slug or f"{CONTENT}/{name}/plan.yaml" not in files:
            raise _absent(f"{CONTENT}/{name}/plan.yaml")
    folder = f"{CONTENT}/{slug}/"
    title = _title(files, f"{folder}plan.yaml", PlanFile, farewell)
    changed = {path: data for path, data in files.items() if not path.startswith(folder)}
    plan = next((plan for plan in catalog.every_plan if plan.slug == slug), None)
    ids = sorted({*plan.measure_ids, *given_up(plan.addresses, "measure")}) if plan else []
    changed = with_related(changed, {f"{slug}/{id_}": "" for id_ in ids})
    published = [id_ for id_ in ids if plan and id_ not in plan.drafts]
    return _with_removed(
        changed, catalog.addresses, "", "plan", slug, title, farewell, measures=published
    )


# ------------------------------------------------------------------ the files themselves


def _plan(catalog: Catalog, slug: str) -> Plan:
    plan = next((plan for plan in catalog.every_plan if plan.slug == slug), None)
    if plan is None:
        raise _absent(f"{CONTENT}/{slug}/plan.yaml")
    return plan


def _with_file_moved(files: Files, before: str, after: str) -> dict[str, bytes]:
    if before in files and after in files:
        raise _taken(after)
    if before not in files and after not in files:
        raise _absent(before)
    return {after if path == before else path: data for path, data in files.items()}


def _title(files: Files, path: str, cls: type[Record], farewell: Farewell) -> str:
    if farewell.title:
        return farewell.title
    if path not in files:
        raise Fault(
            f"「{path}」がありません。もう消したのなら、題名が分かりません。",
            "「--title 題名」で、そこに載っていたものの題名を書いてください。",
        )
    found = editing.get(blocks_of(files[path], path, cls), (name_of(cls, "title"),))
    return str(found or _id(path))


def _is_draft(data: bytes, path: str) -> bool:
    return editing.get(blocks_of(data, path, Measure), (name_of(Measure, "draft"),)) == "はい"


def _refuse_repeats(plan: Plan, id_: str) -> None:
    """A KPI that another measure repeats cannot go before somebody says which is right."""
    for measure in plan.measures:
        for kpi in measure.kpis:
            if measure.id != id_ and kpi.same_as and kpi.same_as.partition("/")[0] == id_:
                raise Fault(
                    f"{kpi.same_as.place.path} の{kpi.same_as.place.line}行目が、"
                    f"この施策の指標を再掲の元にしています。",
                    "そちらの「再掲」を直してから、もう一度実行してください。",
                )


# ------------------------------------------------------------------ addresses.yaml


def _with_renamed(
    files: Files, addresses: Addresses, slug: str, kind: str, old: str, new: str
) -> dict[str, bytes]:
    path, ways = _addresses(slug), ways_of(addresses, kind)
    told = {name_of(Renamed, "id"): old, name_of(Renamed, "now"): new}
    entry = _of_kind(told, kind)
    if new in ways and last(new, ways) == old:  # it gets a name back that it had before
        pairs = [(renamed.kind, str(renamed.id)) for renamed in addresses.renamed]
        at = (name_of(Addresses, "renamed"), pairs.index((kind, new)))
        data = edited(files[path], path, Addresses, lambda b: editing.put(b, at, entry))
        return {**files, path: data}
    if new in set(given_up(addresses, kind)):
        raise Fault(
            f"「{new}」は、前にほかのものの名前でした（{path}）。",
            "古いリンクから来た人が別のページを見ることになるので、ほかの名前を付けてください。",
        )
    return _with_entry(files, path, "renamed", entry)


def _with_removed(
    files: Files,
    addresses: Addresses,
    slug: str,
    kind: str,
    id_: str,
    title: str,
    farewell: Farewell,
    *,
    measures: Sequence[str] = (),
) -> dict[str, bytes]:
    if id_ in set(given_up(addresses, kind)):
        raise Fault(
            f"「{id_}」は、もう {_addresses(slug)} に書かれています。",
            "その行を確かめ、直すところがあれば、ファイルの中で直してください。",
        )
    told: dict[str, Value] = {
        "id": id_,
        "title": title,
        "since": farewell.day,
        "reason": farewell.reason,
        "successors": farewell.successors,
        "measures": measures,
    }
    entry = {name_of(Removed, field): value for field, value in told.items() if value}
    return _with_entry(files, _addresses(slug), "removed", _of_kind(entry, kind))


def _with_unpublished(files: Files, slug: str, id_: str) -> dict[str, bytes]:
    return _with_entry(files, _addresses(slug), "unpublished", id_)


def _of_kind(entry: Mapping[str, Value], kind: str) -> dict[str, Value]:
    return {**entry, **({} if kind == "measure" else {name_of(Renamed, "kind"): _WORDS[kind]})}


def _with_entry(files: Files, path: str, field: str, entry: Value) -> dict[str, bytes]:
    key = name_of(Addresses, field)
    if path not in files:
        lines = writing.section({key: [entry]}, RecordOf(Addresses), top=True)
        text = modeline(path) + "\n" + "\n".join(lines) + "\n"
        return {**files, path: text.encode()}

    def longer(blocks: Blocks) -> Blocks:
        return editing.insert(blocks, (key, length(blocks, (key,))), entry)

    return {**files, path: edited(files[path], path, Addresses, longer)}


def _addresses(slug: str) -> str:
    return f"{CONTENT}/{slug}/addresses.yaml" if slug else f"{CONTENT}/addresses.yaml"


def _id(path: str) -> str:
    return PurePosixPath(path).stem


def _absent(path: str) -> Fault:
    return Fault(f"「{path}」がありません。", "名前を確かめて、もう一度実行してください。")


def _taken(path: str) -> Fault:
    return Fault(f"「{path}」はもうあります。", "ほかの名前を付けてください。")
