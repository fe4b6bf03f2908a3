"""No id is used again, and every address that was published once leads somewhere."""

from collections.abc import Collection, Iterable, Mapping

from dxsite.addresses import given_up, gone_of, last, ways_of
from dxsite.calling import command
from dxsite.catalog import Catalog, Plan
from dxsite.diagnostics import Report, did_you_mean
from dxsite.model import Addresses, Removed, Renamed
from dxsite.model.address import KINDS
from dxsite.naming import report_taken
from dxsite.positions import Place, Text
from dxsite.shapes import Torn
from dxsite.sources import CONTENT
from dxsite.urls import TAKEN

_WORDS = {kind: word for word, kind in KINDS.items()}


def check(catalog: Catalog, report: Report) -> None:
    """The addresses of each plan's measures."""
    for plan in catalog.every_plan:
        _check_kinds(plan.addresses, ("measure",), report)
        places = {id_: _file(plan, id_) for id_ in plan.measure_ids}
        _check_kind(plan.addresses, "measure", places, report)
        if "addresses" not in plan.unread:
            _check_forgotten(plan, report)


def check_whole(
    addresses: Addresses,
    ids: Mapping[str, Collection[str] | None],
    pages: Iterable[str],
    report: Report,
) -> None:
    """The addresses of plans, themes and terms.

    `ids` are those that there are now, by kind; None where some could not be read. `pages` are
    the names of the site's own pages, which no plan ever had.
    """
    _check_kinds(addresses, tuple(ids), report)
    for id_ in given_up(addresses, "plan"):
        if id_ in {*TAKEN, *pages}:
            report_taken(id_.place, "計画のフォルダー", id_, report)
    for kind, now in ids.items():
        places = None if now is None else dict.fromkeys(now)
        _check_kind(addresses, kind, places, report)


def check_gone(
    addresses: Addresses,
    gone: Mapping[str, str | None],
    folders: Collection[str],
    report: Report,
) -> None:
    """Tell of plans that history knows, and nobody else does.

    `gone` leads from folders to those to which they were moved, `folders` are those of now.
    """
    if isinstance(addresses.renamed, Torn) or isinstance(addresses.removed, Torn):
        return
    known = {*folders, *given_up(addresses, "plan"), *addresses.unpublished}
    for slug in sorted(gone.keys() - known):
        now = last(slug, {a: b for a, b in gone.items() if b})
        _report_forgotten(f"{CONTENT}/addresses.yaml", "plan", slug, now in folders and now, report)


def of_catalog(catalog: Catalog) -> dict[str, Collection[str] | None]:
    """The ids of a catalogue that holds every plan, as `check_whole` takes them."""
    unread = catalog.unread
    plans = catalog.every_plan
    broken = {name.removesuffix("/plan") for name in unread if name.endswith("/plan")}
    all_terms = not broken and all("glossary" not in plan.unread for plan in plans)
    return {
        "plan": {*(plan.slug for plan in plans), *broken},
        "theme": None if "themes" in unread else {str(theme.id) for theme in catalog.themes},
        "term": {id_ for plan in plans for id_ in plan.term_ids} if all_terms else None,
    }


def _file(plan: Plan, id_: str) -> Place:
    return Place(f"{CONTENT}/{plan.slug}/measures/{id_}.yaml")


def _check_kinds(addresses: Addresses, kinds: Collection[str], report: Report) -> None:
    words = "、".join(f"「{_WORDS[kind]}」" for kind in kinds)
    entries: tuple[Renamed | Removed, ...] = (*addresses.renamed, *addresses.removed)
    for entry in entries:
        if entry.kind not in kinds:
            where = "自治体" if "measure" in kinds else "content"
            report.error(
                entry.at("kind"),
                "unknown-choice",
                f"種類の「{_WORDS[entry.kind]}」は、{where}のフォルダーの addresses.yaml には書けません。",
                f"ここに書けるのは{words}です。施策は「{CONTENT}/自治体/addresses.yaml」に、"
                f"ほかは「{CONTENT}/addresses.yaml」に書いてください。",
            )


def _check_kind(
    addresses: Addresses,
    kind: str,
    now: Mapping[str, Place | None] | None,
    report: Report,
) -> None:
    """`now` leads from the ids of now to where a repeated use is told; None: not known."""
    ids = tuple(given_up(addresses, kind))
    _check_once(ids, report)
    for id_ in ids:
        if now is not None and id_ in now:
            _report_reused(id_, kind, now[id_] or id_.place, report)
    ways, gone = ways_of(addresses, kind), gone_of(addresses, kind)
    targets = [(e.id, e.now) for e in addresses.renamed if e.kind == kind]
    for id_, target in targets:
        if last(id_, ways) is None:
            _report_circle(id_, target, report)
    if now is None or any(
        isinstance(list_, Torn) for list_ in (addresses.renamed, addresses.removed)
    ):
        return  # what could not be read may tell of the rest
    named = [target for _, target in targets]
    named += [name for e in addresses.removed if e.kind == kind for name in e.successors]
    for name in named:
        if name not in now and name not in ways and name not in gone:
            _report_dead(name, kind, now, report)


def _check_once(ids: Iterable[Text], report: Report) -> None:
    seen: dict[str, Text] = {}
    for id_ in ids:
        first = seen.setdefault(id_, id_)
        if first is not id_:
            report.error(
                id_.place,
                "repeated-id",
                f"ID「{id_}」が二度使われています（はじめは{first.place.line}行目）。",
                "同じ ID の改名や廃止は一つだけにし、どちらか一方を消してください。",
            )


def _report_reused(id_: Text, kind: str, place: Place, report: Report) -> None:
    report.error(
        place,
        "reused-id",
        f"{_WORDS[kind]}のID「{id_}」は、前にほかのものに使われていました"
        f"（{id_.place.path} の{id_.place.line}行目）。",
        "古いリンクから来た人が別のページを見ることになるので、ほかの名前を付けてください。"
        "同じものを元に戻したのなら、addresses.yaml の行を消してください。",
    )


def _report_circle(id_: Text, target: Text, report: Report) -> None:
    report.error(
        target.place,
        "address-circle",
        f"「{id_}」の改名をたどると、「{id_}」に戻ります。",
        "今もページがある ID で終わるように、「今のID」を直してください。",
    )


def _report_dead(name: Text, kind: str, now: Collection[str], report: Report) -> None:
    report.error(
        name.place,
        "dead-address",
        f"「{name}」という{_WORDS[kind]}は、今はありません。",
        did_you_mean(
            name, now, "今ある ID を書くか、なくなったのなら「廃止」に書き足してください。"
        ),
    )


def _check_forgotten(plan: Plan, report: Report) -> None:
    """Measures that history knows, and nobody else does."""
    gone = {_id(name): new and _id(new) for name, new in plan.past.gone.items() if _id(name)}
    known = {
        *plan.measure_ids,
        *given_up(plan.addresses, "measure"),
        *plan.addresses.unpublished,
    }
    ways = {old: new for old, new in gone.items() if new}
    for id_ in sorted(gone.keys() - known):
        now = last(id_, ways)
        path = f"{CONTENT}/{plan.slug}/addresses.yaml"
        _report_forgotten(path, "measure", id_, now in plan.measure_ids and now, report)


def _id(name: str) -> str:
    """The id of a measure by its file below the plan's folder; empty for any other file."""
    inner = name.removeprefix("measures/").removesuffix(".yaml")
    return inner if name == f"measures/{inner}.yaml" and "/" not in inner else ""


def _report_forgotten(
    path: str, kind: str, id_: str, now: str | bool | None, report: Report
) -> None:
    word = _WORDS[kind]
    rest = "" if kind == "measure" else f"、種類: {word}"
    plan = "" if kind == "plan" else f"{path.split('/')[1]}/"
    if now:
        did = f"「改名」に「以前のID: {id_}、今のID: {now}{rest}」を書き足してください"
    else:
        did = (
            f"「廃止」に「ID: {id_}、題名、日付、理由{rest}」を書き足してください"
            f"（次からは「{command('remove', plan + id_)}」で消すと、書き足されます）"
        )
    report.warning(
        Place(path),
        "forgotten-address",
        f"{word}「{id_}」は前にありましたが、今のファイルにも addresses.yaml にもありません。",
        f"公開していたのなら、{did}。一度も公開していないのなら、「未公開」に「{id_}」を書いてください。",
    )
