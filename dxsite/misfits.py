"""What is told where something else was written than a shape can read."""

from dxsite.diagnostics import Report, quotable
from dxsite.documents import Broken, Mapping, Node, Scalar, Sequence


def is_blank(node: Node) -> bool:
    """Whether nothing was written after the colon."""
    return isinstance(node, Scalar) and (not node.text or node.text.isspace())


AS_IN_GUIDE = "内容のガイド（content/README.md）の例にならって書き直してください。"


def report_shape(node: Node, words: str, report: Report, hint: str = AS_IN_GUIDE) -> None:
    """Tell that `node` is not what `words` ask for; a broken node has been told already."""
    if isinstance(node, Broken):
        return
    got = {Mapping: "項目の並び", Sequence: "箇条書き"}.get(type(node))
    text = f"{got}が書かれています" if got else f"「{shortened(node)}」と書かれています"
    report.error(node.place, "wrong-shape", f"{text}が、ここに書くのは{words}です。", hint)


def report_no_text(node: Node, words: str, report: Report) -> None:
    """Tell that something else than one text was read, mostly because of a sign in it."""
    sign = "文が「[」や「{」で始まる" if isinstance(node, Sequence) else "文の中に「: 」がある"
    report_shape(
        node, words, report, f'一つの文にしてください。{sign}なら、全体を " " で囲んでください。'
    )


def report_dash(node: Scalar, report: Report) -> None:
    """Tell of an item that became part of the text above it."""
    if node.dash is not None:
        report.error(
            node.dash,
            "syntax",
            "この「- 」は字下げが深すぎて、上の行の続きになっています。",
            "箇条書きなら上の「- 」と字下げをそろえ、文章なら、その初めに「|」を書いて"
            "改行してください。",
        )


def shortened(node: Node) -> str:
    """What was written, as long as a message can quote."""
    return quotable(node.text) if isinstance(node, Scalar) else ""
