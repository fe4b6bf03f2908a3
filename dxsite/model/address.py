"""以前のアドレス: ids under which something was published that now has another id, or none."""

from dxsite.dates import Day
from dxsite.model.records import Record, RecordOf, key, record, whole_file
from dxsite.positions import Text
from dxsite.shapes import Choice, Line, ListOf, Slug

KINDS = {"施策": "measure", "計画": "plan", "テーマ": "theme", "用語": "term"}
"""What has an address that it may lose: word in 種類 → what programs call it."""
_KIND = "何の ID か。自治体の addresses.yaml には施策だけを書くので、要らない"


@record
class Renamed(Record):
    """改名: an id that gave way to another."""

    id: Text = key("以前のID", Slug(), "前のファイル名（.yaml なし）か、前の ID")
    now: Text = key("今のID", Slug(), "今のファイル名（.yaml なし）か、今の ID")
    kind: str = key("種類", Choice(KINDS), _KIND, default="measure")


@record
class Removed(Record):
    """廃止: something that is no longer published, with what its old address says of it."""

    id: Text = key("ID", Slug(), "消したファイルの名前（.yaml なし）か、消した ID")
    title: Text = key("題名", Line(), "そこに載っていたものの名前")
    since: Text = key("日付", Day(), "載せるのをやめた日")
    reason: Text = key("理由", Line(), "やめた理由。元のアドレスを開いた人に見せる")
    successors: tuple[Text, ...] = key(
        "後継", ListOf(Slug()), "代わりになるもの。施策ならファイル名（.yaml なし）", default=()
    )
    measures: tuple[Text, ...] = key(
        "施策",
        ListOf(Slug()),
        "計画をやめたとき、その計画にあった施策のファイル名（.yaml なし）",
        default=(),
    )
    kind: str = key("種類", Choice(KINDS), _KIND, default="measure")


@whole_file("addresses")
@record
class Addresses(Record):
    """addresses.yaml, of a plan for its measures, of the whole content for all else."""

    renamed: tuple[Renamed, ...] = key(
        "改名",
        ListOf(RecordOf(Renamed)),
        "名前を変えたもの。前のアドレスから今のページへ導く",
        default=(),
    )
    removed: tuple[Removed, ...] = key(
        "廃止",
        ListOf(RecordOf(Removed)),
        "載せるのをやめたもの。元のアドレスに、やめたことの知らせを置く",
        default=(),
    )
    unpublished: tuple[Text, ...] = key(
        "未公開",
        ListOf(Slug()),
        "一度も公開しないうちに消したか名前を変えた、ファイルやフォルダーの名前",
        default=(),
    )
