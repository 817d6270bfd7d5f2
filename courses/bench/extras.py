"""Parts of the benchmark that a floor above brings: it registers their names when it starts, and nothing is imported
before one of them is asked for.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Extra:
    """`measure` ("module:function") takes the Options of a run and a function that says where it is, and returns a
    PartReport; it raises WrongAnswer before any figure is taken. `bars` ("module:NAME") is a sequence of Bar.
    """

    name: str
    title: str | Promise
    measure: str
    bars: str = ""

    def run(self, options: Any, say: Callable[[str], None]) -> Any:
        return _named(self.measure)(options, say)

    def read_bars(self) -> Sequence[Any]:
        return _named(self.bars) if self.bars else ()


EXTRAS: dict[str, Extra] = {}


def register(*extras: Extra) -> None:
    EXTRAS.update({extra.name: extra for extra in extras})


def _named(path: str) -> Any:
    module, _colon, name = path.partition(":")
    return getattr(import_module(module), name)
