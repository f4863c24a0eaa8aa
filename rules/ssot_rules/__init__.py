"""The built-in rules."""

from __future__ import annotations

from ssot_lint.rule import Rule
from ssot_rules.alias_proliferation import AliasProliferation
from ssot_rules.ambiguous_name import AmbiguousName
from ssot_rules.broken_import import BrokenImport
from ssot_rules.cached_singleton import CachedSingleton
from ssot_rules.class_singleton import ClassSingleton
from ssot_rules.divergent_class import DivergentClass
from ssot_rules.duplicate_class import DuplicateClass
from ssot_rules.factory_bypass import FactoryBypass
from ssot_rules.import_path_variant import ImportPathVariant
from ssot_rules.lazy_singleton import LazySingleton
from ssot_rules.module_singleton import ModuleSingleton
from ssot_rules.multiple_factories import MultipleFactories
from ssot_rules.near_duplicate_class import NearDuplicateClass
from ssot_rules.related_class import RelatedClass
from ssot_rules.rival_singletons import RivalSingletons
from ssot_rules.shadowed_module import ShadowedModule
from ssot_rules.two_module_names import TwoModuleNames
from ssot_rules.unparsable_file import UnparsableFile

RULES: tuple[type[Rule], ...] = (
    UnparsableFile,
    DuplicateClass,
    NearDuplicateClass,
    RelatedClass,
    DivergentClass,
    MultipleFactories,
    FactoryBypass,
    ImportPathVariant,
    AmbiguousName,
    AliasProliferation,
    ShadowedModule,
    TwoModuleNames,
    BrokenImport,
    ModuleSingleton,
    LazySingleton,
    ClassSingleton,
    CachedSingleton,
    RivalSingletons,
)
"""One line per rule, by code."""
