"""A real plan as if it had been revised twice: everything here but the plan itself is made up.

The states differ in every kind of change; nothing of it is published.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

from dxsite import scaffolding
from dxsite.diagnostics import Report
from dxsite.sources import read_folder
from tests.conftest import ROOT, Desk

PLAN = "kaminoyama"
FIRST, SECOND = "2023-03", "2025-05"
"""The names of the earlier revisions; the second is the plan as it is really printed, nearly."""


@dataclass(frozen=True, slots=True)
class Revised:
    """A desk with one plan, whose files can be edited in turn."""

    desk: Desk

    def edit(self, name: str, *pairs: tuple[str, str]) -> None:
        """Replace texts in a file below the plan's folder; each must be there once."""
        path = self.desk.root / "content" / PLAN / name
        text = path.read_text("utf-8")
        for old, new in pairs:
            assert text.count(old) == 1, (name, old, text.count(old))
            text = text.replace(old, new)
        path.write_text(text, "utf-8")

    def measure(self, name: str, *pairs: tuple[str, str]) -> None:
        """The same for a measure."""
        self.edit(f"measures/{name}.yaml", *pairs)

    def drop(self, name: str) -> None:
        """Remove a measure, and what names it."""
        folder = self.desk.root / "content" / PLAN / "measures"
        (folder / f"{name}.yaml").unlink()
        for path in folder.glob("*.yaml"):
            text = path.read_text("utf-8")
            if f"- {PLAN}/{name}\n" in text:
                text = text.replace(f"  - {PLAN}/{name}\n", "").replace("関連:\n\n", "")
                path.write_text(text, "utf-8")

    def keep(self, name: str) -> None:
        """Keep what there is as an earlier revision, as `dxsite new revision` does."""
        root = self.desk.root
        for source in scaffolding.revision_of(PLAN, name, tuple(read_folder(root, PLAN, Report()))):
            path = root / source.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(source.data)


def revised(root: Path) -> Desk:
    """A desk whose only plan has two earlier revisions, reviews, and actual figures."""
    for name in ("templates", "assets"):
        if not (root / name).exists():
            (root / name).symlink_to(ROOT / name)
    shutil.copytree(ROOT / "content", root / "content")
    for path in (root / "content").iterdir():
        if path.is_dir() and path.name not in (PLAN, "pages", ".schema"):
            shutil.rmtree(path)
    plan = Revised(Desk(root))
    _departments(plan)
    plan.edit("plan.yaml", ("改定: 2025-05\n\n", ""))
    plan.measure("paperless-council", ("年度: R5\n", "年度: R4\n"))
    plan.keep(FIRST)
    plan.edit("plan.yaml", ("策定: 2023-03\n", "策定: 2023-03\n\n改定: 2025-05\n"))
    plan.measure("paperless-council", ("年度: R4\n", "年度: R5\n"))
    plan.keep(SECOND)
    _revise(plan)
    return plan.desk


def _departments(plan: Revised) -> None:
    """The real plan names none."""
    for name, theme in (
        ("online-applications", "my-number-card"),
        ("application-management", "back-office"),
    ):
        plan.measure(name, (f"  - {theme}\n", f"  - {theme}\n\n担当課:\n  - 情報政策課\n"))
    plan.measure(
        "groupware", ("  - back-office\n", "  - back-office\n\n担当課:\n  - 総務課\n  - 秘書課\n")
    )
    plan.measure("groupware", ("出典:\n", "費用:\n  R8: 6,000\n\n出典:\n"))


def _revise(plan: Revised) -> None:
    _whole_plan(plan)
    _measures(plan)
    _figures(plan)
    _years(plan)


def _whole_plan(plan: Revised) -> None:
    plan.edit(
        "plan.yaml",
        ("改定: 2025-05", "改定: 2026-10"),
        ("期間: R5-R9", "期間: R5-R11"),
        (
            "めざす姿: 誰一人取り残されない、人にやさしいデジタル化の推進",
            "めざす姿: だれもが使える、人にやさしいデジタル",
        ),
        (
            "  - Yamagata幸せデジタル化構想\n",
            "  - Yamagata幸せデジタル化構想\n  - 第9次上山市振興計画\n",
        ),
        ("名称: テレワークの推進", "名称: 働き方の改革"),
        (
            "\n更新日:",
            """
振り返り:
  - 番号: 1
    名称: 市議会会議録の電子化
    結果: 達成

  - 番号: 2
    名称: 消防職員、消防団員管理業務の効率化
    結果: 見直し
    後継:
      - fire-safety-ledgers

  - 番号: 3
    名称: 電子申請の推進
    結果: 継続検討
    成果:
      - 申請できる手続きを40に増やした
    後継:
      - online-applications

今後検討する施策:
  - 番号: 1
    名称: 手続きの案内の自動応答

更新日:""",
        ),
    )
    plan.edit("glossary.yaml", ("名称: IoT\n", "名称: モノのインターネット\n"))


def _measures(plan: Revised) -> None:
    folder = plan.desk.root / "content" / PLAN / "measures"
    new = (folder / "telework.yaml").read_text("utf-8").partition("本文:")[0]
    new = new.replace("テレワーク実施環境の構築", "多言語の窓口案内").replace("順: 190", "順: 195")
    new = new.replace("状況: 実施済\n", "担当課:\n  - 市民生活課\n")
    (folder / "multilingual-counter.yaml").write_text(
        f"{new}工程:\n  - 年度: R9-\n    内容: 運用\n\n出典:\n  節: 7 個別施策\n\n更新日: 2026-11-20\n",
        "utf-8",
    )
    plan.drop("council-minutes")
    # Most of one measure is now part of another.
    plan.measure(
        "fire-safety-ledgers",
        (
            "  取組内容: |\n",
            "  取組内容: |\n"
            "    タブレットなどでも使えるよう操作をしやすくし、現場の情報をすぐに反映できるようにします。\n"
            "    データをすぐに更新するなどの必要があるのに、操作が複雑で時間がかかっています。\n"
            "    データと管理のためのシステムを、クラウドに移します。\n"
            "    今のシステムは、データの更新、集計のしかた、管理する項目の追加などの操作が複雑です。\n",
        ),
        (
            "用語:\n",
            "  - ID: water-search-time\n    名称: 各水利情報検索及び入力時間の平均短縮時間\n"
            "    単位: 分\n    向き: 減らす\n    目標:\n      R7末: 5\n\n用語:\n",
        ),
    )
    plan.drop("fire-water-supply")
    plan.drop("fire-personnel")
    # A part of one measure is now one of its own.
    text = (folder / "application-management.yaml").read_text("utf-8")
    text = text.replace("電子申請等管理システムの導入", "申請データの自動連携").replace(
        "順: 40", "順: 45"
    )
    (folder / "data-linking.yaml").write_text(text, "utf-8")
    plan.measure("data-linking", ("ID: applications", "ID: linked"))
    path = folder / "application-management.yaml"
    head, _, rest = path.read_text("utf-8").partition("本文:")
    path.write_text(f"{head}用語:{rest.partition('用語:')[2]}", "utf-8")
    plan.measure("telework", ("名称: テレワーク実施環境の構築", "名称: 柔軟な働き方の環境づくり"))
    plan.measure("groupware", ("  - 1-(3)\n", ""), ("  - 秘書課\n", "  - 人事課\n"))
    plan.measure("groupware", ("R8: 6,000", "R8: 7,500"))
    plan.measure(
        "online-applications",
        ("  - 情報政策課\n", "  - デジタル推進課\n"),
        ("入力を手伝う体制もつくります。", "入力を手伝う人を置きます。"),
    )


def _figures(plan: Revised) -> None:
    plan.measure(
        "online-applications",
        (
            "      R9末: 1,500\n",
            "      R8末: 900\n      R9末: 2,000\n    実績:\n      R5: 420\n      R7: 810\n",
        ),
        ("      R9末: 80以上\n", "      R9末: 75以上\n"),
    )
    plan.measure("childcare-benefit-claims", ("R8末: 4以上", "R10末: 4以上"))
    plan.measure(
        "road-occupancy-permits",
        ("R8末: ▲100", "R8末: ▲80"),
        (
            "用語:\n",
            '  - ID: online-share\n    名称: オンライン申請の割合\n    単位: "%"\n'
            "    向き: 増やす\n    目標:\n      R9末: 50\n\n用語:\n",
        ),
    )
    plan.measure("telework", ("R6末: 100", "R6末: 100\n    実績:\n      R6: 112"))
    plan.measure("groupware", ("R9末: 240", "R7末: 200\n      R9末: 240\n    実績:\n      R7: 150"))
    plan.measure(
        "attendance-management",
        (
            "KPI:\n  - ID: to-be-set\n    未設定: はい\n    注記: 指標は、本格運用を始めるまでに決めることになっています。\n\n",
            "",
        ),
    )


def _years(plan: Revised) -> None:
    plan.measure(
        "attendance-management",
        ("年度: R7\n    内容: 仕様検討", "年度: R9\n    内容: 仕様検討"),
        (
            "年度: R8\n    内容: 予算化、発注、本格運用",
            "年度: R10\n    内容: 予算化、発注、本格運用",
        ),
    )
    plan.measure(
        "road-occupancy-permits",
        ("年度: R8\n    内容: 導入作業、本格運用", "年度: R7\n    内容: 導入作業、本格運用"),
    )
    plan.measure("core-system-standardization", ("年度: R7\n", "年度: R7-R9\n"))
    plan.measure(
        "disaster-email-alerts", ("工程:\n", "工程:\n  - 年度: R10\n    内容: 配信先の見直し\n\n")
    )
