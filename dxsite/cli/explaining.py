"""explain."""

import unicodedata

import click

from dxsite import guide
from dxsite.calling import command
from dxsite.diagnostics import did_you_mean
from dxsite.faults import Fault

_WIDTH = 28  # columns; the longest code has 22


@click.command()
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """check が知らせる誤りや注意の、意味と直し方を示します。

    CODE は、知らせの終わりのかっこの中にある英語です（例: unknown-key）。
    略すと、すべてのコードの一覧を示します。
    """
    faults = guide.faults()
    if code is None:
        for fault in faults.values():
            click.echo(f"{fault.code:<{_WIDTH}}{fault.title}")
        return
    wanted = unicodedata.normalize("NFKC", code).strip("() 「」").lower()
    if wanted not in faults:
        raise Fault(
            f"「{code}」というコードはありません。",
            did_you_mean(
                wanted, faults, f"「{command('explain')}」で、すべてのコードの一覧が出ます。"
            ),
        )
    found = faults[wanted]
    kind = "注意" if found.is_warning else "誤り"
    click.echo(f"{found.title}（{kind}: {found.code}）\n\n{guide.as_plain(found.text)}")
