"""Which kind of phase the words of a schedule name.

The classing is ours, not the plan's, so it is one rule that a reader can be told:

1. A text is cut into phrases: at 、・／ and the like, and behind a word of the list before
   と, や, 及び.
2. In a phrase the last word of the list decides, because in Japanese the last word is the
   head: 導入検討 is 検討, 導入業務拡大 is 拡大. A note in brackets belongs to its phrase, so
   運用（試行） is 試行. Of words that begin at the same sign the longest is taken: 試験運用 is
   not 運用.
3. A word that only describes what comes after it (活用の土壌創生) decides nothing.
4. A text has the kinds of all its phrases, in the order of `Phase`; a text without a word of
   the list has none, and none is guessed.
"""

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

from dxsite.fiscal import normal


class Phase(StrEnum):
    """The kinds, in the order in which a measure goes through them."""

    STUDY = "study"
    BUILD = "build"
    TRIAL = "trial"
    RUN = "run"
    GROW = "grow"

    @property
    def label(self) -> str:
        """The kind's name, as readers see it."""
        return _LABELS[self]

    @property
    def words(self) -> str:
        """Some of the words that tell the kind, for the key of a drawing."""
        return "、".join(_WORDS[self][:4])


_LABELS = {
    Phase.STUDY: "検討・調査",
    Phase.BUILD: "準備・導入",
    Phase.TRIAL: "試行",
    Phase.RUN: "運用・実施",
    Phase.GROW: "拡充・改善",
}
_TURNING = (
    *("オンライン化", "デジタル化", "電子化", "データ化", "標準化", "共通化", "一元化", "統合化"),
    *("無線化", "自動化", "システム化", "クラウド化", "ペーパーレス化", "キャッシュレス化"),
)
"""To turn a thing into another one; that it is carried out (実施) is still part of that."""
_WORDS: dict[Phase, tuple[str, ...]] = {
    Phase.STUDY: (
        *("検討", "調査", "研究", "分析", "検証", "比較", "把握", "洗い出し", "選定", "選択"),
        *("決定", "確認", "協議", "調整", "策定", "立案", "見直し", "BPR"),
    ),
    Phase.BUILD: (
        *("準備", "導入", "構築", "整備", "設計", "作成", "契約", "発注", "予算化", "整理"),
        *("移行", "移行テスト", "更新", "刷新", "改修", "実装"),
        *(word + done for word in _TURNING for done in ("", "実施", "の実施")),
    ),
    Phase.TRIAL: (
        *("試行", "試験運用", "試用", "試験導入", "試行導入", "試行実施", "試行の拡大"),
        *("実証実験", "実証"),
    ),
    Phase.RUN: (
        *("運用", "実施", "開始", "提供", "活用", "開催", "研修", "交付", "支援", "共有"),
        *("対応", "実施・検証", "業務実施"),
    ),
    Phase.GROW: (
        *("拡充", "拡大", "改善", "強化", "拡張", "充実", "増", "増加"),
        "継続的な見直し",
    ),
}
_PHASE_OF = {normal(word): phase for phase, words in _WORDS.items() for word in words}
_STEP = re.compile(
    "|".join(
        [
            *map(re.escape, sorted(_PHASE_OF, key=len, reverse=True)),
            r"(?P<cut>[、,，・/→。;；])",
        ]
    )
)
_JOINED = ("と", "や", "及び", "および", "又は", "または")
"""What joins two phrases where it stands right behind a word of the list."""
_DESCRIBING = re.compile(r"(の|に|を|で|への|する|した|された|できる|可能|委員)(?=.)")
"""What turns a word into a description of what comes after it."""


@lru_cache(maxsize=4096)
def phases_of(text: str) -> tuple[Phase, ...]:
    """The kinds that `text` names, in the order of `Phase`; empty where it names none."""
    plain = normal(text)
    found = {_PHASE_OF[head.group()] for head in _heads(plain) if _decides(head, plain)}
    return tuple(phase for phase in Phase if phase in found)


def furthest(phases: Iterable[Phase]) -> Phase | None:
    """The kind that a measure reaches last; None for none."""
    known = set(phases)
    return next((phase for phase in reversed(Phase) if phase in known), None)


def _heads(text: str) -> Iterable[re.Match[str]]:
    """The last word of every phrase that has one."""
    head: re.Match[str] | None = None
    for step in _STEP.finditer(text):
        if step["cut"] is None:
            head = step
        if head and (step["cut"] or text.startswith(_JOINED, step.end())):
            yield head
            head = None
    if head:
        yield head


def _decides(head: re.Match[str], text: str) -> bool:
    return not _DESCRIBING.match(text, head.end())
