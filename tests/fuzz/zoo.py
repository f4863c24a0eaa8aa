"""Code with everything that is easy to read wrongly: what mutation starts from, beside real files.

Each entry is a file of its own, for the host may not know the syntax of some.
"""

from __future__ import annotations

OLD = '''\
"""Doc # class Not: def."""
from __future__ import annotations
import os, os.path as p, sys, a.b.c
from . import (x,  # import y
    z as w,)
from .. pkg . mod import *
if TYPE_CHECKING:
    from typing import Any
try:
    import fast
except ImportError as error:
    fast = None
else:
    FAST = True
finally:
    done()

@decorator  # def decoy():
@ns.register("agent_started", key=lambda q: q(x))
@ (yield_)
class Größe(Base, ns.Generic[T], *bases, metaclass=Meta, total=False, **kw):
    """First line.

    More."""
    __slots__ = "a", "b"
    registry: dict[str, "list[int]"] = {}
    a = b = c, *d = [1, 2, 3]
    async def run(self, x, /, y: int = 1, *args: int, z="s", **kw) -> "Great[x]":
        self.x: int = Thing().method(y)(z)
        self.y, self.z[0], other.attr = await self.run(x), 2, 3
        async with lock() as held, (other()) as (a, *b):
            async for i in aiter(): yield i
        global COUNT; COUNT += 1
        cache[id(x)] = x; del cache[id(x)], self.x
        return (None if x else [q for q in f(x) if (n := g(q))] or "done")
    @staticmethod
    def s(first): return f"{first!r:>{width}} # {{no}} {g(x)}" "#" rf'{a}\\{b}'
    def t(self): return lambda self, *a, k=d(1), **b: (self, a, h(b))
class B: x = 1; y = 2; class_ = 3
def outer():
    def inner(): nonlocal v; v = 1; raise E from None
    for v, (w, u) in enumerate(x): pass
    else: inner ( ) . y [ 1 ] ( )
    while v: break
    os.environ["A"] = os.environ["B"] + p.x[:1]; sys.modules[__name__]
    warnings.warn("old", DeprecationWarning)
    try: pass
    except (A, B): ...
    print(x, end = "") ; return \\
        outer
x = y = z = (
    1,
    # class Nope:
)  # ssot-lint: ignore[SSOT101] why not
assert x, "message"
y = 1 if f(x) else g(x) and not h(x) or [f(q) for q in g(x) if h(q)]; a, *b = f(*g(x)); assert f(x) < g(x) or h(x)
while (f(x) if x else g(x)) and not (h(x) or x): x, y = z = f(x); z = x, y = f(x)
del (a, [b, c])
for _ in range(3): total = _
__all__ = ["x"] + other.__all__; __all__ += ["y"]; __all__.extend(["z"])
λ = µ = 1e5j + 0x_ff - -1_0 ** ~2 // 3 @ m
b = b"bytes" rb'\\x'
s = u"é" \'\'\'#\'\'\' """"quote" inside"""
if __name__ == "__main__": sys.exit(main(*sys.argv, **{}))
'''
MATCH = """\
match command.split():
    case [Point(x=0, y=_) as p, "a" | "b", *rest] if rest: act(p)
    case {"key": value, **others} | (1, -2.5, 3+4j): pass
    case None | ns.CONST | str(): match = case = type = 1; match(case)
    case _: type (match)
"""
GROUPS = """\
try:
    with (open(a) as f, g() as h,): f(h)
except* (E1, E2) as group: handle(group)
"""
NESTED = """\
def quotes(): return f"{x!r} {'nested' + g("x")}" f"{
    h(y)  # class Hidden:
}"
"""
TYPES = """\
type Alias[T: int, *Ts, **P] = dict[T, Callable[P, T]]
class Box[T = int](Base[T]):
    type Inner = list[T]
    def get[K: (int, str)](self, k: K) -> K: return k
def f[T](x: T): type = x; return type
"""

ZOO = tuple(text.encode() for text in (OLD, MATCH, GROUPS, NESTED, TYPES))
