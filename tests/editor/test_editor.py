"""What a clerk sees in VS Code: the language server of its YAML extension, asked as VS Code does.

The server comes from npm, once for each lock file, into a folder outside the repository.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dxsite import scaffolding
from dxsite.model import TOP_RECORDS, Measure, keys_of
from dxsite.model.kpi import Kpi
from tests import npm
from tests.conftest import ROOT
from tests.editor import server as editor

Json = Any

HEAD = scaffolding.modeline("content/aoi/measures/forms.yaml")
GOOD = (ROOT / "tests/small/content/aoi/measures/forms.yaml").read_text("utf-8")
JAPANESE = re.compile("[ぁ-ん]")


class Desk:
    """A file of one measure, open in an editor."""

    def __init__(self, server: editor.Server, root: Path) -> None:
        self.server = server
        self.path = root / "content" / "aoi" / "measures" / "forms.yaml"
        self.text = ""

    def write(self, text: str) -> list[tuple[int, str]]:
        """Type the file; lines, from 1 without the first, and what is said of them."""
        self.text = HEAD + text
        found = self.server.write(self.path, self.text)
        assert not any("schema" in told["message"].lower() for told in found), found
        return [(told["range"]["start"]["line"], told["message"]) for told in found]

    def offered(self, text: str) -> dict[str, str]:
        """What is offered at the ‸: label → what is said of it, or else what would be typed."""
        self.write(text.replace("‸", ""))
        line, column = self._place(text)
        items = self.server.at("completion", self.path, line, column)["items"]
        return {item["label"]: _words(item.get("documentation")) for item in items}

    def hover(self, text: str) -> str:
        """What is shown at the ‸."""
        self.write(text.replace("‸", ""))
        return _words(self.server.at("hover", self.path, *self._place(text))["contents"])

    @staticmethod
    def _place(text: str) -> tuple[int, int]:
        before = (HEAD + text).partition("‸")[0]
        return before.count("\n"), len(before.rpartition("\n")[2])


def _words(told: Json) -> str:
    return str(told["value"]) if isinstance(told, dict) else str(told or "")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    try:
        program = editor.installed()
    except npm.Missing as missing:
        pytest.fail(str(missing))
    root = tmp_path_factory.mktemp("editor")
    for path in (ROOT / scaffolding.SCHEMAS).iterdir():
        copy = root / scaffolding.SCHEMAS / path.name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    server = editor.Server(program, root)
    yield Desk(server, root)
    server.close()


# ---------------------------------------------------------------------------------- what is said


def test_nothing_is_said_of_a_good_file(desk: Desk) -> None:
    assert desk.write(GOOD) == []


def test_nothing_is_said_of_a_key_that_may_be_empty(desk: Desk) -> None:
    """As the reader, which takes it for one that is not there."""
    empty = "".join(f"\n{known.name}:\n" for known in keys_of(Measure) if not known.required)
    kept = re.sub(
        "^(?:担当課|本文|工程|KPI|費用|用語):\n(?:[ -].*\n|\n)*", "", GOOD, flags=re.MULTILINE
    )
    assert desk.write(kept + empty) == []


@pytest.mark.parametrize("kind", TOP_RECORDS)
def test_nothing_is_said_of_our_own_files(desk: Desk, kind: str) -> None:
    content = ROOT / "content"
    pattern = "*/measures/*.yaml" if kind == "measure" else f"**/{kind}.yaml"
    ours = list(content.glob(pattern))
    example = ROOT / "dxsite/model/examples" / f"{kind}.yaml"
    longest = max(ours or [example], key=lambda path: path.stat().st_size)
    name = longest.relative_to(ROOT).as_posix() if ours else f"content/{kind}.yaml"
    place = desk.path.parents[3] / name
    text = longest.read_text("utf-8").removeprefix(scaffolding.modeline(name))
    assert desk.server.write(place, scaffolding.modeline(name) + text) == []


def test_an_unknown_key_is_marked(desk: Desk) -> None:
    assert desk.write(f"{GOOD}\n担当: 情報課\n") == [
        (GOOD.count("\n") + 2, "Property 担当 is not allowed.")
    ]


def test_a_missing_key_is_named(desk: Desk) -> None:
    said = desk.write(re.sub("^順: .*\n", "", GOOD, flags=re.MULTILINE))
    assert said == [(1, 'Missing property "順".')]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("向き: 増やす", "向き: 増加", "「増やす」、「減らす」、「保つ」のどれか"),
        ("順: 10", "順: 十", "数"),
        ("順: 10", "順:", "数"),
        ("順: 10", "順: 10\n\n下書き: true", "「はい」、「いいえ」のどれか"),
        ("順: 10", "順: 10\n\n番号: [1]", "一行の文字。書くことがなければ、この行を消してください"),
        ("出典:\n  節: 3 施策\n  ページ: 12", "出典: 3 施策", "次の項目の組: 文書、節、ページ"),
        ("用語:\n  - rpa", "用語: rpa", "箇条書き（一行ずつ「- 」で始める）"),
        ("  R6: －", "  五年: 1", "年度ごとに「R9: 内容」の形"),
        ("  R6: －", "  R6: 百万", "数（単位は千円"),
    ],
    ids=["choice", "number", "empty", "yes", "optional", "record", "list", "year", "amount"],
)
def test_a_wrong_value_is_answered_in_japanese(desk: Desk, old: str, new: str, said: str) -> None:
    assert old in GOOD
    ((line, message),) = desk.write(GOOD.replace(old, new, 1))
    assert message.startswith(f"ここに書くもの: {said}")
    changed = (HEAD + GOOD.replace(old, new, 1)).split("\n")[line]
    assert changed.strip() in new


# ------------------------------------------------------------------------------- what is offered


def test_the_keys_of_a_measure_are_offered(desk: Desk) -> None:
    offered = desk.offered("名称: あ\n‸\n")
    assert offered.keys() >= {known.name for known in keys_of(Measure)} - {"名称"}
    assert "名称" not in offered, "it is there already"
    assert offered["順"].startswith("計画の中での並び順")
    assert "必ず書きます。" in offered["順"]


def test_the_keys_of_a_kpi_are_offered(desk: Desk) -> None:
    offered = desk.offered("KPI:\n  - ID: a\n    ‸\n")
    assert offered.keys() >= {known.name for known in keys_of(Kpi)} - {"ID"}
    assert "担当課" not in offered


def test_the_words_of_a_choice_are_offered_with_their_meaning(desk: Desk) -> None:
    offered = desk.offered("KPI:\n  - ID: a\n    向き: ‸\n")
    assert offered == {
        "増やす": "数が大きくなるのが目標",
        "減らす": "数が小さくなるのが目標。時間や費用の短縮・削減も",
        "保つ": "今の数を保つのが目標",
    }


def test_only_an_example_is_offered_for_a_text(desk: Desk) -> None:
    """And none of the words of YAML, which would be published."""
    assert desk.offered("名称: ‸\n").keys() == {"電子申請の推進"}
    assert desk.offered("番号: ‸\n").keys() == {"1-1-1"}
    assert desk.offered("順: ‸\n").keys() == {"10"}
    assert desk.offered("状況: ‸\n").keys() == {"実施中"}


# --------------------------------------------------------------------------------- what is shown


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "名‸称: あ\n",
            ["#### 名称", "施策の名前", "必ず書きます。", "書き方: 一行の文字", "電子申請"],
        ),
        ("KPI:\n  - I‸D: a\n", ["#### ID", "公開したら変えない", "applications"]),
        ("KPI:\n  - 向‸き: 増やす\n", ["#### 向き", "どちらへ動かす", "数が大きくなる"]),
        ("KPI:\n  - 目‸標:\n      R9: 1\n", ["#### 目標", "R9末", "1,500"]),
        ("工程:\n  - 年‸度: R5\n", ["#### 年度", "R5-?（終わりが不明）"]),
        ("下‸書き: はい\n", ["「はい」の間は公開しない", "書かなくても構いません。"]),
    ],
    ids=["name", "kpi", "choice", "years", "span", "draft"],
)
def test_a_key_is_explained_in_japanese(desk: Desk, text: str, told: list[str]) -> None:
    shown = desk.hover(text)
    assert [words for words in told if words not in shown] == []
    assert JAPANESE.search(shown)


# -------------------------------------------------------------------------------- how it is got


def test_the_server_is_locked_with_hashes_and_names_no_registry() -> None:
    here = Path(editor.__file__).parent
    lock = json.loads((here / "package-lock.json").read_text("utf-8"))
    wanted = json.loads((here / "package.json").read_text("utf-8"))["dependencies"]
    root, *packages = lock["packages"].values()
    assert root["dependencies"] == wanted
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    for package in packages:
        assert package["integrity"].startswith("sha512-")
        assert "resolved" not in package
        assert not package.get("hasInstallScript")


def test_without_npm_it_is_said_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(npm.Missing, match="apt install nodejs npm"):
        editor.installed()
    fake = tmp_path / "npm"
    fake.write_text("#!/bin/sh\necho ENOTFOUND >&2\nexit 1\n")
    fake.chmod(0o755)
    (tmp_path / "node").symlink_to(fake)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with pytest.raises(npm.Missing, match="登録所につながるか確かめてください。\nENOTFOUND"):
        editor.installed()
    assert list((tmp_path / "cache" / "dxsite").iterdir()) == []
