"""Other names in the files that name a measure."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePosixPath

from dxsite import editing
from dxsite.blocks import Blocks
from dxsite.calling import command
from dxsite.cutting import read_blocks
from dxsite.diagnostics import Report
from dxsite.faults import Fault
from dxsite.model import Kpi, Measure, PlanFile, Record, Review, keys_of
from dxsite.sources import CONTENT, Source

Files = Mapping[str, bytes]
"""Path → bytes, of all content."""


def name_of(cls: type[Record], field: str) -> str:
    """How a field is called in the files."""
    return next(known.name for known in keys_of(cls) if known.field == field)


def with_related(files: Files, names: Mapping[str, str]) -> dict[str, bytes]:
    """The files in which measures name others by new names, or no more where that is empty."""
    key = name_of(Measure, "related")

    def mended(blocks: Blocks) -> Blocks:
        named = editing.get(blocks, (key,))
        texts = [str(name) for name in named] if isinstance(named, list) else []
        wanted = list(dict.fromkeys(n for name in texts if (n := names.get(name, name))))
        if wanted == texts:
            return blocks
        return editing.put(blocks, (key,), wanted) if wanted else editing.remove(blocks, (key,))

    tokens = [name.encode() for name in names]
    return {
        path: edited(data, path, Measure, mended)
        if is_measure(path) and any(token in data for token in tokens)
        else data
        for path, data in files.items()
    }


def with_repeats(files: Files, slug: str, old: str, new: str) -> dict[str, bytes]:
    """The files in which KPIs repeat those of the measure by its new name."""
    kpis, key = name_of(Measure, "kpis"), name_of(Kpi, "same_as")

    def mended(blocks: Blocks) -> Blocks:
        for index in range(length(blocks, (kpis,))):
            name = str(editing.get(blocks, (kpis, index, key)) or "")
            if name.partition("/")[0] == old and "/" in name:
                value = f"{new}/{name.partition('/')[2]}"
                blocks = editing.put(blocks, (kpis, index, key), value)
        return blocks

    folder = f"{CONTENT}/{slug}/measures/"
    return {
        path: edited(data, path, Measure, mended)
        if path.startswith(folder) and f"{old}/".encode() in data
        else data
        for path, data in files.items()
    }


def with_successors(files: Files, slug: str, old: str, new: Sequence[str]) -> dict[str, bytes]:
    """The files in which the review of the earlier plan names others in place of a measure."""
    reviews, key = name_of(PlanFile, "reviews"), name_of(Review, "successors")
    path = f"{CONTENT}/{slug}/plan.yaml"

    def mended(blocks: Blocks) -> Blocks:
        for index in range(length(blocks, (reviews,))):
            named = editing.get(blocks, (reviews, index, key))
            if not isinstance(named, list) or old not in named:
                continue
            texts = [n for name in named for n in (new if name == old else (str(name),))]
            way: editing.Path = (reviews, index, key)
            wanted = list(dict.fromkeys(texts))
            blocks = editing.put(blocks, way, wanted) if wanted else editing.remove(blocks, way)
        return blocks

    if path not in files or old.encode() not in files[path]:
        return dict(files)
    return {**files, path: edited(files[path], path, PlanFile, mended)}


def length(blocks: Blocks, path: editing.Path) -> int:
    """How many items stand at a path."""
    value = editing.get(blocks, path)
    return len(value) if isinstance(value, list) else 0


def edited(data: bytes, path: str, cls: type[Record], change: Callable[[Blocks], Blocks]) -> bytes:
    """A file after a change; a Fault where it cannot be changed in that place alone."""
    try:
        return str(change(blocks_of(data, path, cls))).encode()
    except ValueError as error:
        raise Fault(
            f"「{path}」を、このままでは書き換えられません。",
            f"そのファイルを {command('fmt')} で整えてから、もう一度実行してください。",
        ) from error


def blocks_of(data: bytes, path: str, cls: type[Record]) -> Blocks:
    """A file as blocks; a Fault where it cannot be read."""
    blocks = read_blocks(Source(path, data), cls, Report())
    if blocks is None:
        raise Fault(
            f"「{path}」に読めないところがあります。",
            f"{command('check')} で誤りを直してから、もう一度実行してください。",
        )
    return blocks


def is_measure(path: str) -> bool:
    """Whether a measure lies at a path."""
    return PurePosixPath(path).parent.name == "measures" and path.endswith(".yaml")
