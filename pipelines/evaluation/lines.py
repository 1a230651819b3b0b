r"""The lines of a document, as gold counts them: \r\n, \r and \n each end one."""

import re
from bisect import bisect_left, bisect_right


class Lines:
    """Where the lines of a text are, and which of them have content."""

    def __init__(self, text: str) -> None:
        ends = [m.span() for m in re.finditer(r"\r\n|\r|\n", text)]
        self.starts = [0, *(end for _, end in ends)]
        """Offset of each line's first character."""
        self.ends = [*(start for start, _ in ends), len(text)]
        """Offset past each line's last character, its line end left out."""
        self.nonblank = [
            number
            for number, (start, end) in enumerate(zip(self.starts, self.ends, strict=True), start=1)
            if text[start:end].strip()
        ]
        self.rank = {number: rank for rank, number in enumerate(self.nonblank)}

    def nonblank_from(self, line: int) -> int:
        """The first non-blank line at or after `line`, else the last one of all."""
        index = bisect_left(self.nonblank, line)
        return self.nonblank[min(index, len(self.nonblank) - 1)] if self.nonblank else line

    def nonblank_until(self, line: int) -> int:
        """The last non-blank line at or before `line`, else the first one of all."""
        index = bisect_right(self.nonblank, line) - 1
        return self.nonblank[max(index, 0)] if self.nonblank else line
