"""What is read of single files, and asked of all of them, while something is computed that will be kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Generic, ParamSpec, Protocol, TypeAlias, TypeVar, overload

Question: TypeAlias = "tuple[Callable[..., Any], ...]"
"""Something about all files: what is given to ``Project.derived``, ``Project.combined`` or ``Project.asked_of``."""


class Watched(Protocol):
    """A file whose readers are noted. ``known`` is what was computed from its facts."""

    watch: Watch
    known: dict[str, Any]


P = ParamSpec("P")
T = TypeVar("T")
FileT = TypeVar("FileT", bound=Watched)


class Watch:
    """``files`` are those whose facts were read since somebody wants to know; None as long as nobody does.
    ``questions`` are those that were asked, each with what was looked up in its answer; None for all of it.
    ``is_passing``: something was read that changes in place. ``is_used``: somebody will want to know."""

    __slots__ = ("files", "is_passing", "is_used", "questions")

    def __init__(self, *, is_used: bool) -> None:
        self.is_used = is_used
        self.files: set[Watched] | None = None
        self.questions: dict[Question, dict[object, object] | None] = {}
        self.is_passing = False

    def pass_by(self) -> None:
        """Something was read that changes in place: what is found out will not be kept, so that nothing needs to be
        noted for it."""
        self.is_passing, self.files = True, None

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Note nothing: what is found out here is kept for itself, or is known to stay."""
        before, self.files = self.files, None
        try:
            yield
        finally:
            self.files = before

    def aside(self, compute: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
        """``compute(*arguments)``, with nothing noted."""
        if self.files is None:
            return compute(*arguments, **named)
        with self.paused():
            return compute(*arguments, **named)


class of_file(Generic[FileT, T]):  # noqa: N801 - it is used as functools.cached_property is
    """A property of a file that is computed once from its facts."""

    def __init__(self, compute: Callable[[FileT], T]) -> None:
        self._compute = compute
        self._name = compute.__name__
        self.__doc__ = compute.__doc__

    @overload
    def __get__(self, file: None, owner: type[FileT]) -> of_file[FileT, T]: ...

    @overload
    def __get__(self, file: FileT, owner: type[FileT]) -> T: ...

    def __get__(self, file: FileT | None, owner: type[FileT]) -> T | of_file[FileT, T]:
        if file is None:
            return self
        watch, known = file.watch, file.known
        if not watch.is_used:
            # From now on Python finds it there, and asks nobody.
            value = file.__dict__[self._name] = self._compute(file)
            return value
        if (files := watch.files) is not None:
            files.add(file)
        if self._name not in known:
            known[self._name] = self._compute(file)
        found: T = known[self._name]
        return found
