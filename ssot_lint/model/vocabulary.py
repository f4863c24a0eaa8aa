"""The words of paths and identifiers that mean something to the engine, each list once; rule packs build theirs on
these."""

from __future__ import annotations

from collections.abc import Mapping

# --- what code is for

TEST_FOLDERS = frozenset(
    {"test", "tests", "testing", "test_framework", "e2e", "e2e_tests", "unit_tests", "integration_tests"}
    | {"functional_tests", "acceptance_tests", "system_tests", "regression_tests", "smoke_tests", "load_tests"}
    | {"performance_tests", "contract_tests", "load_test", "loadtest", "loadtests"}
)
"""Folders of test code."""

TEST_STEMS = frozenset({"conftest", "tests"})
"""Files of test code, without suffix, beside those with ``test`` before or after an underscore."""

BACKUP_WORDS = frozenset({"archive", "archived", "archives", "backup", "backups", "bak", "old"})
"""Folders of code that is kept and not used; in other names they say as much of their bearer."""

SCRIPT_FOLDERS = frozenset({"db_migrations", "migrations", "scripts"})
"""Folders of code that is run by hand, or once."""

READING_FOLDERS = frozenset({"code_examples", "docs", "examples", "versioned_docs"})
"""Folders of programs and pages to read; code only where production code imports it."""

PROGRAM_FOLDERS = frozenset(
    {"benchmark", "benchmarks", "cookbook", "cookbooks", "demo", "demos", "doc", "documentation", "evaluation"}
    | {"dev_scripts", "dev_tools", "dev_utils", "evaluations", "example", "playground", "playgrounds", "quickstart"}
    | {"quickstarts", "sample", "samples", "sandbox", "sandboxes", "tutorial", "tutorials"}
)
"""Folders of programs to read or to measure with; the same words name parts of products."""

CONTRIBUTED_FOLDERS = frozenset({"contrib"})
"""Folders of what others gave, which nobody keeps up to date; in a package, or released by itself, part of it."""

VENDORED_FOLDERS = frozenset(
    {"3rd_party", "3rdparty", "external_deps", "third_party", "third_party_deps", "thirdparty", "vendored"}
)
"""Folders of copies of other projects."""

SOURCE_FOLDERS = frozenset({"src", "lib", "python", "source"})
"""Folders that hold the packages of a distribution, and name none themselves."""

VENDORED_FILES = frozenset(
    {"bootstrap-buildout.py", "distribute_setup.py", "ez_setup.py", "get-pip.py", "versioneer.py"}
)
"""Files that other projects tell to copy, by their manuals."""

VENDORED_NAMES = frozenset({"_vendor", "_vendored", "_vendors"})
"""The same, where the underscore counts."""

FOREIGN_FOLDERS = frozenset({"extern", "external", "externals", "vendor", "vendors"})
"""Folders of copies of other projects, or of a product's own code about vendors and external systems."""

SPECIMEN_FOLDERS = frozenset({"ansible_collections", "specimens", "test_data", "testdata"})
"""Folders of what the tests of linters and loaders read."""

SCAFFOLD_FOLDERS = frozenset(
    {"app_template", "app_templates", "cookiecutters", "project_template", "project_templates", "template_files"}
)
"""Folders of what a generator copies into new projects."""

TEMPLATE_FOLDERS = frozenset({"template", "templates"})
"""Folders of what somebody is to fill in, or of what a product fills in."""

SAMPLE_WORDS = frozenset({"example", "sample"})
"""Words of files that users copy to begin with."""

GENERATED_SUFFIXES = ("_pb2", "_pb2_grpc")
"""Of the module names that the protocol buffer compiler gives."""

SUPERSEDED_WORDS = frozenset({"compat", "deprecated", "legacy", "obsolete", "old"})
"""Words that say of their bearer that something has taken its place."""

RETIRED_WORDS = BACKUP_WORDS | SUPERSEDED_WORDS | {"deprecation"}
"""Words of names and paths whose bearer is on the way out: it is the home of nothing."""

UNSTABLE_WORDS = frozenset({"experimental", "incubator", "unstable"})
"""Words of names and paths whose bearer may change any day: what is stable does not depend on it. A sandbox is none:
more often than code to try, it is where programs run, and what the product is about."""

# --- what methods do

ADDITIONS = frozenset({"add", "append", "appendleft", "setdefault", "setitem"})
"""Operations that put one entry into a container, told by its key or itself."""

REMOVALS = frozenset(
    {"clear", "delitem", "difference_update", "discard", "intersection_update", "pop", "popitem", "popleft", "remove"}
)
"""Operations that make a container smaller."""

MUTATORS = ((ADDITIONS | REMOVALS) - {"delitem", "setitem"}) | (
    {"extend", "extendleft", "insert", "move_to_end", "put", "put_nowait", "register", "reverse", "sort", "update"}
)
"""Methods that change the container they are called on."""

ADDING_VERBS = frozenset(
    {"acquire", "add", "append", "attach", "bind", "connect", "create", "enqueue", "enroll", "enter", "insert"}
    | {"install", "join", "link", "mount", "open", "push", "register", "subscribe", "track"}
)
"""Verbs of methods after which there is one thing more to look after."""

REMOVING_VERBS = frozenset(
    {"cleanup", "clear", "close", "delete", "dequeue", "deregister", "detach", "discard", "disconnect", "drop"}
    | {"evict", "expire", "forget", "leave", "pop", "purge", "release", "remove", "unbind", "uninstall", "unlink"}
    | {"unmount", "unregister", "unsubscribe", "untrack"}
)
"""Verbs of methods after which there is one thing less to look after."""

READING_VERBS = frozenset(
    {"count", "fetch", "find", "get", "has", "iter", "list", "load", "lookup", "query", "read", "resolve"}
    | {"retrieve", "search", "select"}
)
"""Verbs of methods that tell what is there."""

CHANGING_VERBS = frozenset(
    {"change", "edit", "modify", "patch", "put", "rename", "replace", "save", "set", "store", "update", "upsert"}
    | {"write"}
)
"""Verbs of methods that change what is there."""

SENDING_VERBS = frozenset(
    {"broadcast", "deliver", "dispatch", "emit", "fire", "forward", "notify", "publish", "send", "signal"} | {"trigger"}
)
"""Verbs of methods that tell others."""

STARTING_VERBS = frozenset({"begin", "boot", "launch", "resume", "run", "spawn", "start"})
"""Verbs of methods that set something going."""

STOPPING_VERBS = frozenset({"cancel", "end", "halt", "kill", "pause", "shutdown", "stop", "terminate"})
"""Verbs of methods that bring something to an end."""

ROLE_VERBS: Mapping[str, frozenset[str]] = {
    "add": ADDING_VERBS,
    "remove": REMOVING_VERBS,
    "get": READING_VERBS,
    "change": CHANGING_VERBS,
    "send": SENDING_VERBS,
    "start": STARTING_VERBS,
    "stop": STOPPING_VERBS,
}
"""The roles, each with its verbs: what one does to the things that a class looks after. A closed list."""

# --- what makes what

LOGGER_MAKERS = frozenset({"getLogger", "get_logger"})
"""Functions that give a logger: which one it is means nothing to what a function does."""

PLAIN_TYPES = frozenset({"bool", "bytes", "complex", "float", "frozenset", "int", "str", "tuple"})
"""Built-in types whose values never change."""

VALUE_MAKERS = (
    PLAIN_TYPES
    | {"range"}
    | {"datetime.date", "datetime.datetime", "datetime.time", "datetime.timedelta", "datetime.timezone"}
    | {"decimal.Decimal", "fractions.Fraction", "ipaddress.ip_address", "ipaddress.ip_network"}
    | {"operator.attrgetter", "operator.itemgetter", "operator.methodcaller", "os.environ.get", "os.getenv"}
    | {"os.path.join", "pathlib.Path", "pathlib.PurePath", "pathlib.PurePosixPath", "pathlib.PureWindowsPath"}
    | {"re.compile", "regex.compile", "string.Template", "struct.Struct", "textwrap.dedent"}
    | {"typing.NewType", "typing.ParamSpec", "typing.TypeVar", "typing_extensions.ParamSpec"}
    | {"typing_extensions.TypeVar", "uuid.UUID", "zoneinfo.ZoneInfo"}
)
"""Builtins, and functions and classes of libraries, that give what never changes, and the same for the same
arguments."""

# --- what names are about

MODULE_NAMES = frozenset({"__file__", "__name__", "__package__", "__path__", "__spec__"})
"""Names that mean another thing in each module without being bound there."""

ALL_LOCAL_NAMES = "locals"
"""The function that gives all names of the one that calls it, with their values."""

KEEPER_NOUNS = frozenset(
    {"adapter", "bridge", "broker", "controller", "coordinator", "directory", "dispatcher", "gateway", "handler", "hub"}
    | {"keeper", "manager", "monitor", "notifier", "orchestrator", "pool", "provider", "registry", "repository"}
    | {"router", "server", "service", "store", "supervisor", "tracker"}
)
"""Words in the name of a class that looks after things for others. A room has members too, but each room its own."""

DATA_NOUNS = frozenset(
    {"config", "data", "entry", "error", "event", "item", "message", "metric", "record", "result", "state", "status"}
)
"""Nouns for plain data, which everybody has some of."""

COMMON_NOUNS = DATA_NOUNS | (
    {"argument", "attribute", "buffer", "cache", "child", "element", "field", "file", "flag", "future", "history"}
    | {"line", "lock", "log", "node", "object", "option", "parameter", "path", "pending", "property", "queue"}
    | {"setting", "stack", "stat", "task", "timer", "total", "value"}
    # Whoever is observed has observers of his own.
    | {"callback", "handler", "hook", "listener", "observer", "receiver", "subscriber", "subscription", "watcher"}
)
"""What everybody keeps for himself: nobody is responsible for all of it."""

PREPOSITIONS = frozenset({"as", "by", "for", "from", "in", "of", "on", "per", "to", "via", "with"})
"""Words behind which a name says how, for whom or of what: not the thing itself."""

KEPT_AS_WORDS = frozenset(
    {"async", "dict", "id", "ids", "info", "key", "keys", "list", "map", "mapping", "name", "set", "sync"}
)
"""Words behind a noun that say how it is kept."""

OWNER_PATHS = ("user_id", "owner_id", "tenant_id", "session_id", "user_context.user_id", "context.user_id")
"""Where an instance may say whom it belongs to: arguments and attribute paths."""
