"""The built-in rules."""

from __future__ import annotations

from ssot_lint.rules.rule import Rule
from ssot_rules.components.bypassed_source import BypassedSource
from ssot_rules.components.component_inventory import ComponentInventory
from ssot_rules.components.incomplete_emitter import IncompleteEmitter
from ssot_rules.components.raw_event_literal import RawEventLiteral
from ssot_rules.components.rival_event_definitions import RivalEventDefinitions
from ssot_rules.components.rival_implementation import RivalImplementation
from ssot_rules.components.scattered_component import ScatteredComponent
from ssot_rules.components.scattered_responsibility import ScatteredResponsibility
from ssot_rules.components.undeclared_factory import UndeclaredFactory
from ssot_rules.definitions.conflicting_enum import ConflictingEnum
from ssot_rules.definitions.constant_drift import ConstantDrift
from ssot_rules.definitions.copied_module import CopiedModule
from ssot_rules.definitions.divergent_class import DivergentClass
from ssot_rules.definitions.divergent_enum import DivergentEnum
from ssot_rules.definitions.drifted_mirror import DriftedMirror
from ssot_rules.definitions.duplicate_accessor import DuplicateAccessor
from ssot_rules.definitions.duplicate_class import DuplicateClass
from ssot_rules.definitions.duplicate_constant import DuplicateConstant
from ssot_rules.definitions.duplicate_enum import DuplicateEnum
from ssot_rules.definitions.duplicate_function import DuplicateFunction
from ssot_rules.definitions.duplicate_method import DuplicateMethod
from ssot_rules.definitions.fragmented_component import FragmentedComponent
from ssot_rules.definitions.near_duplicate_class import NearDuplicateClass
from ssot_rules.definitions.near_duplicate_function import NearDuplicateFunction
from ssot_rules.definitions.related_class import RelatedClass
from ssot_rules.definitions.renamed_class import RenamedClass
from ssot_rules.definitions.renamed_copy import RenamedCopy
from ssot_rules.definitions.silent_redefinition import SilentRedefinition
from ssot_rules.factories.async_drift import AsyncDrift
from ssot_rules.factories.await_on_sync import AwaitOnSync
from ssot_rules.factories.coroutine_never_awaited import CoroutineNeverAwaited
from ssot_rules.factories.factory_bypass import FactoryBypass
from ssot_rules.factories.factory_product_drift import FactoryProductDrift
from ssot_rules.factories.missing_context_fallback import MissingContextFallback
from ssot_rules.factories.multiple_creation_paths import MultipleCreationPaths
from ssot_rules.factories.multiple_factories import MultipleFactories
from ssot_rules.factories.shared_instance_factory import SharedInstanceFactory
from ssot_rules.imports.alias_proliferation import AliasProliferation
from ssot_rules.imports.ambiguous_name import AmbiguousName
from ssot_rules.imports.broken_import import BrokenImport
from ssot_rules.imports.declared_path_variants import DeclaredPathVariants
from ssot_rules.imports.deprecated_import import DeprecatedImport
from ssot_rules.imports.import_fallback import ImportFallback
from ssot_rules.imports.import_path_variant import ImportPathVariant
from ssot_rules.imports.shadowed_module import ShadowedModule
from ssot_rules.imports.thin_reexport_module import ThinReexportModule
from ssot_rules.imports.two_module_names import TwoModuleNames
from ssot_rules.scan.unparsable_file import UnparsableFile
from ssot_rules.scan.unused_configuration import UnusedConfiguration
from ssot_rules.scan.unused_suppression import UnusedSuppression
from ssot_rules.settings.rival_registration import RivalRegistration
from ssot_rules.settings.rival_route import RivalRoute
from ssot_rules.settings.rival_table import RivalTable
from ssot_rules.settings.scattered_setting import ScatteredSetting
from ssot_rules.settings.setting_drift import SettingDrift
from ssot_rules.state.cached_singleton import CachedSingleton
from ssot_rules.state.class_singleton import ClassSingleton
from ssot_rules.state.growing_registry import GrowingRegistry
from ssot_rules.state.identity_state_in_singleton import IdentityStateInSingleton
from ssot_rules.state.lazy_singleton import LazySingleton
from ssot_rules.state.module_singleton import ModuleSingleton
from ssot_rules.state.rival_singletons import RivalSingletons
from ssot_rules.state.shared_class_state import SharedClassState
from ssot_rules.state.shared_constructor_state import SharedConstructorState
from ssot_rules.state.stale_binding import StaleBinding
from ssot_rules.state.unstable_key import UnstableKey

RULES: tuple[type[Rule], ...] = (
    UnparsableFile,
    UnusedSuppression,
    UnusedConfiguration,
    DuplicateClass,
    NearDuplicateClass,
    RelatedClass,
    DivergentClass,
    RenamedClass,
    CopiedModule,
    FragmentedComponent,
    DuplicateFunction,
    NearDuplicateFunction,
    DuplicateAccessor,
    RenamedCopy,
    DuplicateMethod,
    ConstantDrift,
    DuplicateConstant,
    DuplicateEnum,
    ConflictingEnum,
    DivergentEnum,
    SilentRedefinition,
    DriftedMirror,
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
    DeclaredPathVariants,
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
    StaleBinding,
    ScatteredResponsibility,
    ScatteredComponent,
    RawEventLiteral,
    RivalEventDefinitions,
    IncompleteEmitter,
    RivalImplementation,
    UndeclaredFactory,
    BypassedSource,
    ComponentInventory,
    SettingDrift,
    ScatteredSetting,
    RivalRoute,
    RivalTable,
    RivalRegistration,
)
"""One line per rule, by code."""
