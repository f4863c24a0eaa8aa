"""What ends a line of source."""

from __future__ import annotations

import re

LINE_END = re.compile(r"\r\n|\r|\n")
"""What ends a physical line of Python."""
