"""SSOT603 rival-route."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from ssot_lint.model.finding import Finding, Home, Severity, Site
from ssot_lint.project.project import Project, home_of, home_within, site_of, site_within
from ssot_lint.rules.rule import Rule
from ssot_lint.text.wording import listed
from ssot_rules.settings._mounts import mounts
from ssot_rules.settings._routes import Owner, Route, routes


@dataclass(frozen=True)
class RivalRoute(Rule):
    """Two handlers are registered for one method and path of one application.

    Why:
        The one that is registered first answers; the other is never called, and nothing says so. A fix in it has no
        effect. Ships as an inventory: of 15 findings drawn on unseen code none was worth acting on, for the second
        handler was there for the sake of its name, or for a method that something else answers.

    Bad:
        # shop/api.py
        from fastapi import FastAPI

        app = FastAPI()

        @app.get("/orders/{order_id}")
        def show_order(order_id):
            return order_id

        @app.get("/orders/{key}")
        def order_details(key):
            return {"order": key}

    Good:
        # shop/api.py
        from fastapi import FastAPI

        app = FastAPI()

        @app.get("/orders/{order_id}")
        def show_order(order_id):
            return order_id

        @app.get("/orders/{order_id}/details")
        def order_details(order_id):
            return {"order": order_id}

    Fix:
        Delete the handler that is never called, or give it a path or method of its own.
    """

    code: ClassVar[str] = "SSOT603"
    name: ClassVar[str] = "rival-route"
    family: ClassVar[str] = "settings"
    severity: ClassVar[Severity] = Severity.INFO

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding per path and set of handlers; prefixes count where it is certain what is mounted where."""
        roots = project.derived(mounts)
        by_path: dict[tuple[Owner, str], list[Route]] = defaultdict(list)
        for route in project.derived(routes):
            if self.applies_to(route.module):
                root, prefix = roots.get(route.owner, (route.owner, ""))
                by_path[root, prefix + route.path].append(route)
        for (root, path), found in by_path.items():
            for rivals, methods in _rivals(found).items():
                yield _finding(root, path, methods, rivals)


def _rivals(found: Sequence[Route]) -> Mapping[tuple[Route, ...], list[str]]:
    """The methods for which several handlers are registered, by these handlers."""
    by_method: dict[str, list[Route]] = defaultdict(list)
    for route in found:
        by_method[route.method].append(route)
    by_handlers: dict[tuple[tuple[str, str, int], ...], tuple[tuple[Route, ...], list[str]]] = {}
    for method, same in by_method.items():
        if len({(route.module, route.handler) for route in same}) > 1:
            key = tuple((route.module.path, route.handler, route.location.line) for route in same)
            by_handlers.setdefault(key, (tuple(same), []))[1].append(method)
    return dict(by_handlers.values())


def _finding(root: Owner, path: str, methods: Sequence[str], rivals: Sequence[Route]) -> Finding:
    first, *others = sorted(rivals, key=lambda route: route.location)
    others = [route for route in others if (route.module, route.handler) != (first.module, first.handler)]
    what = " ".join(filter(None, (", ".join(method for method in methods if method != "*"), f"`{path}`")))
    owner = f"{root[0].name}:{root[2]}"
    in_order = len({route.module for route in rivals}) == 1
    fate = "only the first is called" if in_order else "only the one that is registered first is called"
    names = [f"`{route.handler}`" for route in (first, *others)]
    return RivalRoute.finding(
        subject=f"{owner} {what}",
        message=f"{what} of `{owner}` has {1 + len(others)} handlers, {listed(names)}: {fate}",
        remedy=f"Keep one of {listed(names)}, or give them paths of their own",
        home=_home(first, "registered first" if in_order else "first by place"),
        sites=[_site(route, f"{what} has the handler `{first.handler}` in {first.location.path}") for route in others],
        evidence={
            "application": owner,
            "path": path,
            "methods": list(methods),
            "text": [f"{route.location.path}:{route.location.line} {route.handler}" for route in (first, *others)],
        },
    )


def _home(route: Route, reason: str) -> Home:
    definition = route.definition
    if definition is not None:
        return home_of(definition, reason)
    return home_within(route.module, route.scope, route.location, reason)


def _site(route: Route, message: str) -> Site:
    definition = route.definition
    if definition is not None:
        return site_of(definition, message)
    return site_within(route.module, route.scope, route.location, message)
