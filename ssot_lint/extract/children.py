"""The children of every LibCST node class, in the order of the source.

Only nodes that carry meaning are listed: no white space, commas, parentheses or other punctuation, which are two
thirds of a tree. The order matters, because :class:`ssot_lint.extract.cursor.Cursor` follows it. Fields that are
absent from a class in an older LibCST are left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import libcst as cst

_CHILDREN = """
AnnAssign: target annotation value
Annotation: annotation
Arg: keyword value
AsName: name
Assert: test msg
Assign: targets value
AssignTarget: target
Attribute: value attr
AugAssign: target operator value
Await: expression
BinaryOperation: left operator right
BooleanOperation: left operator right
Call: func args
ClassDef: decorators name type_parameters bases keywords body
CompFor: target iter ifs inner_for_in
CompIf: test
Comparison: left comparisons
ComparisonTarget: operator comparator
ConcatenatedString: left right
Decorator: decorator
Del: target
Dict: elements
DictComp: key value for_in
DictElement: key value
Element: value
Else: body
ExceptHandler: type name body
ExceptStarHandler: type name body
Expr: value
Finally: body
For: target iter body orelse
FormattedString: parts
FormattedStringExpression: expression format_spec
From: item
FunctionDef: decorators name type_parameters params returns body
GeneratorExp: elt for_in
Global: names
If: test body orelse
IfExp: body test orelse
Import: names
ImportAlias: name asname
ImportFrom: module names
IndentedBlock: body
Index: value
Lambda: params body
LazyImport: names
LazyImportFrom: module names
List: elements
ListComp: elt for_in
Match: subject cases
MatchAs: pattern name
MatchCase: pattern guard body
MatchClass: cls patterns kwds
MatchKeywordElement: key pattern
MatchList: patterns
MatchMapping: elements rest
MatchMappingElement: key pattern
MatchOr: patterns
MatchOrElement: pattern
MatchSequenceElement: value
MatchSingleton: value
MatchStar: name
MatchTuple: patterns
MatchValue: value
Module: body
NameItem: name
NamedExpr: target value
Nonlocal: names
Param: name annotation default
ParamSpec: name default
Parameters: posonly_params params star_arg kwonly_params star_kwarg
Raise: exc cause
Return: value
Set: elements
SetComp: elt for_in
SimpleStatementLine: body
SimpleStatementSuite: body
Slice: lower upper step
StarredDictComp: value for_in
StarredDictElement: value
StarredElement: value
Subscript: value slice
SubscriptElement: slice
TemplatedString: parts
TemplatedStringExpression: expression format_spec
Try: body handlers orelse finalbody
TryStar: body handlers orelse finalbody
Tuple: elements
TypeAlias: name type_parameters value
TypeParam: param default
TypeParameters: params
TypeVar: name bound
UnaryOperation: operator expression
While: test body orelse
With: items body
WithItem: item asname
Yield: value
"""


def _children_by_class() -> Mapping[type[cst.CSTNode], tuple[str, ...]]:
    table: dict[type[cst.CSTNode], tuple[str, ...]] = {}
    for line in _CHILDREN.strip().splitlines():
        name, _, fields = line.partition(":")
        node_class = getattr(cst, name, None)
        if node_class is not None:
            known = node_class.__dataclass_fields__
            table[node_class] = tuple(field for field in reversed(fields.split()) if field in known)
    return MappingProxyType(table)


NODE_WORDS = frozenset({name for name in dir(cst) if name[0].isupper()} | {"AsyncWith", "Capture", "Case"})
"""Words that the normal form of code has for nodes, and that may be names too."""

CHILDREN = _children_by_class()
"""For each node class its child fields, last first: the order in which a stack takes them. A class that is not
listed has no children worth a visit (operators, names, numbers)."""
