"""ssot-lint: finds single-source-of-truth violations in Python codebases."""

__version__ = "0.1.0"
