"""Where a file belongs that lies in the wrong place."""

from pathlib import PurePosixPath

from dxsite.diagnostics import nearest

_PLACES = {
    "plan": "計画の説明なら「content/自治体/plan.yaml」",
    "glossary": "用語集なら「content/自治体/glossary.yaml」",
    "themes": "テーマの一覧なら「content/themes.yaml」",
    "addresses": "名前を変えた施策や、やめた施策の一覧なら「content/自治体/addresses.yaml」",
    "site": "サイトの設定なら「content/site.yaml」",
    "search": "検索の言葉なら「content/search.yaml」",
}
_ANY = "施策なら「content/自治体/measures/」、計画の説明なら「content/自治体/plan.yaml」"


def right_place(path: str) -> str:
    """The next step for a file at `path`, by its name."""
    meant = nearest(PurePosixPath(path).stem, _PLACES)
    return f"{_PLACES[meant] if meant else _ANY}に置いてください。"
