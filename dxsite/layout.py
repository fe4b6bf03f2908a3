"""How the house lays out what a shape holds: the order of its keys, its blank lines."""

from functools import cache

from dxsite.dates import ByYear
from dxsite.fiscal import normal, read_year
from dxsite.model import keys_of
from dxsite.model.records import RecordOf
from dxsite.shapes import Headed, ListOf, Prose, Shape, Slug


def part_of(shape: Shape | None, name: str | int) -> Shape | None:
    """What stands under a key or an index; None where nothing is known of it."""
    match shape:
        case RecordOf():
            return _shapes(shape).get(str(name))
        case ListOf() | Headed() | ByYear():
            return shape.item
    return None


def order_of(shape: Shape | None) -> tuple[str, ...]:
    """The keys of a record, in the order in which they are declared; () for all else."""
    return tuple(_shapes(shape)) if isinstance(shape, RecordOf) else ()


def is_spaced(shape: Shape | None, *, top: bool = False) -> bool | None:
    """Whether blank lines stand between the entries; None where nothing is known of them.

    They do at the `top` of a file, between the records of a list, the rows of a table, headings
    with their prose, and the keys of a record that reads like a page: it has an id and prose.
    """
    match shape:
        case RecordOf():
            return top or _reads_like_a_page(shape)
        case ListOf():
            return isinstance(shape.item, RecordOf | ListOf)
        case Headed() | ByYear():
            return isinstance(shape, Headed)
    return None


def place_of(shape: Shape | None, names: list[str], new: str) -> int:
    """Before which of the keys `names` a new one belongs; after all where there is no order."""
    order = order_of(shape)
    if new in order:
        earlier = order[: order.index(new)]
        return max((i + 1 for i, name in enumerate(names) if name in earlier), default=0)
    if isinstance(shape, ByYear) and (year := _year(new)) is not None:
        years = [_year(name) for name in names]
        return max((i + 1 for i, known in enumerate(years) if (known or 0) <= year), default=0)
    return len(names)


@cache
def _shapes(shape: RecordOf) -> dict[str, Shape]:
    return {known.name: known.shape for known in keys_of(shape.cls)}


@cache
def _reads_like_a_page(record: RecordOf) -> bool:
    return {type(shape) for shape in _shapes(record).values()} >= {Slug, Prose}


def _year(name: str) -> int | None:
    return read_year(normal(name).removesuffix("?").removesuffix("末"))
