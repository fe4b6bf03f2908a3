"""The editing screen knows where the content lies."""

from dxsite.catalog import Catalog
from dxsite.diagnostics import Report


def check(catalog: Catalog, report: Report) -> None:
    """「編集画面」 needs a repository at GitHub, to which it sends what was edited."""
    site = catalog.site
    if not site.editor or site.github_name or "repository" in site.lost:
        return
    report.error(
        site.at("repository") if site.repository else site.at("editor"),
        "no-repository",
        f"編集画面は、GitHubにない「{site.repository}」へ内容を送れません。"
        if site.repository
        else "編集画面で直した内容を送る「リポジトリ」がありません。",
        "「リポジトリ: https://github.com/持ち主/名前」の形で書くか、「編集画面」を「いいえ」にしてください。",
    )
