"""Joins our modules into one classic script, since a browser runs no module from a folder.

It understands the forms in which our own modules import and export, and says so of any other.
"""

import re
from collections.abc import Mapping, Sequence

from dxsite.faults import Fault

_NAMES = r"\{(?P<names>[^{}]*)\}"
_IMPORT = re.compile(rf'^import\s+(?:{_NAMES}\s*from\s*)?"\./(?P<file>[\w.-]+)";$', re.MULTILINE)
_EXPORT = re.compile(
    r"^export (?=(?:(?:async )?function\*?|class|const) (?P<name>[\w$]+))", re.MULTILINE
)
_LATER = re.compile(r'\bimport\("\./(?P<file>[\w.-]+)"\)')
_OTHER = re.compile(r"^(?:import|export|await)\b.*|\bimport\.meta\b|\bimport\(", re.MULTILINE)


def bundled(modules: Mapping[str, str], entries: Sequence[str]) -> str:
    """A script that runs what its own element names in `data-run`, each module once.

    `modules`: name → source; `entries`: which of them pages may name.
    """
    needed = _ordered(modules, entries)
    parts = [
        f"{_quoted(name)}: (use) => {{\n{_as_function(modules[name], name)}\n}}" for name in needed
    ]
    return (
        '"use strict";\n(() => {\nconst made = {};\nconst makers = {\n'
        + ",\n".join(parts)
        + "\n};\nconst use = (name) => (made[name] ??= makers[name](use));\n"
        'for (const name of document.currentScript.dataset.run.split(" ")) use(name);\n})();\n'
    )


def _ordered(modules: Mapping[str, str], entries: Sequence[str]) -> list[str]:
    """All modules that the entries need, each after those that it imports."""
    done: list[str] = []
    open_: list[str] = []

    def visit(name: str, asker: str) -> None:
        if name in done:
            return
        if name not in modules:
            raise _fault(asker, name)
        if name in open_:
            raise _fault(asker, f"{name}（互いに読み込んでいます）")
        open_.append(name)
        source = modules[name]
        for match in _IMPORT.finditer(source):
            visit(match["file"], name)
        open_.remove(name)
        done.append(name)
        for match in _LATER.finditer(source):
            visit(match["file"], name)

    for entry in entries:
        visit(entry, entry)
    return done


def _as_function(source: str, name: str) -> str:
    """The body of a function that returns what the module exports."""
    exported = ", ".join(match["name"] for match in _EXPORT.finditer(source))
    body = _EXPORT.sub("", _IMPORT.sub(_import, source))
    body = _LATER.sub(lambda m: f"Promise.resolve().then(() => use({_quoted(m['file'])}))", body)
    if other := _OTHER.search(body):
        raise _fault(name, other[0])
    return f"{body.rstrip()}\nreturn {{ {exported} }};"


def _import(match: re.Match[str]) -> str:
    if match["names"] is None:
        return f"use({_quoted(match['file'])});"
    names = ", ".join(
        re.sub(r"\s+as\s+", ": ", name.strip())
        for name in match["names"].split(",")
        if name.strip()
    )
    return f"const {{ {names} }} = use({_quoted(match['file'])});"


def _quoted(name: str) -> str:
    return f'"{name}"'


def _fault(module: str, form: str) -> Fault:
    return Fault(
        f"スクリプト {module} の「{form}」を、オフライン版の一つのスクリプトにまとめられません。",
        'import { 名前 } from "./ファイル.js"; と export function などの形で書いてください。',
    )
