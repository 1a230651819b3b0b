"""`Document` text to spans and articles.

`split` has the steps in their order. To find one's way in, by what the modules are about:

- the text by itself: `lines` (units), `shapes` (the form of a unit), `phrases` (word lists), `cues`, `names`, `dates`
- what recurs in it: `templates`, `labels`, `doubles`; what belongs to no article: `blocks`, with `markers`, `furniture`
  and `marking`
- whether the text goes on: `cohesion`, with `segments`; all of this together is a `reading`
- where articles start: `signs` and `lists`, weighted by `evidence`; `marks`; the file's own rule by `atoms` and
  `induction`; one decision in `boundaries`
- what articles are: `extents`, `character` (of the whole file), `news`, `heads`, `roles`, `published`, `publishers`,
  put together by `assemble` to `spans`; their ids: `identity`
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipelines.text.splitting.split import split_document

__all__ = ["split_document"]


def __getattr__(name: str) -> Any:
    # late: its patterns cost a quarter of a second, and what only reads spans splits nothing
    if name == "split_document":
        from pipelines.text.splitting.split import split_document

        return split_document
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
