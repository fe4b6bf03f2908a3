"""用語: what a plan explains in its glossary or footnotes."""

from dxsite.model.records import Record, RecordOf, key, record, whole_file
from dxsite.positions import Text
from dxsite.shapes import Line, ListOf, Prose, Slug


@record
class Term(Record):
    """One explanation; the same id in several plans is the same term."""

    id: Text = key("ID", Slug(), "用語の名前。ほかの計画の同じ用語と合わせる")
    term: Text = key("名称", Line(), "用語")
    long_form: Text | None = key("正式名称", Line(), "略さない名前", default=None)
    reading: Text | None = key("読み", Line(), "読みがな", default=None)
    aliases: tuple[Text, ...] = key(
        "別の書き方", ListOf(Line()), "本文や検索で同じ語とみなす書き方", default=()
    )
    see: Text | None = key("参照", Line(), "「…の項を参照」のとき、その用語の ID", default=None)
    inside: Text | None = key(
        "親の用語", Line(), "ほかの用語の説明の中で説明されているとき、その ID", default=None
    )
    text: Text | None = key(
        "説明", Prose(), "計画の説明の要約。参照だけのときは書かない", default=None
    )
    source: Text | None = key("節", Line(), "計画のどこで説明されているか", default=None)


@whole_file("glossary")
@record
class GlossaryFile(Record):
    """glossary.yaml"""

    terms: tuple[Term, ...] = key("用語集", ListOf(RecordOf(Term)), "用語の並び", default=())
