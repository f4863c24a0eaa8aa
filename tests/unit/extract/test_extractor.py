"""What each construct of the language becomes as facts."""

from __future__ import annotations

import pytest

from ssot_lint.extract.extractor import extract
from ssot_lint.model.facts import (
    BindingKind,
    IdentitySink,
    ModuleFacts,
    ParameterKind,
    ParseFailure,
    StringContext,
    Usage,
)
from ssot_lint.model.syntax import BranchKind, Exit, Guard, ValueKind


def parse(source: str) -> ModuleFacts:
    facts = extract(source.encode())
    assert isinstance(facts, ModuleFacts)
    return facts


def test_a_class_with_bases_keywords_and_decorators() -> None:
    (cls,) = parse('@register("x")\nclass A(Base[T], b.C, metaclass=Meta):\n    """Doc.\n\n    More."""\n').classes
    assert (cls.name, cls.bases, cls.keywords, cls.docstring) == (
        "A",
        ("Base", "b.C"),
        (("metaclass", "Meta"),),
        "Doc.",
    )
    assert [(decorator.name, decorator.arguments, decorator.line) for decorator in cls.decorators] == [
        ("register", '"x"', 1)
    ]


def test_qualified_names_and_parents_of_scopes() -> None:
    facts = parse("class A:\n    class B:\n        def m(self):\n            def inner(): pass\n")
    assert [scope.qualname for scope in facts.scopes] == ["", "A", "A.B", "A.B.m", "A.B.m.inner"]
    assert [scope.parent for scope in facts.scopes] == [-1, 0, 1, 2, 3]


def test_parameters_in_every_kind() -> None:
    (function,) = parse("async def f(a, /, b: int, *args, c='x', **kw) -> 'Foo': pass\n").functions
    assert [(parameter.name, parameter.kind, parameter.annotation) for parameter in function.parameters] == [
        ("a", ParameterKind.POSITIONAL_ONLY, ""),
        ("b", ParameterKind.POSITIONAL, "int"),
        ("args", ParameterKind.VAR_POSITIONAL, ""),
        ("c", ParameterKind.KEYWORD_ONLY, ""),
        ("kw", ParameterKind.VAR_KEYWORD, ""),
    ]
    assert function.is_async
    assert function.returns == "Foo"


def test_returned_values_stand_for_what_local_variables_hold() -> None:
    source = "def f(x):\n    if x:\n        a = Foo(x)\n    else:\n        a = make()\n    return a\n"
    (function,) = parse(source).functions
    assert [(value.kind, value.text, value.via) for value in function.returned] == [
        (ValueKind.CALL, "Foo", "a"),
        (ValueKind.CALL, "make", "a"),
    ]


def test_returned_alternatives_and_none() -> None:
    (function,) = parse("def f(x):\n    if x:\n        return\n    return x or (A() if x else await b())\n").functions
    assert [(value.kind, value.text, value.awaited) for value in function.returned] == [
        (ValueKind.NONE, "", False),
        (ValueKind.OTHER, "", False),
        (ValueKind.CALL, "A", False),
        (ValueKind.CALL, "b", True),
    ]


def test_generators_are_told_apart() -> None:
    facts = parse("def g():\n    yield 1\ndef f():\n    def inner():\n        yield\n    return inner\n")
    assert {function.name: function.is_generator for function in facts.functions} == {
        "g": True,
        "f": False,
        "inner": True,
    }


@pytest.mark.parametrize(
    ("source", "guard"),
    [
        ("import a\n", Guard.NONE),
        ("if TYPE_CHECKING:\n    import a\n", Guard.TYPE_CHECKING),
        ("if not typing.TYPE_CHECKING:\n    import a\n", Guard.NONE),
        ("if TYPE_CHECKING:\n    pass\nelse:\n    import a\n", Guard.NONE),
        ("if x:\n    import a\n", Guard.CONDITION),
        ("if x:\n    pass\nelif y:\n    import a\n", Guard.CONDITION | Guard.ELSE),
        ("try:\n    import a\nexcept ImportError:\n    pass\n", Guard.TRY_IMPORT),
        ("try:\n    import a\nexcept (ValueError, ModuleNotFoundError):\n    pass\n", Guard.TRY_IMPORT),
        ("try:\n    import x\nexcept Exception:\n    import a\n", Guard.EXCEPT_IMPORT),
        ("try:\n    f()\nexcept Exception:\n    import a\n", Guard.TRY),
        ("with contextlib.suppress(ImportError):\n    import a\n", Guard.TRY_IMPORT),
        ("with pytest.raises((KeyError, ImportError)):\n    import a\n", Guard.TRY_IMPORT),
        ("if __name__ == '__main__':\n    import a\n", Guard.MAIN),
        ("for x in y:\n    import a\n", Guard.CONDITION),
        ("class A:\n    import a\n", Guard.NONE),
    ],
)
def test_guards(source: str, guard: Guard) -> None:
    (fact,) = [fact for fact in parse(source).imports if fact.module == "a"]
    assert fact.guard == guard


def test_imports_in_functions_have_their_scope_and_no_outer_guard() -> None:
    facts = parse("if x:\n    def f():\n        from . import a as b\n")
    (fact,) = facts.imports
    assert (fact.module, fact.level, fact.name, fact.alias, fact.scope, fact.guard) == ("", 1, "a", "b", 1, Guard.NONE)


def test_bindings_of_modules_and_classes_and_by_global() -> None:
    source = (
        "A = B = 1\nC: int = 2\nD += 1\nfor e in x: pass\n(f, [g]) = y\n"
        "class K:\n    h = []\ndef fn():\n    global A\n    A = {}\n    local = 1\ntype T = int\ndel C\n"
    )
    found = [(fact.name, fact.kind, fact.scope, fact.within, fact.line, fact.column) for fact in parse(source).bindings]
    assert found == [
        ("A", BindingKind.ASSIGN, 0, 0, 1, 1),
        ("B", BindingKind.ASSIGN, 0, 0, 1, 5),
        ("C", BindingKind.ANNOTATED, 0, 0, 2, 1),
        ("D", BindingKind.AUGMENTED, 0, 0, 3, 1),
        ("e", BindingKind.TARGET, 0, 0, 4, 5),
        ("f", BindingKind.TARGET, 0, 0, 5, 2),
        ("g", BindingKind.TARGET, 0, 0, 5, 6),
        ("h", BindingKind.ASSIGN, 1, 1, 7, 5),
        ("A", BindingKind.ASSIGN, 0, 2, 10, 5),
        ("T", BindingKind.TYPE_ALIAS, 0, 0, 12, 6),
        ("C", BindingKind.DELETED, 0, 0, 13, 5),
    ]


def test_assigned_names_end_with_their_statement_and_other_targets_where_they_stand() -> None:
    source = (
        "before = (\n    1\n)\nfor x in (\n    1,\n): pass\nwith y as z: pass\nif (w := 1): pass\n"
        "a, b = c = [\n    (d := 1),\n]\n"
    )
    assert [(fact.name, fact.line, fact.end_line) for fact in parse(source).bindings] == [
        ("before", 1, 3),
        ("x", 4, 4),
        ("z", 7, 7),
        ("w", 8, 8),
        ("a", 9, 11),
        ("b", 9, 11),
        ("c", 9, 11),
        ("d", 10, 11),
    ]


def test_names_deleted_in_nested_targets() -> None:
    facts = parse("del a, (b, [c]), d[0], e.f\n")
    assert [(fact.name, fact.kind) for fact in facts.bindings] == [(name, BindingKind.DELETED) for name in "abc"]
    assert [(fact.target, fact.operation) for fact in facts.mutations] == []


def test_captures_of_patterns_are_bound() -> None:
    source = "match x:\n    case [a, *b] | {'k': c, **d}: pass\n    case K(e) as f: pass\n    case _: pass\n"
    found = [(fact.name, fact.line, fact.column) for fact in parse(source).bindings]
    assert found == [("a", 2, 11), ("b", 2, 15), ("c", 2, 26), ("d", 2, 31), ("e", 3, 12), ("f", 3, 18)]


@pytest.mark.parametrize(
    ("source", "exports", "more"),
    [
        ("x = 1\n", None, False),
        ("__all__ = ['a', 'b']\n", ("a", "b"), False),
        ("__all__ = ('a',)\n__all__ += ['b']\n", ("a", "b"), False),
        ("__all__ = ['a'] + other.__all__\n", ("a",), True),
        ("__all__ = ['a']\n__all__.extend(['b'])\n__all__.append('c')\n", ("a", "b", "c"), False),
        ("__all__ = [name for name in x]\n", (), True),
    ],
)
def test_exports(source: str, exports: tuple[str, ...] | None, more: bool) -> None:
    facts = parse(source)
    assert (facts.exports, facts.exports_more) == (exports, more)


@pytest.mark.parametrize(
    ("source", "dynamic"),
    [
        ("x = 1\n", False),
        ("def __getattr__(name): pass\n", True),
        ("class A:\n    def __getattr__(self, name): pass\n", False),
        ("@enum.global_enum\nclass Flag(enum.Flag): ...\n", True),
        ("globals()['x'] = 1\n", True),
        ("def f():\n    return globals()\n", True),
        ("def f():\n    return vars()\n", False),
        ("vars()['x'] = 1\n", True),
        ("sys.modules[__name__] = 1\n", True),
        ("exec('x = 1')\n", True),
    ],
)
def test_modules_whose_names_are_not_all_visible(source: str, dynamic: bool) -> None:
    assert parse(source).is_dynamic is dynamic


def test_calls_and_what_becomes_of_their_results() -> None:
    source = (
        "from m import f, g\n"
        "@f\n"
        "async def h(p):\n"
        "    f()\n"
        "    x = f()\n"
        "    await f()\n"
        "    async with f() as y, g(f()): pass\n"
        "    f().z\n"
        "    f()[0]\n"
        "    p()\n"
        "    len(x)\n"
        "    return f()\n"
        "class A:\n"
        "    def m(self):\n"
        "        self.x = g()\n"
        "        self.n()\n"
    )
    found = [(call.callee, call.usage, call.target, call.line) for call in parse(source).calls]
    assert found == [
        ("f", Usage.STATEMENT, "", 4),
        ("f", Usage.ASSIGNED, "x", 5),
        ("f", Usage.AWAITED, "", 6),
        ("f", Usage.ASYNC_WITH, "", 7),
        ("g", Usage.ASYNC_WITH, "", 7),
        ("f", Usage.ARGUMENT, "", 7),
        ("f", Usage.ATTRIBUTE, "z", 8),
        ("f", Usage.SUBSCRIPT, "", 9),
        ("f", Usage.RETURNED, "", 12),
        ("g", Usage.SELF, "self.x", 15),
        ("self.n", Usage.STATEMENT, "", 16),
    ]


def test_calls_on_local_variables_name_what_the_variable_holds() -> None:
    source = (
        "from m import Client, CACHE\n"
        "def f(other):\n"
        "    client = Client()\n"
        "    client.send()\n"
        "    again = client\n"
        "    cache = CACHE\n"
        "    cache.fill()\n"
        "    other.send()\n"
        "    twice = Client()\n"
        "    twice = other\n"
        "    twice.send()\n"
        "    x = y\n"
        "    y = x\n"
        "    x.send()\n"
        "    Client().close()\n"
    )
    assert [call.callee for call in parse(source).calls] == [
        "Client",
        "Client().send",
        "CACHE.fill",
        "Client",
        "Client().close",
        "Client",
    ]


def test_mutations_of_what_outlives_the_function() -> None:
    source = (
        "R = {}\n"
        "def f(k, local):\n"
        "    R[k] = 1\n"
        "    R.update(x=1)\n"
        "    del R[k]\n"
        "    local[k] = 1\n"
        "    mine = []\n"
        "    mine.append(1)\n"
        "    same = R\n"
        "    same.pop(k)\n"
        "class A:\n"
        "    def m(self):\n"
        "        self.items[0] = 1\n"
        "        self.items.append(2)\n"
        "        self.a.b = 3\n"
        "        self.n += 1\n"
    )
    assert [(fact.target, fact.operation, fact.key) for fact in parse(source).mutations] == [
        ("R", "setitem", "k"),
        ("R", "update", "1"),
        ("R", "delitem", "k"),
        ("R", "pop", "k"),
        ("self.items", "setitem", "0"),
        ("self.items", "append", "2"),
        ("self.a", "setattr", "b"),
        ("self.n", "augassign", ""),
    ]


def test_attributes_set_on_the_receiver() -> None:
    source = "class A:\n    def __init__(this, x):\n        this.x: int = x\n        this.y, z = x\n        x.n = 1\n"
    facts = parse(source)
    assert [(fact.owner, fact.name, fact.annotation) for fact in facts.attributes] == [
        ("this", "x", "int"),
        ("this", "y", ""),
    ]


def test_strings_that_look_like_names_in_context() -> None:
    source = (
        "f('agent_started', 'two words', b'bytes')\n"
        "x == 'done' and x in ('a1', 'b1')\n"
        "y = {'key': 'value'}\n"
        "z = 'not_noted'\n"
    )
    assert [(fact.value, fact.context) for fact in parse(source).strings] == [
        ("agent_started", StringContext.ARGUMENT),
        ("done", StringContext.COMPARISON),
        ("a1", StringContext.COMPARISON),
        ("b1", StringContext.COMPARISON),
        ("key", StringContext.DICT_KEY),
        ("value", StringContext.DICT_VALUE),
    ]


def test_what_takes_a_string() -> None:
    source = (
        "self.bus.send('sent', kind='kind')\n"
        "bus()[0].send('item' if x else 'other')\n"
        "class A(B, role='keyword'): pass\n"
        "y = {'type': 'plain', TYPE: 'named', 1: 'neither'}\n"
        "event.type == 'a1'\n"
        "'a2' in event['type']\n"
        "event.get('type') in ('a3', 'a4')\n"
        "f(x) == 'a5'\n"
        "match x:\n    case 'a6': pass\n"
    )
    assert [(fact.value, fact.taker, fact.key) for fact in parse(source).strings] == [
        ("sent", "self.bus.send", ""),
        ("kind", "self.bus.send", "kind"),
        ("item", ".send", ""),
        ("other", ".send", ""),
        ("keyword", "", "role"),
        ("type", "", ""),
        ("plain", "", "type"),
        ("named", "", "TYPE"),
        ("neither", "", ""),
        ("a1", "", "event.type"),
        ("a2", "", "type"),
        ("type", "event.get", ""),
        ("a3", "", "type"),
        ("a4", "", "type"),
        ("a5", "", ""),
        ("a6", "", ""),
    ]


def test_values_that_functions_assign_and_return() -> None:
    source = (
        "not_noted = 'module'\n"
        "def f(self):\n"
        '    """docstring"""\n'
        "    a: str = 'assigned'\n"
        "    self.b = 'one' if a else 'other'\n"
        "    c = ('first', 'second')\n"
        "    d['subscript'] = 1\n"
        "    return 'returned'\n"
    )
    facts = parse(source)
    assert [(fact.value, fact.line) for fact in facts.strings] == [
        ("assigned", 4),
        ("one", 5),
        ("other", 5),
        ("first", 6),
        ("second", 6),
        ("returned", 8),
    ]
    assert {fact.context for fact in facts.strings} == {StringContext.VALUE}


def test_constants_that_functions_use() -> None:
    source = (
        "import events\n"
        "from events import Kind, STARTED\n"
        "send(STARTED)\n"
        "class _Hidden:\n"
        "    def f(self, x):\n"
        "        self.bus.send(\n            STARTED, x, event=Kind.done.value)\n"
        "        y = {'type': events.DONE}\n"
        "        z = Kind.DONE if x else self.LOST\n"
        "        LOCAL = x()\n"
        "        send(LOCAL, x.y, T, **KW)\n"
        "        return _Hidden.member\n"
    )
    assert [(fact.name, fact.context, fact.line, fact.taker, fact.key) for fact in parse(source).constants] == [
        ("STARTED", StringContext.ARGUMENT, 6, "self.bus.send", ""),
        ("Kind.done", StringContext.ARGUMENT, 6, "self.bus.send", "event"),
        ("events.DONE", StringContext.DICT_VALUE, 8, "", "type"),
        ("Kind.DONE", StringContext.VALUE, 9, "", ""),
        ("self.LOST", StringContext.VALUE, 9, "", ""),
        ("_Hidden.member", StringContext.VALUE, 12, "", ""),
    ]


def test_deprecation_warnings() -> None:
    source = (
        "import warnings\n"
        "warnings.warn('gone soon', DeprecationWarning, stacklevel=2)\n"
        "def f(x):\n"
        "    if x:\n"
        "        warnings.warn('old ' + x, category=RemovedInDjango60Warning)\n"
        "    warnings.warn('fine', UserWarning)\n"
    )
    assert [(fact.scope, fact.guard, fact.message, fact.line) for fact in parse(source).deprecations] == [
        (0, Guard.NONE, "gone soon", 2),
        (1, Guard.CONDITION, "old ", 5),
    ]


@pytest.mark.parametrize(
    ("statement", "sink", "target", "is_text"),
    [
        ("NAMES[id(ws)] = 1", "KEY", "NAMES", False),
        ("del NAMES[(1, id(ws))]", "KEY", "NAMES", False),
        ("NAMES.get(id(ws), 1)", "KEY", "NAMES", False),
        ("return {id(ws): 1}", "KEY", "", False),
        ("key = getattr(ws, 'key', id(ws))", "ASSIGNED", "key", False),
        ("ws.key: str = ws.name or id(ws) % 7", "ASSIGNED", "ws.key", False),
        ("key = f'ws-{id(ws)}'", "ASSIGNED", "key", True),
        ("key = 'ws-%s-%s' % (1, abs(id(ws)))", "ASSIGNED", "key", True),
        ("key = 'ws-{}'.format(id(ws)).upper()[1:]", "ASSIGNED", "key", True),
        ("key = 'a' if ws else 'ws' + str(id(ws))", "ASSIGNED", "key", True),
        ("send(ws, key=id(ws))", "KEYWORD", "key", False),
        ("return {'key': id(ws)}", "KEYWORD", "key", False),
        ("seen.add(id(ws))", "ARGUMENT", "seen.add", False),
        ("return id(ws)", "RETURNED", "", False),
    ],
)
def test_where_the_value_of_id_goes(statement: str, sink: str, target: str, is_text: bool) -> None:
    (use,) = parse(f"def f(ws, seen):\n    {statement}\n").identities
    assert (use.function, use.argument, use.line) == ("id", "ws", 2)
    assert (use.sink, use.target, use.is_text, use.is_kept) == (IdentitySink[sink], target, is_text, False)


@pytest.mark.parametrize(
    "source",
    [
        "def f(id, x):\n    key = id(x)\n",
        "def hash(x): ...\nkey = hash(1)\n",
        "from m import hash\nkey = hash(1)\n",
        "if id(x) == 3:\n    pass\n",
        "y = id(x) == 3\n",
        "y = {id(x)}\n",
        "id(x)\n",
        "y = x.id(1)\n",
    ],
)
def test_no_builtin_or_no_use_of_its_value(source: str) -> None:
    assert parse(source).identities == ()


@pytest.mark.parametrize(
    ("statement", "is_kept"),
    [("D[id(x)] = x", True), ("D[id(x)] = 1, x", True), ("D = {id(x): x for x in y}", True), ("D[id(x)] = x.y", False)],
)
def test_an_object_that_is_kept_beside_its_id(statement: str, is_kept: bool) -> None:
    (use,) = parse(statement + "\n").identities
    assert use.is_kept is is_kept


def test_directives_are_comments_and_nothing_else() -> None:
    source = (
        "x = '# ssot-lint: ignore[SSOT101]'\n"
        "class A: pass  # ssot-lint: ignore[SSOT101] because\n"
        "# ssot-lint: canonical\n"
        "class B: pass\n"
        "# see ssot-lint: no directive\n"
        "import os  # noqa: F401  # ssot-lint: ignore[SSOT301]  # nosec\n"
        "#ssot-lint: file-ignore[x]"
    )
    assert [(fact.text, fact.own_line, fact.line, fact.column) for fact in parse(source).directives] == [
        ("ignore[SSOT101] because", False, 2, 16),
        ("canonical", True, 3, 1),
        ("ignore[SSOT301]  # nosec", False, 6, 26),
        ("file-ignore[x]", True, 7, 1),
    ]


BODY = "    def total(self, tax):\n        return sum(self.lines) * (1 + tax)\n"


@pytest.mark.parametrize(
    "other",
    [
        "    def total(self, tax):\n\n        # why\n        return (sum(self.lines)\n            * (1 + tax))\n",
        '    """Doc."""\n' + BODY,
        "    def total(self, tax,):\n        'doc'\n        return sum(self.lines) * (1+tax);\n",
    ],
)
def test_the_normal_form_knows_no_formatting_comments_or_docstrings(other: str) -> None:
    (left,), (right,) = parse("class A:\n" + BODY).classes, parse("@deco\nclass B(A):\n" + other).classes
    assert left.body == right.body


@pytest.mark.parametrize(
    "other",
    [
        BODY.replace("*", "+"),
        BODY.replace("tax", "vat"),
        BODY.replace("def", "async def"),
        BODY.replace("self.lines", "*self.lines"),
        BODY.replace("1", "2"),
    ],
)
def test_the_normal_form_keeps_operators_names_and_values(other: str) -> None:
    (left,), (right,) = parse("class A:\n" + BODY).classes, parse("class A:\n" + other).classes
    assert left.body.digest != right.body.digest


@pytest.mark.parametrize("decorators", ["", "    @one\n", "    @one\n    @two(lambda x: x)\n"])
def test_the_line_before_a_definition_counts(decorators: str) -> None:
    (left,), (right,) = (parse(f"class A:\n    x = {value}\n{decorators}{BODY}").classes for value in (1, 2))
    assert left.body.statements == 2
    assert left.body.digest != right.body.digest


def test_decorators_count_for_the_body_around_them_and_for_nothing_else() -> None:
    plain, decorated = parse(f"class A:\n{BODY}"), parse(f"@own\n@other\nclass A:\n    @property\n{BODY}")
    assert plain.classes[0].body.digest != decorated.classes[0].body.digest
    assert plain.classes[0].body.lines == decorated.classes[0].body.lines
    assert plain.functions[0].body == decorated.functions[0].body
    assert parse(f"@own\nclass A:\n{BODY}").classes[0].body == plain.classes[0].body


def test_comparable_lines_leave_out_imports_signatures_docstrings_and_pass() -> None:
    source = "def f(x):\n    '''Doc.'''\n    import a\n    def g(): pass\n    y = x\n    return g\n"
    (function, _) = parse(source).functions
    assert function.body.statements == 2
    assert len(function.body.lines) == 8


@pytest.mark.parametrize(
    ("source", "reason", "line"),
    [
        (b"def f(:\n", "", 1),
        (b"x = 1\n\ny = 'abc\n", "unterminated string literal", 3),
        (b"x = '\xff'\n", "cannot be decoded", 1),
        (b"# coding: rot13\nx = 1\n", "cannot be decoded", 1),
        (b"x = 1\0\n", "contains NUL bytes", 1),
        (b"x = 1\nprint 'x'\n", "Missing parentheses in call to 'print'", 2),
        (b"x = 1\nif x:\n    (x): int = 1\n", "LibCST cannot parse it, though Python can", 3),
    ],
)
def test_what_cannot_be_parsed_is_a_failure_with_place_and_reason(source: bytes, reason: str, line: int) -> None:
    failure = extract(source)
    assert isinstance(failure, ParseFailure)
    assert failure.reason.startswith(reason)
    assert failure.line == line


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"# only a comment",
        b"\xef\xbb\xbfx = 1\n",
        b"# coding: latin-1\nx = '\xe9'\n",
        b"x = 1\ry = 2\r",
        b"x = 1\x0c\n",
    ],
)
def test_odd_but_valid_files_parse(source: bytes) -> None:
    assert isinstance(extract(source), ModuleFacts)


def test_branches_with_their_tests_exits_and_calls() -> None:
    source = (
        "from m import a, b, c, d, e, f, g\n"
        "def make(context, kind):\n"
        "    if context is None:\n"
        "        return a()\n"
        "    elif not kind or kind == 'x':\n"
        "        raise b()\n"
        "    else:\n"
        "        c()\n"
        "    try:\n"
        "        d()\n"
        "    except (KeyError, OSError):\n"
        "        return e()\n"
        "    for x in kind:\n"
        "        f()\n"
        "        continue\n"
        "    g()\n"
    )
    facts = parse(source)
    assert [(each.kind, each.test, each.parent, each.exit, each.line) for each in facts.branches] == [
        (BranchKind.IF, "context is None", -1, Exit.RETURN, 4),
        (BranchKind.ELSE, "context is None", -1, Exit.FALL_THROUGH, 5),
        (BranchKind.IF, 'not kind or kind == "x"', 1, Exit.RAISE, 6),
        (BranchKind.ELSE, 'not kind or kind == "x"', 1, Exit.FALL_THROUGH, 8),
        (BranchKind.TRY, "", -1, Exit.FALL_THROUGH, 10),
        (BranchKind.EXCEPT, "[KeyError, OSError]", -1, Exit.RETURN, 11),
        (BranchKind.LOOP, "", -1, Exit.JUMP, 14),
    ]
    assert [(call.callee, call.branch) for call in facts.calls] == [
        ("a", 0),
        ("b", 2),
        ("c", 3),
        ("d", 4),
        ("e", 5),
        ("f", 6),
        ("g", -1),
    ]
    (function,) = facts.functions
    assert [(value.text, value.branch) for value in function.returned] == [("a", 0), ("e", 5)]


@pytest.mark.parametrize(
    ("later", "reads"),
    [
        ("    x.a\n    x.b()\n", ("a", "b")),
        ("    x[0].a\n    x[1] = 2\n", ("[]",)),
        ("    if x: pass\n", ("bool",)),
        ("    if not x or x == 1: pass\n", ("bool",)),
        ("    x.a\n    def g(): return x.b\n", ("a", "b")),
        ("    x.a = ' x '\n", ()),
        ("    pass\n", ()),
        ("    x.a\n    await x\n", ()),
        ("    x.a\n    return x\n", ()),
        ("    x.a\n    y = x\n", ()),
        ("    x.a\n    print(x, k=1)\n", ()),
        ("    x.a\n    for i in x: pass\n", ()),
        ("    x.a\n    x = 1\n", ()),
        ("    nonlocal x\n    x.a\n", ()),
    ],
)
def test_what_is_read_off_a_local_that_takes_a_result(later: str, reads: tuple[str, ...]) -> None:
    (call,) = (call for call in parse(f"from m import f\nasync def h():\n    x = f()\n{later}").calls if call.target)
    assert (call.callee, call.reads) == ("f", reads)


def test_a_call_whose_result_is_used_by_attribute_names_the_attribute() -> None:
    assert [(call.usage, call.target) for call in parse("from m import f\nf().a.b\n").calls] == [(Usage.ATTRIBUTE, "a")]


def test_a_comment_of_many_hashes_takes_no_time() -> None:
    assert parse("x = 1  " + "#" * 300_000 + "x ssot-lint:\n").directives == ()
