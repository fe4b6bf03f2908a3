"""The site's own settings."""

import re

from dxsite.model.records import Record, key, record, whole_file
from dxsite.positions import Text
from dxsite.shapes import YES_NO, Line, Prose, Url

_GITHUB = re.compile(r"https://github\.com/([\w.-]+/[\w.-]+?)(?:\.git)?/?")


@whole_file("site")
@record
class SiteSettings(Record):
    """site.yaml"""

    title: Text = key("名称", Line(), "サイトの名前")
    tagline: Text = key("副題", Line(), "何のサイトかを一行で")
    text: Text = key("説明", Prose(), "検索結果などに出る紹介文")
    url: Text | None = key("URL", Url(), "公開するアドレス。-u で変えられる", default=None)
    repository: Text | None = key(
        "リポジトリ",
        Url(),
        "内容を直すリポジトリのアドレス。なければ編集の案内を出さない",
        default=None,
    )
    branch: Text = key("ブランチ", Line(), "編集を受け付けるブランチ", default="main")
    editor: bool = key(
        "編集画面",
        YES_NO,
        "「はい」にすると、入力欄で内容を直す画面をサイトに置く。「リポジトリ」がGitHubのときに使える",
        default=False,
    )
    licence: Text | None = key("利用条件", Line(), "このサイトのデータの利用条件", default=None)
    operator: Text | None = key("運営", Line(), "運営者の名前", default=None)

    @property
    def github_name(self) -> str | None:
        """`owner/name` of the repository; None where it does not lie at GitHub."""
        found = _GITHUB.fullmatch(self.repository or "")
        return found[1] if found else None
