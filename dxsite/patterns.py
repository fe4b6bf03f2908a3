"""What the readers of texts accept, as patterns for editors."""

from typing import Any

Schema = dict[str, Any]
"""A JSON Schema (2020-12), with two words that editors know beside it: `errorMessage`, the sentence
for a value that does not fit, and `enumDescriptions`."""

_DIGIT = "[0-9０-９]"
SOMETHING = r"\S"
"""A text that is not blank."""
_COMMA = r"\s*[,，]"
WHOLE = (
    rf"\s*(?:{_DIGIT}(?:\s*{_DIGIT}){{0,2}}(?:{_COMMA}(?:\s*{_DIGIT}){{3}})+"
    rf"|{_DIGIT}(?:\s*{_DIGIT}){{0,14}})\s*"
)
"""A whole number with commas between groups of three or without any; blanks are passed over."""
NUMBER = (
    rf"\s*(?:{_DIGIT}{{1,3}}(?:[,，]{_DIGIT}{{3}})+|{_DIGIT}{{1,15}})(?:[.．]{_DIGIT}{{1,9}})?\s*"
)
"""A number that may have a decimal point."""
DASH = r"\s*[－\-−—–ー]\s*"
"""The dash that means "none printed"."""
MARK = rf"\s*(?:※\s*{_DIGIT}{{0,2}}\s*)?"
"""The mark of a footnote after a figure, or none."""
_DECIMAL = rf"(?:\s*[.．](?:\s*{_DIGIT}){{1,9}})?\s*"
_MISGROUPED = (
    rf"\s*{_DIGIT}(?:\s*{_DIGIT})*"
    rf"(?:(?:{_COMMA}(?:\s*{_DIGIT})*)+|(?:\s*、(?:\s*{_DIGIT}){{3}})+)"
    rf"(?:\s*[.．](?:\s*{_DIGIT})+)?\s*"
)
_BEFORE = (
    r"\s*(?:[▲△]|約|およそ|年間約?|毎年|毎月|[1一１][^0-9０-９]{1,3}[あ当]たり約?"
    rf"|{_DIGIT}+年ごとに|累計)?"
)
_AFTER = r"\s*(?:以上|以下|以内|未満|超|程度|減|増|削減|短縮|縮減)?\s*"
_RIGHT = rf"{_BEFORE}{WHOLE}{_DECIMAL}(?:[／/]{WHOLE}{_DECIMAL})?{_AFTER}{MARK}"
_WRONG = rf"{_BEFORE}{_MISGROUPED}(?:[／/](?:{_MISGROUPED}|{WHOLE}{_DECIMAL}))?{_AFTER}{MARK}"
FIGURE = rf"^(?:(?=(?:{_RIGHT})$)|(?!(?:{_WRONG})$))[\s\S]*\S"
"""A figure or words, but no number whose commas do not part thousands."""
YEAR = (
    r"\s*(?:(?:令和|平成|昭和|[RHSrhsＲＨＳｒｈｓ])\s*[.．]?\s*"
    rf"(?:元|[0０]?[1-9１-９]|[1-9１-９]{_DIGIT})|(?:19|20|１９|２０){_DIGIT}{{2}})\s*(?:年度|年)?\s*"
)
"""A fiscal year."""
_TO = r"(?:[〜～~–—―ー−‐\-－]|か|ら)+"
SPAN = (
    rf"(?:\s*(?:全期間|随時|計画期間中|[?？]|不明)|{YEAR}(?:以降|{_TO}(?:{YEAR})?)?\s*[?？]?)"
    r"\s*(?:まで)?\s*"
)
"""A span of fiscal years."""
MONTH = "(?:1989|199[0-9]|[2-9][0-9]{3})-(?:0[1-9]|1[0-2])"
"""A month as 2023-03."""
ADDRESS = """https://(?:(?!https?://)[^\\s"'<>、，])+"""
"""One address of the public web."""
DAY = rf"{MONTH}-(?:0[1-9]|[12][0-9]|3[01])"
"""A day as 2023-03-31."""


def whole(pattern: str) -> str:
    """The pattern for all of a text."""
    return f"^(?:{pattern})$"


def told(schema: Schema, words: str) -> Schema:
    """A schema with what an editor says where a value is something else than `words`.

    A record has no such sentence: the editor names the key that is missing or unknown.
    """
    return schema if "properties" in schema else {**schema, "errorMessage": _sentence(words)}


def required(schema: Schema, words: str) -> Schema:
    """What must stand after a key."""
    if "properties" not in schema:
        return told(schema, words)
    inside, own = _parted(schema)
    return {**inside, "allOf": [{**own, "errorMessage": _sentence(words)}]}


def optional(schema: Schema, words: str, title: str) -> Schema:
    """What may stand after a key that may also be left empty."""
    inside, own = _parted(schema)
    own["errorMessage"] = f"{_sentence(words)}書くことがなければ、この行を消してください。"
    if "patternProperties" in inside:  # for a year that cannot be read
        inside["errorMessage"] = _sentence(words)
    # Without titles that differ, editors take both for the same and show neither.
    return {**inside, "anyOf": [{"title": title, **own}, NOTHING]}


NOTHING: Schema = {
    "title": "空",
    "not": {
        "anyOf": [
            {"type": ["number", "boolean", "array", "object"]},
            {"type": "string", "pattern": SOMETHING},
        ]
    },
}
"""Nothing, or blanks. Said with `not`: of a type "null", an editor would propose the word null."""


def _sentence(words: str) -> str:
    return f"ここに書くもの: {words}。"


def _parted(schema: Schema) -> tuple[Schema, Schema]:
    """What holds inside a list or record, and the rest; an editor looks for the first outside."""
    names = ("items", "properties", "required", "additionalProperties", "patternProperties")
    inside = {name: schema[name] for name in names if name in schema}
    return inside, {name: value for name, value in schema.items() if name not in inside}
