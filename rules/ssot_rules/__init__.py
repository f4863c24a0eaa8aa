"""The built-in rules."""

from __future__ import annotations

from ssot_lint.rule import Rule
from ssot_rules.alias_proliferation import AliasProliferation
from ssot_rules.ambiguous_name import AmbiguousName
from ssot_rules.async_drift import AsyncDrift
from ssot_rules.await_on_sync import AwaitOnSync
from ssot_rules.broken_import import BrokenImport
from ssot_rules.cached_singleton import CachedSingleton
from ssot_rules.class_singleton import ClassSingleton
from ssot_rules.conflicting_enum import ConflictingEnum
from ssot_rules.constant_drift import ConstantDrift
from ssot_rules.coroutine_never_awaited import CoroutineNeverAwaited
from ssot_rules.deprecated_import import DeprecatedImport
from ssot_rules.divergent_class import DivergentClass
from ssot_rules.divergent_enum import DivergentEnum
from ssot_rules.duplicate_accessor import DuplicateAccessor
from ssot_rules.duplicate_class import DuplicateClass
from ssot_rules.duplicate_enum import DuplicateEnum
from ssot_rules.duplicate_function import DuplicateFunction
from ssot_rules.factory_bypass import FactoryBypass
from ssot_rules.factory_product_drift import FactoryProductDrift
from ssot_rules.fragmented_component import FragmentedComponent
from ssot_rules.growing_registry import GrowingRegistry
from ssot_rules.identity_state_in_singleton import IdentityStateInSingleton
from ssot_rules.import_fallback import ImportFallback
from ssot_rules.import_path_variant import ImportPathVariant
from ssot_rules.incomplete_emitter import IncompleteEmitter
from ssot_rules.lazy_singleton import LazySingleton
from ssot_rules.missing_context_fallback import MissingContextFallback
from ssot_rules.module_singleton import ModuleSingleton
from ssot_rules.multiple_creation_paths import MultipleCreationPaths
from ssot_rules.multiple_factories import MultipleFactories
from ssot_rules.near_duplicate_class import NearDuplicateClass
from ssot_rules.near_duplicate_function import NearDuplicateFunction
from ssot_rules.raw_event_literal import RawEventLiteral
from ssot_rules.related_class import RelatedClass
from ssot_rules.rival_event_definitions import RivalEventDefinitions
from ssot_rules.rival_implementation import RivalImplementation
from ssot_rules.rival_singletons import RivalSingletons
from ssot_rules.scattered_component import ScatteredComponent
from ssot_rules.scattered_responsibility import ScatteredResponsibility
from ssot_rules.shadowed_module import ShadowedModule
from ssot_rules.shared_class_state import SharedClassState
from ssot_rules.shared_constructor_state import SharedConstructorState
from ssot_rules.shared_instance_factory import SharedInstanceFactory
from ssot_rules.silent_redefinition import SilentRedefinition
from ssot_rules.thin_reexport_module import ThinReexportModule
from ssot_rules.two_module_names import TwoModuleNames
from ssot_rules.undeclared_factory import UndeclaredFactory
from ssot_rules.unparsable_file import UnparsableFile
from ssot_rules.unstable_key import UnstableKey
from ssot_rules.unused_configuration import UnusedConfiguration
from ssot_rules.unused_suppression import UnusedSuppression

RULES: tuple[type[Rule], ...] = (
    UnparsableFile,
    UnusedSuppression,
    UnusedConfiguration,
    DuplicateClass,
    NearDuplicateClass,
    RelatedClass,
    DivergentClass,
    FragmentedComponent,
    DuplicateFunction,
    NearDuplicateFunction,
    DuplicateAccessor,
    ConstantDrift,
    DuplicateEnum,
    ConflictingEnum,
    DivergentEnum,
    SilentRedefinition,
    MultipleFactories,
    FactoryBypass,
    SharedInstanceFactory,
    MultipleCreationPaths,
    MissingContextFallback,
    CoroutineNeverAwaited,
    AwaitOnSync,
    AsyncDrift,
    FactoryProductDrift,
    ImportPathVariant,
    AmbiguousName,
    AliasProliferation,
    ShadowedModule,
    TwoModuleNames,
    DeprecatedImport,
    BrokenImport,
    ImportFallback,
    ThinReexportModule,
    ModuleSingleton,
    LazySingleton,
    ClassSingleton,
    CachedSingleton,
    RivalSingletons,
    SharedClassState,
    SharedConstructorState,
    UnstableKey,
    GrowingRegistry,
    IdentityStateInSingleton,
    ScatteredResponsibility,
    ScatteredComponent,
    RawEventLiteral,
    RivalEventDefinitions,
    IncompleteEmitter,
    RivalImplementation,
    UndeclaredFactory,
)
"""One line per rule, by code."""
