"""Addresses of the staff guide."""

GUIDE = "/guide/"
GUIDE_FIELDS = "/guide/fields/"
GUIDE_FAULTS = "/guide/faults/"


def guide_chapter(id_: str) -> str:
    """One chapter of the staff guide."""
    return f"{GUIDE}{id_}/"


def guide_kind(id_: str) -> str:
    """The fields of one kind of content file."""
    return f"{GUIDE_FIELDS}{id_}/"


def guide_field(kind: str, id_: str) -> str:
    """One field, or a group of them, on the page of its kind."""
    return f"{guide_kind(kind)}#{id_}"


def guide_fault(code: str) -> str:
    """What the staff guide says of one code of `check`."""
    return f"{GUIDE_FAULTS}{code}/"
