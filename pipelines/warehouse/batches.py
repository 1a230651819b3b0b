"""Work in bounded portions: cutting a sequence by number and by size."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


def batches(
    items: Iterable[T], *, size: int, size_of: Callable[[T], int], count: int | None = None
) -> Iterator[list[T]]:
    """Cut into lists, in order, of at most `count` items and a total of at most `size`; what is larger goes alone."""
    batch: list[T] = []
    total = 0
    for item in items:
        own = size_of(item)
        if batch and (len(batch) == count or total + own > size):
            yield batch
            batch, total = [], 0
        batch.append(item)
        total += own
    if batch:
        yield batch
