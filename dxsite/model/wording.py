"""検索の言葉: words that the search takes for each other."""

from dxsite.model.records import Record, RecordOf, key, record, whole_file
from dxsite.positions import Text
from dxsite.shapes import Line, ListOf


@record
class Synonyms(Record):
    """Words that mean the same."""

    words: tuple[Text, ...] = key(
        "言葉", ListOf(Line(), least=1), "同じものを指す言葉。どれで検索しても、ほかも探す"
    )
    related: tuple[Text, ...] = key(
        "関連する言葉",
        ListOf(Line()),
        "上の言葉で検索したとき、いっしょに探す言葉。逆向きには働かない",
        default=(),
    )


@record
class Reading(Record):
    """How a word is read that a dictionary reads otherwise."""

    word: Text = key("言葉", Line(), "漢字などの書き方")
    reading: Text = key("読み", Line(), "ひらがなの読み")


@whole_file("search")
@record
class SearchWords(Record):
    """search.yaml; without it the search knows the words of the plans only."""

    synonyms: tuple[Synonyms, ...] = key(
        "検索の言葉", ListOf(RecordOf(Synonyms)), "同じ意味の言葉の組", default=()
    )
    readings: tuple[Reading, ...] = key(
        "読み", ListOf(RecordOf(Reading)), "辞書と違う読み方をする言葉", default=()
    )
