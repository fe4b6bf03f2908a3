"""テーマ: a subject that measures of several plans share."""

from dxsite.model.records import Record, RecordOf, key, record, whole_file
from dxsite.positions import Text
from dxsite.shapes import Line, ListOf, Prose, Slug


@record
class Theme(Record):
    """One subject."""

    id: Text = key("ID", Slug(), "アドレスになる名前")
    title: Text = key("名称", Line(), "テーマの名前")
    text: Text = key("説明", Prose(), "どんな施策が入るか")
    national: Text | None = key(
        "国の重点取組", Line(), "国の自治体DX推進計画で対応する項目", default=None
    )
    words: tuple[Text, ...] = key(
        "関連する語", ListOf(Line()), "検索で同じテーマに導く語", default=()
    )


@whole_file("themes")
@record
class ThemesFile(Record):
    """themes.yaml, in the order in which the site shows them."""

    themes: tuple[Theme, ...] = key("テーマ一覧", ListOf(RecordOf(Theme), least=1), "テーマの並び")
