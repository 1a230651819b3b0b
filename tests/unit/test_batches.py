"""Cutting into batches loses nothing, keeps the order and keeps to its bounds."""

from hypothesis import given
from hypothesis import strategies as st

from pipelines.warehouse.batches import batches


@given(st.lists(st.integers(0, 30)), st.integers(1, 5), st.integers(1, 40))
def test_batches_hold_everything_in_order_within_their_bounds(sizes, count, size):
    items = list(enumerate(sizes))
    cut = list(batches(items, count=count, size=size, size_of=lambda item: item[1]))
    assert [item for batch in cut for item in batch] == items
    assert all(1 <= len(batch) <= count for batch in cut)
    assert all(len(batch) == 1 or sum(own for _, own in batch) <= size for batch in cut)
