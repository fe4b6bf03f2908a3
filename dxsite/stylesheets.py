"""What the stylesheets say of a class, as attributes for drawings that carry no stylesheet."""

import re
from collections.abc import Mapping
from functools import lru_cache

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_AT_RULE = re.compile(r"@[^{;]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_VARIABLE = re.compile(r"var\((--[\w-]+)\)")
_BOTH = re.compile(r"light-dark\(\s*([^,()]+(?:\([^()]*\))?)\s*,.*\)")
_ATTRIBUTES = frozenset(
    {
        "fill",
        "font-weight",
        "paint-order",
        "stroke",
        "stroke-dasharray",
        "stroke-linejoin",
        "stroke-width",
    }
)


@lru_cache(maxsize=4)  # a preview asks for the same again and again
def looks_of(styles: str, prefix: str) -> Mapping[str, Mapping[str, str]]:
    """Class without `prefix` → its presentation attributes, as a light screen shows them.

    Only rules of one class count, and none inside an at-rule.
    """
    values = _variables(styles)
    looks = {}
    for selector, body in _rules(styles):
        if re.fullmatch(rf"\.{re.escape(prefix)}[\w-]+", selector):
            worn = {
                name: _resolved(value, values)
                for name, value in _declared(body)
                if name in _ATTRIBUTES
            }
            if worn:
                looks[selector.removeprefix(f".{prefix}")] = worn
    return looks


def _variables(styles: str) -> dict[str, str]:
    values: dict[str, str] = {}
    for selector, body in _rules(styles):
        if selector == ":root":
            for name, value in _declared(body):
                values.setdefault(name, value)
    return values


def _rules(text: str) -> list[tuple[str, str]]:
    plain = _AT_RULE.sub("", _COMMENT.sub("", text))
    return [(selector.strip(), body) for selector, body in _RULE.findall(plain)]


def _declared(body: str) -> list[tuple[str, str]]:
    pairs = (line.partition(":") for line in body.split(";") if ":" in line)
    return [(name.strip(), " ".join(value.split())) for name, _, value in pairs]


def _resolved(value: str, variables: Mapping[str, str]) -> str:
    """The value with every variable replaced; lengths without their unit."""
    while match := _VARIABLE.search(value):
        value = value[: match.start()] + variables[match[1]] + value[match.end() :]
        if both := _BOTH.fullmatch(value):
            value = both[1]
    return re.sub(r"\b(\d+(?:\.\d+)?)px\b", r"\1", value)
