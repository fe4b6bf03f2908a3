"""Tells of names of files and folders that cannot become an address."""

from dxsite import urls
from dxsite.diagnostics import Report
from dxsite.positions import Place
from dxsite.shapes import SLUG, hint_of


def check_name(place: Place, kind: str, name: str, report: Report) -> None:
    """A name consists of what may stand in an address."""
    if not SLUG.fullmatch(name):
        usual = "半角の英小文字と数字を「-」でつないだ名前に変えてください（例: online-forms）。"
        message = f"{kind}名「{name}」はアドレス（URL）になる名前として使えません。"
        report.error(place, "bad-file-name", message, hint_of(name, usual))


def check_free(place: Place, kind: str, name: str, report: Report) -> None:
    """A name is none of another page of the site."""
    if name in urls.TAKEN:
        report_taken(place, kind, name, report)


def report_taken(place: Place, kind: str, name: str, report: Report) -> None:
    """Tell of a name that another page has."""
    report.error(
        place,
        "taken-name",
        f"{kind}名「{name}」は、このサイトの別のページのアドレス（URL）と重なります。",
        f"{kind}の名前を変えてください。",
    )
