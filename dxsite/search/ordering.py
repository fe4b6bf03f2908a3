"""Puts Pagefind's files into one order, so that the same pages give the same bytes.

Pagefind 1.5.2 writes the values of a filter, and the filters in its table of contents, as its
hash maps happen to hold them. Its words and fragments are in order already.
"""

import gzip
import json
from collections.abc import Callable, Iterator
from hashlib import sha256

from dxsite.faults import Fault

_SIGNATURE = b"pagefind_dcd"
_FILTERS = 3
"""Where the table of contents lists its filters, as (name, file) each."""

Cbor = int | str | list["Cbor"]


def in_order(files: dict[str, bytes], entry: str) -> dict[str, bytes]:
    """The same index: filters and contents sorted, named after what they then hold."""
    kept = dict(files)
    names: dict[Cbor, Cbor] = {}
    for path in [path for path in files if path.endswith(".pf_filter")]:
        name = path.rpartition("/")[2].removesuffix(".pf_filter")
        data = _sorted(kept.pop(path), _by_value)
        names[name] = _named(name, data)
        kept[f"filter/{names[name]}.pf_filter"] = data

    def by_name(contents: list[Cbor]) -> None:
        filters = contents[_FILTERS]
        assert isinstance(filters, list)
        contents[_FILTERS] = sorted(([f[0], names[f[1]]] for f in map(_pair, filters)), key=str)

    _expect_chunk(files)
    start = json.loads(files[entry])
    for language in start["languages"].values():
        old = language["hash"]
        data = _sorted(kept.pop(f"pagefind.{old}.pf_meta"), by_name)
        language["hash"] = _named(old, data)
        kept[f"pagefind.{language['hash']}.pf_meta"] = data
    kept[entry] = json.dumps(start, ensure_ascii=False, separators=(",", ":")).encode()
    return kept


def _expect_chunk(files: dict[str, bytes]) -> None:
    """That the words' files have the form that assets/js/pagefind-index.js reads."""
    for path, packed in files.items():
        if path.endswith(".pf_index"):
            match _tree(packed):
                case [[[str(), [[int(), [int(), *_], []], *_] | [], list()], *_]]:
                    return
                case _:
                    raise _unknown()


def _by_value(filter_: list[Cbor]) -> None:
    values = filter_[1]
    assert isinstance(values, list)
    values.sort(key=str)


def _pair(node: Cbor) -> list[Cbor]:
    assert isinstance(node, list)
    return node


def _named(name: str, data: bytes) -> str:
    """Pagefind's own form of a name: the language, then a hash."""
    return f"{name.partition('_')[0]}_{sha256(data).hexdigest()[:12]}"


def _sorted(packed: bytes, sort: Callable[[list[Cbor]], None]) -> bytes:
    node = _tree(packed)
    sort(node)
    return gzip.compress(_SIGNATURE + _write(node), mtime=0)


def _tree(packed: bytes) -> list[Cbor]:
    body = gzip.decompress(packed).removeprefix(_SIGNATURE)
    try:
        node = _read(iter(body))
    except (KeyError, StopIteration, RuntimeError):
        node = 0
    if not isinstance(node, list) or _write(node) != body:
        raise _unknown()
    return node


def _unknown() -> Fault:
    return Fault(
        "Pagefind の索引の形が、知っているものと違います。",
        "requirements.txt のとおりの版が入っているか確かめてください。",
    )


# The part of CBOR (RFC 8949) that Pagefind writes: integers, texts, arrays.
_UINT, _NEGATIVE, _TEXT, _ARRAY = 0, 1, 3, 4
_LENGTHS = {24: 1, 25: 2, 26: 4, 27: 8}


def _read(data: Iterator[int]) -> Cbor:
    kind, number = divmod(next(data), 32)
    if number >= min(_LENGTHS):
        number = int.from_bytes(_take(data, _LENGTHS[number]))
    if kind == _UINT:
        return number
    if kind == _NEGATIVE:
        return -1 - number
    if kind == _TEXT:
        return _take(data, number).decode()
    if kind == _ARRAY:
        return [_read(data) for _ in range(number)]
    raise KeyError(kind)


def _take(data: Iterator[int], count: int) -> bytes:
    return bytes(next(data) for _ in range(count))


def _write(node: Cbor) -> bytes:
    if isinstance(node, int):
        return _head(_UINT, node) if node >= 0 else _head(_NEGATIVE, -1 - node)
    if isinstance(node, str):
        return _head(_TEXT, len(node.encode())) + node.encode()
    return _head(_ARRAY, len(node)) + b"".join(map(_write, node))


def _head(kind: int, number: int) -> bytes:
    if number < min(_LENGTHS):
        return bytes([kind * 32 + number])
    size = next(code for code, length in _LENGTHS.items() if number < 256**length)
    return bytes([kind * 32 + size]) + number.to_bytes(_LENGTHS[size])
