"""How far a long command has come: a bar where somebody looks on, a line now and then where a file is written."""

from collections.abc import Callable

WIDTH = 30
LINES = 10


class Progress:
    """Counts steps out of a total; a total of 0 shows nothing. `out` is a command's stderr, `verb` what is done."""

    def __init__(self, out, total: int, verb: str = "read"):
        self.out, self.total, self.done, self.verb = out, total, 0, verb
        self.is_watched: Callable[[], bool] = getattr(out, "isatty", lambda: False)

    def step(self) -> None:
        """One more is done."""
        self.done += 1
        if not self.total:
            return
        if self.is_watched():
            self.clear()
            filled = WIDTH * self.done // self.total
            bar = f"[{'#' * filled}{'.' * (WIDTH - filled)}] {self.done} of {self.total} {self.verb}"
            self.out.write(bar, style_func=str, ending="")
            self.out.flush()
        elif self.total >= 100 and self.done * LINES // self.total > (self.done - 1) * LINES // self.total:
            self.out.write(f"{self.done} of {self.total} {self.verb}".rstrip(), style_func=str)

    def clear(self) -> None:
        """Take the bar away, so that something can be written in its place."""
        if self.total and self.is_watched():
            self.out.write("\r\033[K", style_func=str, ending="")
