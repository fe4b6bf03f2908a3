"""Commands; the only place that prints or exits."""

import os
import sys
from importlib import import_module

import click

from dxsite import __version__
from dxsite.calling import called
from dxsite.faults import Fault


def main() -> None:
    """Run a command; a `Fault` ends in exit code 2, Ctrl-C in 130."""
    try:
        code = cli.main(standalone_mode=False, prog_name=called())
    except Fault as fault:
        colour = None if os.environ.get("NO_COLOR") else "red"
        click.secho(f"dxsite: {fault.message}\n    → {fault.hint}", err=True, fg=colour)
        sys.exit(2)
    except click.exceptions.Abort:
        from dxsite import telling  # late, as the commands are

        click.echo("中断しました。" + telling.UNCHANGED, err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    sys.exit(code if isinstance(code, int) else 0)


class Late(click.Command):
    """A command whose module is read when it is called, with all that only it needs.

    Its line in the list of commands stands here; the rest of its help in its module.
    """

    def __init__(self, module: str, name: str, line: str) -> None:
        super().__init__(name, short_help=line)
        self._module = module

    def now(self) -> click.Command:
        """The command itself."""
        for found in vars(import_module(f"dxsite.cli.{self._module}")).values():
            if isinstance(found, click.Command) and found.name == self.name:
                return found
        raise LookupError(self.name)


class _Commands(click.Group):
    """Lists commands without reading their modules."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name, command, rest = super().resolve_command(ctx, args)
        return name, command.now() if isinstance(command, Late) else command, rest


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="dxsite")
@click.pass_context
def cli(context: click.Context) -> None:
    """自治体のデジタル化計画（YAML）から、静的なウェブサイトを作ります。"""


for module, name, line in (
    ("building", "build", "content/ からサイトを作ります。"),
    ("building", "check", "content/ を調べ、直すところをすべて示します。何も書き込みません。"),
    (
        "previewing",
        "serve",
        "手元で表示し、ファイルが変わるたびに作り直します（Ctrl-C で終わり）。",
    ),
    ("writing", "new", "書き込むための新しいファイルを置きます。"),
    ("moving", "rename", "施策か計画の名前を変え、古いアドレスから導きます。"),
    ("moving", "remove", "施策か計画を消し、元のアドレスに知らせを置きます。"),
    ("writing", "guide", "内容のガイド（content/README.md）の項目の表を、作り直します。"),
    ("writing", "schema", "エディターが使う、項目の定義（content/.schema/）を作り直します。"),
    ("explaining", "explain", "check が知らせる誤りや注意の、意味と直し方を示します。"),
    ("comparing", "diff", "A から B までに変わったところを、計画の言葉で示します。"),
    ("formatting", "fmt", "content/ の YAML ファイルを、決まった書き方に整えます。"),
    (
        "exchanging",
        "export",
        "PLAN（自治体のフォルダー名）を、表計算ソフトで直せる表に書き出します。",
    ),
    ("exchanging", "import", "表計算ソフトで直した表を読み込み、内容のファイルに書き戻します。"),
    (
        "administering",
        "admin",
        "編集画面（ブラウザーの入力欄で内容を直す画面）の用意と、あと片付けをします。",
    ),
):
    cli.add_command(Late(module, name, line))
