"""Puts watches on what the components name, when its module has been imported. Nothing is imported for it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextvars import ContextVar
from functools import partial
from types import FunctionType, ModuleType

from wrapt import register_post_import_hook

from ssot_lint.probe.classes import watch_class
from ssot_lint.probe.code_swap import Observer, Swap, UnwatchableError, watch
from ssot_lint.probe.functions import EmitterObserver, FactoryObserver, UseObserver
from ssot_lint.probe.identity import parameters_of
from ssot_lint.probe.own import OwnClasses
from ssot_lint.probe.reader import Reader
from ssot_lint.probe.recorder import Recorder
from ssot_lint.probe.records import Watched
from ssot_lint.probe.static import ABSENT, ancestry, class_attribute, function_in, is_class, namespace

_EMITTERS = frozenset({"emit", "send_event", "publish"})
_EMITTER_PREFIX = "notify"


class Installer:
    """Knows everything that is watched already."""

    def __init__(self, components: Sequence[Watched], recorder: Recorder, own: OwnClasses, reader: Reader) -> None:
        self._components, self._recorder, self._own, self._reader = components, recorder, own, reader
        self._events = {
            event: [each for each in components if event in each.component.events]
            for component in components
            for event in component.component.events
        }
        self._emitters = _EMITTERS | {name for each in components for name in each.component.methods}
        self._sending: ContextVar[frozenset[str]] = ContextVar("ssot-probe-events", default=frozenset())
        self._watched: dict[int, Swap] = {}
        self._seen_modules: set[str] = set()
        self._use_swaps: list[Swap] = []
        self._useless: set[int] = set()
        recorder.on_ownerless = self._watch_use

    def hook(self) -> None:
        """Wait for the modules of homes and factories."""
        for watched in self._components:
            for symbol, act in ((watched.component.home, self._home), (watched.component.factory, self._factory)):
                module, _, name = symbol.partition(":")
                if name:
                    register_post_import_hook(partial(act, watched, name), module)

    def watch_emitters(self) -> None:
        """Watch what sends events, in modules that were imported since the last time."""
        if not self._events or len(sys.modules) == len(self._seen_modules):
            return
        for name, module in sys.modules.copy().items():
            if name not in self._seen_modules:
                self._seen_modules.add(name)
                if isinstance(module, ModuleType):
                    self._watch_emitters_of(name, module)

    def forget_uses(self) -> None:
        """Stop waiting for instances without an owner to be used."""
        swaps, self._use_swaps = self._use_swaps, []
        self._useless.clear()
        for swap in swaps:
            swap.undo()

    # Hooks of wrapt

    def _home(self, watched: Watched, name: str, module: ModuleType) -> None:
        if not self._recorder.is_open:
            return  # another run of pytest in this process
        watched.is_imported = True
        cls = _member(module, name)
        if is_class(cls):
            watch_class(cls, watched, self._recorder)
        else:
            self._note(watched, f"home {watched.component.home} is no class")

    def _factory(self, watched: Watched, name: str, module: ModuleType) -> None:
        if not self._recorder.is_open:
            return
        found = _member(module, name)
        function = function_in(found)
        if found is ABSENT:
            watched.has_factory = False
            self._note(watched, f"there is no factory {watched.component.factory}")
        elif is_class(found):
            for method in self._public_methods(found):
                self._watch_factory(watched, method)
        elif function is not None:
            self._watch_factory(watched, function)
        else:
            self._note(watched, f"factory {watched.component.factory} is not watched: it is no plain function")
            within = dict(self._reader.attributes(found)).get("__wrapped__")  # of a cached one, say
            if isinstance(within, FunctionType):
                watched.add_factory(within.__code__)

    def _watch_factory(self, watched: Watched, function: FunctionType) -> None:
        code = function.__code__
        watched.add_factory(code)
        observer = FactoryObserver(watched, parameters_of(function, code), self._recorder)
        self._swap(function, observer, watched)

    def _public_methods(self, cls: type) -> Iterator[FunctionType]:
        """What a factory that is a class can be asked for."""
        for each in ancestry(cls):
            for name, member in namespace(each).items():
                function = function_in(member)
                if function is not None and self._own.is_own(each) and (name == "__call__" or not name.startswith("_")):
                    yield function

    def _swap(self, function: FunctionType, observer: Observer, watched: Watched | None = None) -> Swap | None:
        try:
            swap = watch(function, observer)
        except UnwatchableError as error:
            if watched is not None:
                self._note(watched, f"calls of {function.__qualname__} are not seen: it {error}")
            return None
        self._watched[id(swap.code)] = swap
        self._recorder.ours.add(id(swap.code))
        return swap

    def _watch_emitters_of(self, name: str, module: ModuleType) -> None:
        for cls in [each for each in vars(module).values() if is_class(each)]:
            if namespace(cls).get("__module__") != name or not self._own.is_own(cls):
                continue
            for key, member in dict(namespace(cls)).items():
                function = function_in(member)
                is_emitter = key in self._emitters or key.startswith(_EMITTER_PREFIX)
                if function is None or not is_emitter or id(function.__code__) in self._watched:
                    continue
                parameters = parameters_of(function, function.__code__)
                self._swap(function, EmitterObserver(self._events, parameters, self._sending, self._recorder))

    def _watch_use(self, cls: type) -> None:
        if self._use_swaps or id(cls) in self._useless:
            return
        self._useless.add(id(cls))  # unless it has methods
        for each in ancestry(cls):
            if self._own.is_own(each):
                for name, member in dict(namespace(each)).items():
                    if isinstance(member, FunctionType) and not name.startswith("__"):
                        swap = self._swap(member, UseObserver(name, self._recorder))
                        if swap is not None:
                            self._use_swaps.append(swap)

    def _note(self, watched: Watched, text: str) -> None:
        self._recorder.notes.add(f"{watched.component.name}: {text}")


def _member(module: ModuleType, name: str) -> object:
    """What a module holds under a dotted name."""
    first, *rest = name.split(".")
    found: object = vars(module).get(first, ABSENT)
    for part in rest:
        found = class_attribute(found, part) if is_class(found) else ABSENT
    return found
