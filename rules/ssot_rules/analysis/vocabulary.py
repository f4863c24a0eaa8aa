"""The words of identifiers, and the names of Python and its libraries, that mean something to the rules: each once.

Lists that the engine knows too are built on :mod:`ssot_lint.model.vocabulary`. What the bases and decorators of
classes mean stands in :mod:`ssot_rules.analysis.class_kinds`.
"""

from __future__ import annotations

from ssot_lint.model.facts import SENDING_NONE
from ssot_lint.model.vocabulary import (
    DATA_NOUNS,
    PLAIN_TYPES,
    PREPOSITIONS,
    PROGRAM_FOLDERS,
    SENDING_VERBS,
    SUPERSEDED_WORDS,
)

# --- making objects

CREATION_VERBS = frozenset({"build", "construct", "create", "instantiate", "make", "new", "spawn"})
"""Verbs of functions that promise a new object."""

LOOKUP_VERBS = frozenset({"get", "load", "open"})
"""Verbs of functions that give an object, be it new or not."""

FACTORY_VERBS = CREATION_VERBS | LOOKUP_VERBS | {"init", "initialize", "provide", "setup"}
"""Verbs with which the name of a factory begins."""

FACTORY_NOUNS = frozenset({"builder", "factory"})
"""Words with which the name of a factory ends."""

FACTORY_CLASSES = FACTORY_NOUNS | {"provider"}
"""Words with which the name of a class of factories ends."""

FILLERS = (
    FACTORY_VERBS
    | FACTORY_NOUNS
    | {"a", "an", "async", "default", "instance", "object", "or", "shared", "singleton", "the"}
)
"""Words that may stand beside the class's name in the name of its factory and say nothing of what it builds."""

SPECIAL_CASE_WORDS = PREPOSITIONS | {"if"}
"""Words by which a factory says that it builds a special case."""

SOURCE_WORDS = frozenset({"by", "from", "of", "via"})
"""Words behind which a factory says what it makes the object of."""

REUSE_WORDS = frozenset(
    {"cached", "ensure", "existing", "find", "get", "if", "lazy", "once", "or", "reuse", "shared", "singleton"}
)
"""Words by which a function says that it may return what exists already."""

SHARING_WORDS = frozenset({"cached", "resume", "resumes", "reuse", "reused", "reuses", "shared", "singleton"})
"""Words by which a docstring says so."""

DOUBLE_WORDS = frozenset({"dummy", "fake", "mock", "stub", "test"})
"""Words of names whose bearer takes the place of the real thing in a test."""

DEMO_WORDS = frozenset({"demo", "dummy", "example", "examples", "fake", "faker", "populatedb", "random", "sample"})
"""Words of modules that make up data to show or try something: nobody should build with them."""

REQUEST_WORDS = frozenset({"req", "request"})
"""Words of the parameter for which frameworks hand in the request that they serve."""

COROUTINE_QUESTIONS = ("isawaitable", "iscoroutine")
"""How functions of ``asyncio`` and ``inspect`` begin by which code asks what it was given."""

COROUTINE_WORDS = frozenset({"awaitable", "coro", "coroutine", "fut", "future", "pending", "task"})
"""Words of names that keep a coroutine to be awaited later."""

CONTEXT_PARAMETERS = (
    *("context", "ctx", "execution_context", "request_context", "security_context", "auth_context"),
    *("user", "user_id", "current_user", "user_context", "user_ctx"),
    *("session", "session_id", "session_context", "tenant", "tenant_id", "tenant_context"),
)
"""Parameters that say for whom a function works."""

# --- classes and their editions

EXCEPTION_WORDS = frozenset({"error", "exception", "warning"})
"""Words with which the names of exceptions end."""

UNWORDED_EXCEPTIONS = frozenset(
    {"BaseExceptionGroup", "ExceptionGroup", "GeneratorExit", "KeyboardInterrupt", "StopAsyncIteration"}
    | {"StopIteration", "SystemExit"}
)
"""The built-in exceptions whose names do not end so."""

OTHER_MODELS = frozenset(
    {"gpflow", "gurobipy", "keras", "lmfit", "mesa", "pymc", "statsmodels", "tensorflow", "tf_keras"}
)
"""Libraries whose ``Model`` is what is trained, solved or simulated, and no row of a table."""

BUILT_IN_VALUES = PLAIN_TYPES | {"dict", "list", "set"}
"""The built-in types of plain values."""

VALUE_NOUNS = DATA_NOUNS | (
    {"configuration", "definition", "description", "exception", "info", "key", "metrics", "options", "params"}
    | {"payload", "report", "request", "response", "results", "schema", "settings", "spec", "stats", "summary"}
    | {"type", "warning"}
)
"""Words with which the names of classes of plain data end."""

EDITION_WORDS = SUPERSEDED_WORDS | (
    {"advanced", "canonical", "centralized", "comprehensive", "consolidated", "emergency", "enhanced", "improved"}
    | {"isolated", "master", "migrated", "minimal", "modern", "new", "optimized", "production", "real", "refactored"}
    | {"robust", "smart", "ssot", "standard", "unified"}
)
"""Words by which an attempt to consolidate tells itself apart from what it was to replace. Not among them: words that
name a role beside others (Base, Async, Sync, Generic, Default, Simple, Core, Shared)."""

MEDIUM_WORDS = frozenset(
    {"amqp", "cache", "clickhouse", "database", "db", "ftp", "grpc", "http", "kafka", "ldap", "mongo", "mqtt", "mysql"}
    | {"postgres", "postgresql", "rabbitmq", "redis", "smtp", "sql", "sqlite", "ssh", "tcp", "udp", "web", "websocket"}
)
"""Words by which the name of a class says what it talks to."""

# --- state that is shared

INSTANCE_NAMES = frozenset(
    {"default_instance", "global_instance", "inst", "instance", "shared_instance", "singleton", "singleton_instance"}
    | {"the_instance", "unique_instance"}
)
"""Names, without underscores around, under which a class keeps its only instance."""

SHARED_WORDS = frozenset(
    {"cache", "caches", "global", "instances", "memo", "pool", "pools", "registries", "registry", "shared"}
)
"""Words of names whose bearer is one for all."""

BOOKKEEPING_WORDS = frozenset(
    {"allowed", "count", "counter", "counters", "counts", "lock", "locks", "metric", "metrics", "stat", "statistics"}
    | {"stats"}
)
"""Words of attributes that hold figures, locks or permissions rather than what belongs to somebody."""

ALL_KEEPING_WORDS = frozenset({"backend", "cache", "index", "manager", "registry", "repository", "storage", "store"})
"""Last words of classes whose object is there to keep what belongs to many, each under its key."""

IDENTIFIER_WORDS = frozenset({"id", "ident", "identifier", "key", "pk", "uid", "uuid"})
"""Words with which the names of identifiers end."""

TEXT_IDENTIFIER_WORDS = (IDENTIFIER_WORDS - {"ident"}) | (
    {"digest", "filename", "fname", "hash", "path", "suffix", "token"}
)
"""Words with which the names of texts that identify something end; drivers call the name of a cursor ``ident``."""

UNIQUE_WORDS = frozenset({"monotonic", "now", "randint", "random", "time", "token", "uuid1", "uuid4", "uuid"})
"""Words of functions that give another value each time."""

PERSONAL_OWNERS = frozenset({"session", "tenant", "user"})
"""Those whose data nobody else may see."""

IDENTITY_WORDS = PERSONAL_OWNERS | {"account", "customer", "owner", "principal", "username"}
"""Words of parameters that say who somebody is."""

DEFAULT_IDENTITIES = frozenset({"actor", "customer", "org", "organization", "owner", "principal", "tenant", "user"})
"""Words of functions for whom the program works where nobody is named: ``get_default_user``. Not among them: sessions,
which libraries keep for who does not care, and names to log in with."""

LOGIN_PARAMETERS = frozenset({"host", "hostname", "passwd", "password", "port"})
"""Parameters beside a user who logs in to another system."""

OWNER_WORDS = PERSONAL_OWNERS | ({"client", "conn", "connection", "context", "request", "socket", "token", "websocket"})
"""Those for whom a program works, one after the other: what belongs to one is not for the next."""

LIVE_WORDS = (OWNER_WORDS - {"tenant", "token", "user"}) | (
    {"agent", "buffer", "engine", "process", "queue", "reader", "stream", "task", "thread", "worker", "writer"}
)
"""Words with which the names of things end that hold memory or run as long as somebody keeps them."""

LIGHT_CLASSES = frozenset(
    {"BoundedSemaphore", "Condition", "Decimal", "Event", "Lock", "Path", "RLock", "Semaphore", "UUID"}
)
"""Classes of libraries whose objects are a few bytes and hold nothing else."""

MEMO_WORDS = frozenset({"cache", "cached", "caches", "memo"})
"""Words of mappings that remember what a function has once found."""

STARTERS = frozenset({"connect", "create_task", "ensure_future", "open_connection", "submit"})
"""Functions that give something which runs or is open."""

NAMING_WORDS = IDENTIFIER_WORDS | {"email", "login", "name"}
"""Words behind somebody that say by what he is known."""

SYSTEM_NAMES = frozenset({"admin", "administrator", "superuser", "sysadmin", "system"})
"""Names of those who act for the program itself. Not among them: those of nobody (anonymous, guest)."""

FORM_WORDS = frozenset({"digest", "hash", "hashed", "hex", "lower", "str", "string", "text"})
"""Words behind an identifier that say in which form it is written."""

OWN_LINK_WORDS = frozenset({"database", "db", "http", "sql"})
"""Words of sessions, clients and connections that the program itself opens."""

VOCABULARY_WORDS = frozenset(
    {"count", "counts", "frequencies", "frequency", "ids", "index", "to", "vocab", "vocabulary"}
)
"""Words of containers whose tokens are pieces of text."""

TOKEN_USES = frozenset(
    {"access", "auth", "blacklisted", "csrf", "invalidated", "issued", "refresh", "reset", "revoked", "session", "used"}
)
"""Words that say of tokens that somebody shows them to get in."""

PASSING_WORDS = frozenset({"account", "conversation", "customer", "job", "message", "run", "span", "task", "trace"})
"""Things that come and go while the program runs, and are known by an identifier."""

# --- events

EVENT_TYPE_WORDS = frozenset({"event", "kind", "signal", "topic", "type"})
"""Words of names that hold which event it is."""

EVENT_WORDS = EVENT_TYPE_WORDS | {"message", "msg", "notification"}
"""Words of names that have to do with events."""

EVENT_VERBS = SENDING_VERBS | {"announce", "enqueue", "post", "produce", "push", "report", "stream"}
"""Words of functions that send an event."""

LISTENING_WORDS = frozenset(
    {"connect", "disconnect", "expect", "filter", "handle", "handler", "listen", "listener", "listeners", "off", "on"}
    | {"once", "receiver", "register", "subscribe", "subscription", "unregister", "unsubscribe", "wait"}
)
"""Words of functions that wait for an event, or stop to."""

SETTING_WORDS = frozenset({"attr", "attribute", "column", "conf", "config", "field", "option", "param", "setting"})
"""Words of names that hold the name of an attribute or an option, which may be called like an event."""

NO_EVENT_WORDS = SETTING_WORDS | (
    {"action", "cmd", "command", "key", "path", "permission", "reason", "service", "srv", "url"}
)
"""Words of constants that hold the name of something else than an event."""

LOGGER_WORDS = frozenset({"log", "logger", "logging", "warnings"})
"""Words of what log texts are given to."""

LOG_METHODS = frozenset(
    {"critical", "debug", "error", "exception", "fatal", "info", "log", "print", "trace", "warn", "warning"}
)
"""Functions that take a log text."""

NAME_LOOKUPS = frozenset({"delattr", "get", "getLogger", "getattr", "hasattr", "pop", "setattr", "setdefault"})
"""Functions that take the name of an attribute, of a logger or of an entry."""

# --- settings

OFF_WORDS = frozenset({"", "0", "0.0", "false", "n", "no", "none", "null", "off"})
"""Texts by which a setting is switched off."""

ON_WORDS = frozenset({"1", "1.0", "enabled", "on", "true", "y", "yes"})
"""Texts by which a setting is switched on."""

UNSET_WORDS = frozenset(
    {"", "-", "?", "false", "missing", "n/a", "none", "not set", "not-set", "not_set", "null", "undefined", "unknown"}
    | {"unset"}
)
"""Texts that stand for a setting that nobody has made."""

OVERRIDE_WORDS = frozenset({"exist", "force", "override", "overrides", "overwrite", "replace"})
"""Words of arguments by which a registration says that it takes the place of another."""

SETTINGS_MODULE_WORDS = frozenset(
    {"conf", "config", "configs", "configuration", "constants", "env", "envs", "environ", "environment"}
    | {"setting", "settings"}
)
"""Words of modules that settings are read in for the others."""

WIRING_WORDS = (SETTINGS_MODULE_WORDS - {"configs", "constants", "envs"}) | frozenset(
    {"args", "defaults", "options", "params", "profile"}
)
"""Words of what holds how a program is set up: what a factory takes from there are the arguments, not the object."""

SYSTEM_VARIABLES = frozenset(
    {"APPDATA", "COLUMNS", "EDITOR", "HOME", "HOSTNAME", "LANG", "LC_ALL", "LINES", "LOCALAPPDATA", "LOGNAME", "PAGER"}
    | {"PATH", "PATHEXT", "PWD", "SHELL", "SYSTEMROOT", "TEMP", "TERM", "TMP", "TMPDIR", "USER", "USERNAME", "VISUAL"}
    | {"XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "XDG_STATE_HOME"}
)
"""Variables that the operating system or the terminal sets, not who installs the program."""

# --- modules

ASYNC_WORDS = frozenset({"aio", "asgi", "async", "asynchronous", "asyncio"})
"""Words of modules that hold the asynchronous one of two twins."""

SYNC_WORDS = frozenset({"blocking", "sync", "synchronous", "wsgi"})
"""Words of modules that hold the other one."""

MIGRATION_WORDS = frozenset({"downgrade", "migrate", "migration", "upgrade"})
"""Words of what leads from one version of something to the next."""

LATER_WORDS = frozenset(
    {"accelerated", "accelerator", "cext", "compiled", "custom", "cython", "enterprise", "internal", "local", "native"}
    | {"override", "overrides", "private", "proprietary", "secret", "secrets", "speedups", "version"}
)
"""Words of modules that each installation may have for itself, that only a build makes, or that are not given away."""

TEMPLATE_WORDS = frozenset({"cookiecutter", "template", "templates"})
"""Words of folders and files that somebody is to fill in."""

COMPATIBILITY_WORDS = SUPERSEDED_WORDS | {"backport", "backports", "compatibility", "deprecation", "deprecations"}
"""Words of modules that keep old code working: what they import is old on purpose."""

WARNING_WORDS = frozenset({"deprecate", "deprecated", "deprecation", "warn", "warning"})
"""Words of functions that warn of what they are told to."""

# --- names of Python and its libraries

CONTAINERS = frozenset({"OrderedDict", "defaultdict", "deque", "dict", "list", "set"})
"""Classes of mutable containers that hold what is put in."""

WEAK_CONTAINERS = frozenset({"WeakKeyDictionary", "WeakSet", "WeakValueDictionary"})
"""Classes of containers that let go of what nobody else holds."""

PUTTING_OPERATIONS = frozenset({"setdefault", "setitem"})
"""Operations that put an entry under its key."""

ORDERING_OPERATIONS = frozenset({"reverse", "sort"})
"""Operations that leave a container with what it has."""

USER_STATES = frozenset({"reflex.ComponentState", "reflex.State", "reflex.state.ComponentState", "reflex.state.State"})
"""Bases whose annotated class variables each user's page has for itself (documentation of Reflex, "State")."""

C_STRUCTURES = frozenset(
    {"ctypes.BigEndianStructure", "ctypes.LittleEndianStructure", "ctypes.Structure", "ctypes.Union"}
)
"""Classes whose class variables lay out memory."""

PER_THREAD_BASES = frozenset({"_thread._local", "threading.local"})
"""Classes whose objects have a state for each thread."""

CACHE_DECORATORS = frozenset({"async_lru.alru_cache", "functools.cache", "functools.lru_cache"})
"""Decorators that keep what a function returns."""

DEPRECATION_DECORATORS = frozenset(
    {"deprecated.deprecated", "deprecation.deprecated", "typing_extensions.deprecated", "warnings.deprecated"}
)
"""Decorators that declare deprecated what they decorate."""

ABSTRACT_DECORATORS = frozenset({"abstractmethod", "abstractproperty", "overload"})
"""Decorators of methods that are declared only, by the last part of their names."""

NETWORK_BASES = frozenset({"LightningModule", "ModelMixin", "Module", "PreTrainedModel"})
"""Classes of libraries that parts of neural networks derive from."""

NETWORK_BACKENDS = {
    "flax": "jax",
    "jax": "jax",
    "keras": "keras",
    "mindspore": "mindspore",
    "mxnet": "mxnet",
    "paddle": "paddle",
    "pytorch_lightning": "torch",
    "tensorflow": "keras",
    "tf_keras": "keras",
    "torch": "torch",
}
"""The packages that neural networks are written in, each with the family of those that go together."""

NETWORK_METHODS = frozenset(
    {"_init_weights", "_reset_parameters", "forward", "init_weights", "prepare_inputs_for_generation"}
    | {"reset_parameters"}
)
"""Methods that these libraries ask for in each part."""

ACCESSOR_DECORATORS = frozenset({"deleter", "setter"})
"""Decorators of the further methods of a property."""

PROPERTY_DECORATORS = frozenset({"cached_property", "property"})
"""Decorators that make an attribute of a method."""

CONTEXT_DECORATORS = frozenset({"asynccontextmanager", "contextmanager"})
"""Decorators of functions that give what they yield, for the time of a ``with``."""

HTTP_METHODS = frozenset({"delete", "get", "head", "options", "patch", "post", "put", "trace"})
"""The methods of HTTP, as the methods of an application that register handlers are called (RFC 9110, RFC 5789)."""

FRAMEWORK_DECORATORS = (
    frozenset({"api_view", "command", "errorhandler", "expose", "fixture", "route", "task", "tool", "websocket"})
    | HTTP_METHODS
) - {"trace"}
"""Decorators of functions that a framework calls: to answer a request, to run a command, to set up a test. Most that
are called ``trace`` log the calls of a function."""

ROUTE_DECORATORS = (HTTP_METHODS | {"api_route", "route", "websocket"}) - {"patch", "trace"}
"""Last parts of decorators by which a function answers requests. ``mock.patch`` and ``tracer.trace`` do something
else."""

SETTLED_DECORATORS = frozenset({"classmethod", "final", "override", "staticmethod"})
"""Decorators by which a call of the function does what its definition says, by the last part of their names."""

SETTLED_CLASS_DECORATORS = frozenset({"final", "runtime_checkable", "total_ordering"})
"""Decorators that give the class that they decorate, by the last part of their names."""

PLAIN_METACLASSES = frozenset({"ABCMeta", "EnumMeta", "EnumType", "type"})
"""Metaclasses of the standard library, whose classes make their own instances."""

HOOK_FUNCTIONS = frozenset(
    {"build_parser", "configure", "create_parser", "downgrade", "get_parser", "get_prefix", "handle", "handler"}
    | {"init_app", "load_ipython_extension", "load_tests", "main", "make_parser", "register"}
    | {"run", "setup", "setup_module", "teardown", "unload_ipython_extension", "unregister", "upgrade"}
    | {"__dir__", "__getattr__"}
)
"""Functions that a framework, a loader or a convention asks each module for."""

SERVER_HOOKS = frozenset(
    {"child_exit", "nworkers_changed", "on_exit", "on_reload", "on_starting", "post_fork", "post_request"}
    | {"post_worker_init", "pre_exec", "pre_fork", "pre_request", "ssl_context", "when_ready", "worker_abort"}
    | {"worker_exit", "worker_int"}
)
"""Functions that gunicorn looks for in a configuration file (its documentation, "Server Hooks")."""

SERVER_FILE_WORDS = frozenset({"conf", "config", "gunicorn"})
"""Words in the names of such files."""

ENTRY_NAMES = HOOK_FUNCTIONS | {"app", "parse_args"}
"""Names that many modules define because those who run them ask for them: none of them stands for another."""

HOOK_PREFIXES = ("pytest_",)
"""With what the names of further ones begin."""

TYPING_ALIASES = frozenset({"Dict", "FrozenSet", "List", "Set", "Tuple", "Type"})
"""What :mod:`typing` calls built-in types, whose names are the same in lower case."""

TYPING_MODULES = frozenset({"typing", "typing_extensions"})
"""The modules that define the names of the typing system."""

UNTOLD_TYPES = frozenset({"", "Any", "object"})
"""Annotations, by the last part of their names, that do not tell what something is."""

SAME_CALL_DECORATORS = frozenset(
    {"cache", "compile", "enable_grad", "inference_mode", "jit", "lru_cache", "njit", "no_grad", "script", "wraps"}
)
"""Decorators after which a function is called as it is written, those of compilers among them."""

FORGETFUL_DECORATORS = (ABSTRACT_DECORATORS - {"overload"}) | (
    PROPERTY_DECORATORS
    | SAME_CALL_DECORATORS
    | {"asynccontextmanager", "classmethod", "contextmanager", "final", "override", "staticmethod", "total_ordering"}
    | {"fixture", "override_settings", "patch", "retry", "runtime_checkable", "skip", "skipIf", "skipUnless"}
    | {"autotune", "guvectorize", "script_if_tracing", "vectorize"}
)
"""Decorators that leave nothing behind but the decorated name, those of compilers among them. Any other may keep what
it decorates: a route, a registry, a property that the next definition extends."""

TEST_DECORATORS = ("pytest.mark.", "mock.patch.", "patch.", "unittest.mock.patch.")
"""With what the dotted names of decorators begin that mark tests, and keep nothing either."""

CONSTRUCTORS = frozenset({"__init__", "__init_subclass__", "__new__", "__post_init__", "__set_name__", "__setstate__"})
"""Special methods that run while an object or a class is made."""

SKIPPING_DECORATORS = frozenset({"pytest.mark.skip", "skip", "unittest.skip"})
"""Decorators of tests that are never run."""

SKIPPING_CALLS = frozenset({"SkipTest", "pytest.skip", "unittest.SkipTest"})
"""What ends a test module before the rest of it runs."""

CONFIGURING_VERBS = frozenset({"add", "configure", "define", "include", "set"})
"""Verbs of methods by which an object is made ready for what it is for."""

PER_MODULE_WORDS = frozenset({"blueprint", "logger", "parser", "router", "typer"})
"""Words of classes of which each module has an object of its own, that something puts together or tells apart."""

SET_UP_METHODS = frozenset({"asyncSetUp", "setUp", "setup_method"})
"""Methods that test runners call before each test."""

OWN_IDENTITY_METHODS = frozenset(
    {"__copy__", "__deepcopy__", "__eq__", "__format__", "__hash__", "__reduce__", "__reduce_ex__", "__repr__"}
    | {"__str__"}
)
"""Special methods that may well tell the address of their object."""

SHARING_ANNOTATIONS = frozenset({"ClassVar", "Final"})
"""Annotations of class variables that are meant to be one for all instances."""

AWAITABLE_BASES = frozenset({"Awaitable", "Coroutine", "Future", "Task"})
"""Classes whose objects can be awaited, under the names of modules whose other classes are generic."""

COROUTINE_ATTRIBUTES = frozenset({"close", "cr_await", "cr_code", "cr_frame", "cr_running", "throw", SENDING_NONE})
"""What a coroutine itself offers, beside special names; with anything but None its ``send`` is that of something
else."""

HELPER_WORDS = frozenset(
    {"base", "common", "helper", "helpers", "lib", "misc", "mixins", "shared", "support", "util", "utilities", "utils"}
)
"""Words of modules that hold what the modules around them share."""

CLASS_MODULE_WORDS = frozenset({"models", "schema", "schemas", "type", "types"})
"""Words of modules that hold classes that the modules around them share; ``model`` is one thing, a network mostly."""

SORT_WORDS = frozenset({"enum", "enums", "errors", "exceptions", "schemas", "types"})
"""Words of packages that hold the classes of one sort for what is beside them."""

SPECIAL_MODULE_WORDS = SETTINGS_MODULE_WORDS | frozenset(
    {
        "app",
        "celery",
        "cli",
        "const",
        "constants",
        "errors",
        "exceptions",
        "globals",
        "i18n",
        "log",
        "logger",
        "logging",
    }
    | {"logs", "main", "registry", "translation", "urls", "version"}
)
"""Words of modules that hold one sort of thing: what else two modules share is out of place there."""

LOADED_FOLDERS = frozenset({"commands", "config", "configs", "jobs", "migrations", "tasks", "versions"})
"""Folders whose files a framework loads by their names or paths, besides those of plug-ins."""

BROKEN_WORDS = frozenset({"broken", "invalid", "malformed", "nonexistent", "syntaxerror"})
"""Words of files and folders of which it is what they are for that they cannot be loaded."""

ADAPTER_FOLDERS = frozenset(
    {"adapter", "adapters", "connector", "connectors", "driver", "drivers", "integration", "integrations"}
    | {"provider", "providers"}
)
"""Words of folders whose parts each speak the language of another system."""

PLUGIN_FOLDERS = frozenset({"addon", "addons", "ext", "extensions", "plugin", "plugins"})
"""Words of folders that a program searches for plug-ins: what lies there is taken for one."""

ADDED_FOLDERS = PLUGIN_FOLDERS | {"cloud", "ee", "enterprise", "hooks", "premium", "private"}
"""Words of folders for what others add to a program, or another edition of it has."""

PATH_CHANGES = frozenset({"site.addsitedir", "sys.path.append", "sys.path.insert"})
"""Calls by which a program adds a folder that module names count from."""

MODULE_LOADERS = ("__import__", "import_module", "module_from_spec")
"""Functions of the standard library that load a module whose name is computed."""

FILE_LOADERS = ("SourceFileLoader", "load_source", "run_path", "spec_from_file_location")
"""Functions and classes of the standard library that load a file by its path, whatever its name."""

SELF_LOOKUPS = frozenset({"__subclasses__", "getmembers", "globals", "vars"})
"""What a module reaches all that it defines by, without a name."""

REGISTERING_NAMES = frozenset({"__init_subclass__", "__subclasses__", "metaclass"})
"""What a base class keeps or finds its heirs by."""

STARTED_MODULES = frozenset(
    {"__main__", "admin", "app", "apps", "asgi", "cli", "conf", "conftest", "main", "manage", "models", "plugin"}
    | {"receivers", "routes", "settings", "setup", "signals", "tasks", "urls", "views", "wsgi"}
)
"""Modules that a framework or a program loads by their name."""

STARTED_NAMES = frozenset({"app", "application", "cli", "handler", "lambda_handler", "main", "plugin"})
"""Names in a module that say that it is started, or loaded, from outside."""

SPECIMEN_WORDS = frozenset(
    word for word in PROGRAM_FOLDERS if not word.startswith(("benchmark", "dev", "doc", "evaluation"))
) | {"cookiecutter", "examples", "snippets"}
"""Words of folders and files that show readers how something is done: each stands for itself."""
