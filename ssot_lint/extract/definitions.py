"""Notes classes and functions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import libcst as cst

from ssot_lint.extract.dispatch import Recorder
from ssot_lint.extract.expressions import (
    alternatives,
    annotation_text,
    arguments_text,
    docstring_line,
    docstring_text,
    dotted,
    exit_of,
    value_of,
)
from ssot_lint.extract.local_values import Assigned, held_at
from ssot_lint.extract.notices import deprecation_notice
from ssot_lint.extract.walk import Deferred, Draft, Given, Handler, OpenScope, Walk
from ssot_lint.model.facts import Class, Decorator, Function, Parameter, ParameterKind, ResultUse
from ssot_lint.model.syntax import MODULE, Guard, Scope, ScopeKind, Value, ValueKind


class DefinitionRecorder(Recorder):
    """Notes classes, functions, what functions return, and the scopes they open."""

    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        self._facts: dict[int, Class | Function] = {}
        self._decorators: list[tuple[Draft, cst.Decorator]] = []

    def handlers(self) -> dict[type[cst.CSTNode], Handler]:
        return {
            cst.ClassDef: self._class,
            cst.FunctionDef: self._function,
            cst.Lambda: self._lambda,
            cst.Param: self._parameter,
            cst.Return: self._return,
            cst.Yield: self._yield,
            cst.Decorator: self._decorator,
        }

    def facts(self) -> tuple[tuple[Scope, ...], tuple[Class, ...], tuple[Function, ...]]:
        """All scopes, and the classes and functions they point to."""
        classes: list[Class] = []
        functions: list[Function] = []
        scopes = [MODULE]
        for scope in self._walk.scopes[1:]:
            fact = self._facts[scope.index]
            if isinstance(fact, Class):
                scopes.append(Scope(scope.kind, scope.qualname, scope.parent, len(classes)))
                classes.append(fact)
            else:
                scopes.append(Scope(scope.kind, scope.qualname, scope.parent, len(functions)))
                functions.append(fact)
        return tuple(scopes), tuple(classes), tuple(functions)

    def _class(self, node: cst.ClassDef) -> None:
        walk = self._walk
        guard, start = walk.guard, Draft()

        def begin() -> None:
            walk.begin_line(comparable=False)
            start.offset = walk.cursor.keyword("class")
            walk.word("class")
            walk.leaf(node.name.value)

        def enter() -> None:
            walk.begin_line()
            walk.open_scope(ScopeKind.CLASS, node.name.value)

        def leave() -> None:
            scope = walk.scope
            line, column, end_line = self._extent(start)
            self._facts[scope.index] = Class(
                name=node.name.value,
                scope=scope.index,
                parent=scope.parent,
                bases=tuple(_base_text(base) for base in node.bases if not base.star),
                keywords=tuple((key.keyword.value, dotted(key.value)) for key in node.keywords if key.keyword),
                decorators=self._decorator_facts(node.decorators),
                docstring=docstring_text(docstring_line(node.body)),
                body=walk.close_scope(),
                guard=guard,
                line=line,
                column=column,
                end_line=end_line,
                notice=deprecation_notice(docstring_line(node.body)),
            )

        walk.push(
            *node.decorators,
            Deferred(begin),
            node.type_parameters,
            *node.bases,
            *node.keywords,
            Deferred(enter),
            node.body,
            Deferred(leave),
        )

    def _function(self, node: cst.FunctionDef) -> None:
        walk = self._walk
        guard, branch, start = walk.guard, walk.branch, Draft()
        receiver = _receiver(node) if walk.scope.kind is ScopeKind.CLASS else ""
        keyword = "async" if node.asynchronous else "def"
        parameters = tuple(_parameters(node.params))

        def begin() -> None:
            walk.begin_line(comparable=False)
            start.offset = walk.cursor.keyword(keyword)
            walk.word(keyword)
            walk.leaf(node.name.value)

        def enter() -> None:
            walk.begin_line()
            scope = walk.open_scope(ScopeKind.FUNCTION, node.name.value, receiver)
            scope.body = node.body
            scope.is_async = node.asynchronous is not None
            scope.assigned.update({parameter.name.value: [Assigned(None)] for parameter, _ in parameters})
            scope.annotations.update(_annotations(parameters))
            walk.guard, walk.branch = Guard.NONE, -1

        def leave() -> None:
            walk.guard, walk.branch = guard, branch
            scope = walk.scope
            line, column, end_line = self._extent(start)
            self._facts[scope.index] = Function(
                name=node.name.value,
                scope=scope.index,
                parent=scope.parent,
                is_async=scope.is_async,
                is_generator=scope.is_generator,
                parameters=tuple(_parameter_fact(parameter, kind) for parameter, kind in parameters),
                returns=annotation_text(node.returns),
                decorators=self._decorator_facts(node.decorators),
                docstring=docstring_text(docstring_line(node.body)),
                returned=tuple(self._given(scope, scope.returned)),
                global_names=tuple(sorted(scope.global_names)),
                body=walk.close_scope(),
                guard=guard,
                line=line,
                column=column,
                end_line=end_line,
                notice=deprecation_notice(docstring_line(node.body)),
                exit=exit_of(node.body),
                yielded=tuple(self._given(scope, scope.yielded)),
            )

        walk.push(
            *node.decorators,
            Deferred(begin),
            node.type_parameters,
            node.params,
            node.returns,
            Deferred(enter),
            node.body,
            Deferred(leave),
        )

    def _extent(self, start: Draft) -> tuple[int, int, int]:
        """Line, column and last line of the definition that ends here."""
        cursor = self._walk.cursor
        line, column = cursor.position(start.offset)
        return line, column, cursor.position(cursor.end_of_statement())[0]

    def _given(self, scope: OpenScope, places: Sequence[Given]) -> Iterator[Value]:
        """What the function returns or yields; a local variable stands for all that it may hold there."""
        for start, expression, guard, branch, number in places:
            line = self._walk.cursor.position(start.offset)[0]
            if expression is None:
                yield Value(ValueKind.NONE, line=line, guard=guard, branch=branch)
                continue
            for node in alternatives(expression):
                name = node.value if type(node) is cst.Name else ""
                for assigned in self._held(scope, name, number, branch) or (node,):
                    if assigned is None:
                        yield Value(ValueKind.OTHER, via=name, line=line, guard=guard, branch=branch)
                        continue
                    via = name if assigned is not node else ""
                    for part in alternatives(assigned):
                        yield value_of(part, line=line, via=via, guard=guard, branch=branch)

    def _held(self, scope: OpenScope, name: str, number: int, branch: int) -> Sequence[cst.BaseExpression | None]:
        """What a local variable may hold at one of the return statements; empty for anything else."""
        if name not in scope.assigned:
            return ()
        around, in_loop = self._walk.branches_around(branch)
        return held_at(scope.assigned[name], number, around, in_loop=in_loop)

    def _lambda(self, node: cst.Lambda) -> None:
        # Its parameters shadow outer names; a lambda has no scope of its own here.
        for parameter, _ in _parameters(node.params):
            self._walk.scope.assigned.setdefault(parameter.name.value, []).append(Assigned(None))
        self._walk.lambda_depth += 1
        self._walk.push(Deferred(self._leave_lambda))
        self._walk.descend(node)

    def _leave_lambda(self) -> None:
        self._walk.lambda_depth -= 1

    def _parameter(self, node: cst.Param) -> None:
        if isinstance(node.star, str):
            self._walk.word(node.star)
        self._walk.descend(node)

    def _return(self, node: cst.Return) -> None:
        walk, start = self._walk, Draft()
        returned = walk.scope.returned
        returned.append(Given(start, node.value, walk.guard, walk.branch, len(returned)))
        walk.used_as(node.value, ResultUse.RETURNED)
        start.offset = walk.leaf("return")
        walk.push(node.value)

    def _yield(self, node: cst.Yield) -> None:
        walk, start = self._walk, Draft()
        walk.scope.is_generator = True
        walk.used_as(node.value, ResultUse.YIELDED)
        start.offset = walk.leaf("yield")
        value = node.value
        if not isinstance(value, cst.From):
            walk.scope.yielded.append(Given(start, value, walk.guard, walk.branch, len(walk.scope.returned)))
        walk.push(value)

    def _decorator(self, node: cst.Decorator) -> None:
        start = Draft()
        self._walk.begin_line(comparable=False)
        self._walk.draft(start)
        self._decorators.append((start, node))
        self._walk.used_as(node.decorator, ResultUse.DECORATOR)
        self._walk.descend(node)

    def _decorator_facts(self, nodes: Sequence[cst.Decorator]) -> tuple[Decorator, ...]:
        """The decorators of the definition that is being left, and only those."""
        own = {id(node) for node in nodes}
        found = [(start, node) for start, node in self._decorators if id(node) in own]
        self._decorators = [entry for entry in self._decorators if id(entry[1]) not in own]
        facts = []
        for start, node in found:
            call = node.decorator if type(node.decorator) is cst.Call else None
            name = dotted(call.func if call else node.decorator)
            arguments = arguments_text(call.args) if call else None
            facts.append(Decorator(name, arguments, self._walk.cursor.position(start.offset)[0]))
        return tuple(facts)


def _receiver(node: cst.FunctionDef) -> str:
    """The name a method gives to its instance or class; empty for static methods."""
    if any(dotted(decorator.decorator) == "staticmethod" for decorator in node.decorators):
        return ""
    first = next(_positional(node.params), None)
    return first.name.value if first else ""


def _positional(parameters: cst.Parameters) -> Iterator[cst.Param]:
    yield from parameters.posonly_params
    yield from parameters.params


def _parameters(parameters: cst.Parameters) -> Iterator[tuple[cst.Param, ParameterKind]]:
    yield from ((parameter, ParameterKind.POSITIONAL_ONLY) for parameter in parameters.posonly_params)
    yield from ((parameter, ParameterKind.POSITIONAL) for parameter in parameters.params)
    if type(parameters.star_arg) is cst.Param:
        yield parameters.star_arg, ParameterKind.VAR_POSITIONAL
    yield from ((parameter, ParameterKind.KEYWORD_ONLY) for parameter in parameters.kwonly_params)
    if parameters.star_kwarg is not None:
        yield parameters.star_kwarg, ParameterKind.VAR_KEYWORD


def _parameter_fact(parameter: cst.Param, kind: ParameterKind) -> Parameter:
    default = value_of(parameter.default) if parameter.default is not None else None
    return Parameter(parameter.name.value, kind, annotation_text(parameter.annotation), default)


def _annotations(parameters: Iterable[tuple[cst.Param, ParameterKind]]) -> Iterator[tuple[str, str]]:
    """The annotated parameters that take one argument, with their annotations."""
    for parameter, kind in parameters:
        if parameter.annotation is not None and not kind.is_variadic:
            yield parameter.name.value, annotation_text(parameter.annotation)


def _base_text(base: cst.Arg) -> str:
    node = base.value
    return dotted(node.value if type(node) is cst.Subscript else node)
