"""Commands; the only place that prints or exits."""

import os
import sys

import click

from dxsite import __version__, telling
from dxsite.calling import called
from dxsite.cli.administering import admin
from dxsite.cli.building import build, check
from dxsite.cli.comparing import diff
from dxsite.cli.exchanging import export_, import_
from dxsite.cli.explaining import explain
from dxsite.cli.formatting import fmt
from dxsite.cli.previewing import serve
from dxsite.cli.writing import guide, new, schema
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
        click.echo("中断しました。" + telling.UNCHANGED, err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    sys.exit(code if isinstance(code, int) else 0)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="dxsite")
@click.pass_context
def cli(context: click.Context) -> None:
    """自治体のデジタル化計画（YAML）から、静的なウェブサイトを作ります。"""


for command in (
    *(build, check, serve, new, guide, schema, explain, diff, fmt, export_, import_),
    admin,
):
    cli.add_command(command)
