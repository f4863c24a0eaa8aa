"""How fast ssot-lint is: ``python -m benchmarks.run --help``; how well its baseline holds: ``benchmarks.replay``."""
