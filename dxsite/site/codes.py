"""An address as a QR code (ISO/IEC 18004, level M, bytes): the dark modules as one path.

Made here since every page has one: a library's takes longer than the page (tests hold the two
together). All that does not depend on the address is prepared once per size.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product, zip_longest
from operator import itemgetter

_QUIET = 4
# Level M. Any mask can be read; to look for the best of eight takes longer than to draw the page.
_FORMAT = 0b101010000010010
"""Level M and mask 0, (row + column) % 2 = 0, with their own check bits, as the standard has it."""
# By version, from 1: check bytes in each block, blocks.
_CHECKS = (
    *(10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26),
    *(26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28),
)
_BLOCKS = (
    *(1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16),
    *(17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49),
)
_RUN = re.compile("(0*)(1+)")


@dataclass(frozen=True, slots=True)
class Code:
    """A square of `size` modules, the quiet zone around it included."""

    size: int
    path: str
    """For a stroke one module wide."""
    address: str


def code_of(address: str) -> Code:
    """The code of an address, readable with a seventh of it soiled (level M)."""
    data = address.encode()
    form = next(f for v in range(1, len(_CHECKS) + 1) if (f := _form(v)).room >= len(data))
    blocks = list(_cut(_message(data, form), form))
    checks = [_checks(block, form) for block in blocks]
    words = bytes(b for column in zip_longest(*blocks) for b in column if b is not None)
    words += bytes(b for column in zip(*checks, strict=True) for b in column)
    bits = int.from_bytes(words) << form.spare ^ form.mask
    modules = "".join(form.order(f"01{bits:0{8 * len(words) + form.spare}b}"))
    rows = (modules[y : y + form.size] for y in range(0, len(modules), form.size))
    path = "".join(_strokes(row, y) for y, row in enumerate(rows, start=_QUIET))
    return Code(form.size + 2 * _QUIET, path, address)


@dataclass(frozen=True, slots=True)
class _Form:
    """What all codes of one version have in common."""

    size: int
    words: int
    """Bytes of the message."""
    counted: int
    """Bits that tell the length."""
    checks: int
    blocks: int
    table: tuple[int, ...]
    """Byte → its product with the generator of the check bytes, without the leading one."""
    mask: int
    """The mask over all bits that are no pattern, in the order in which they are laid."""
    spare: int
    """Bits left over at the end."""
    order: Callable[[str], tuple[str, ...]]
    """Lays "01" and the bits out as rows of modules."""

    @property
    def room(self) -> int:
        """The longest address, in bytes."""
        return self.words - (self.counted + 8) // 8


@cache
def _form(version: int) -> _Form:
    size = 4 * version + 17
    patterns = _patterns(version, size)
    way = [place for place in _way(size) if place not in patterns]
    number = {place: index + 2 for index, place in enumerate(way)}
    checks, blocks = _CHECKS[version - 1], _BLOCKS[version - 1]
    return _Form(
        size=size,
        words=len(way) // 8 - checks * blocks,
        counted=8 if version < 10 else 16,
        checks=checks,
        blocks=blocks,
        table=_multiples(checks),
        mask=int("".join("01"[(x + y) % 2 == 0] for y, x in way), 2),
        spare=len(way) % 8,
        order=itemgetter(
            *(
                patterns.get(place, number.get(place, 0))
                for place in product(range(size), range(size))
            )
        ),
    )


def _message(data: bytes, form: _Form) -> bytes:
    """Kind, length, the data itself, its end, and what fills the rest."""
    bits = (0b0100 << form.counted | len(data)) << 8 * len(data) | int.from_bytes(data)
    message = (bits << 4).to_bytes((form.counted + 8) // 8 + len(data))
    filling = b"\xec\x11" * form.words
    return (message + b"\0" + filling)[: form.words]


def _cut(message: bytes, form: _Form) -> Iterator[bytes]:
    """The message in blocks, the longer ones last."""
    short, long = divmod(form.words, form.blocks)
    done = 0
    for index in range(form.blocks):
        length = short + (index >= form.blocks - long)
        yield message[done : done + length]
        done += length


def _checks(block: bytes, form: _Form) -> bytes:
    """The check bytes of a block: what is left of it, divided by the generator."""
    table, top = form.table, 8 * (form.checks - 1)
    low = (1 << top) - 1
    rest = 0
    for byte in block:
        rest = (rest & low) << 8 ^ table[byte ^ rest >> top]
    return rest.to_bytes(form.checks)


def _multiples(degree: int) -> tuple[int, ...]:
    generator = [1]
    for power in range(degree):
        root = 1
        for _ in range(power):
            root = _product(root, 2)
        longer = [*generator, 0]
        for index, factor in enumerate(generator):
            longer[index + 1] ^= _product(factor, root)
        generator = longer
    return tuple(
        int.from_bytes(bytes(_product(byte, factor) for factor in generator[1:]))
        for byte in range(256)
    )


def _product(a: int, b: int) -> int:
    """In the field of 256 elements."""
    result = 0
    while b:
        result ^= a * (b & 1)
        a = a << 1 ^ (0x11D if a & 0x80 else 0)
        b >>= 1
    return result


def _way(size: int) -> Iterator[tuple[int, int]]:
    """Row and column of each module as the bits are laid: two columns up, the next two down."""
    upwards = True
    for right in (*range(size - 1, 6, -2), 5, 3, 1):
        for y in reversed(range(size)) if upwards else range(size):
            yield y, right
            yield y, right - 1
        upwards = not upwards


def _patterns(version: int, size: int) -> dict[tuple[int, int], int]:
    """The modules that are the same in every code of a version: (row, column) → dark or not."""
    dark: dict[tuple[int, int], int] = {}
    for index in range(size):
        dark[index, 6] = dark[6, index] = index % 2 == 0
    middles = _middles(version, size)
    for y, x in product(middles, repeat=2):
        if (y, x) not in ((6, 6), (6, middles[-1]), (middles[-1], 6)):
            for v, h in product(range(-2, 3), repeat=2):
                dark[y + v, x + h] = max(abs(v), abs(h)) != 1
    for y, x in ((3, 3), (3, size - 4), (size - 4, 3)):
        for v, h in product(range(-4, 5), repeat=2):
            if 0 <= y + v < size and 0 <= x + h < size:
                dark[y + v, x + h] = max(abs(v), abs(h)) not in (2, 4)
    for bit in range(15):
        first = 8 if bit == 7 else 7 if bit == 8 else bit + (bit == 6)
        is_dark = _FORMAT >> bit & 1
        dark[(first, 8) if bit < 8 else (8, 14 - bit if bit > 8 else 7)] = is_dark
        dark[(8, size - 1 - bit) if bit < 8 else (size - 15 + bit, 8)] = is_dark
    dark[size - 8, 8] = True
    if version >= 7:
        told = _told(version)
        for bit in range(18):
            place = size - 11 + bit % 3, bit // 3
            dark[place] = dark[place[::-1]] = told >> bit & 1
    return dark


def _middles(version: int, size: int) -> list[int]:
    """Where the small squares stand, as rows and as columns."""
    if version == 1:
        return []
    steps = version // 7 + 1
    step = (version * 8 + steps * 3 + 8) // (steps * 4) * 2
    return [6, *reversed([size - 7 - step * index for index in range(steps)])]


def _told(version: int) -> int:
    """The version with its check bits."""
    rest = version
    for _ in range(12):
        rest = rest << 1 ^ (rest >> 11) * 0x1F25
    return version << 12 | rest


def _strokes(row: str, y: int) -> str:
    """The dark runs of a row."""
    runs = _RUN.findall(row)
    if not runs:
        return ""
    (gap, run), *rest = runs
    begin = f"M{len(gap) + _QUIET} {y}.5h{len(run)}"
    return begin + "".join([f"m{len(gap)} 0h{len(run)}" for gap, run in rest])
