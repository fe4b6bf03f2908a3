"""The site's own settings."""

from dxsite.model.records import Record, key, record
from dxsite.positions import Text
from dxsite.shapes import Line, Prose, Url


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
    licence: Text | None = key("利用条件", Line(), "このサイトのデータの利用条件", default=None)
    operator: Text | None = key("運営", Line(), "運営者の名前", default=None)
