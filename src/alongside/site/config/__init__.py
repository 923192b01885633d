"""The one configuration file: read, checked, and handed out frozen.

``load()`` is the door. A wrong key or value is a ``ConfigError`` that names file, line, key, what
is wrong and how to mend it.
"""

from __future__ import annotations

from .errors import ConfigError, Problem
from .load import DEFAULT_FILE, ENVIRONMENT_FILE, find_file, load
from .schema import Config

__all__ = [
    "DEFAULT_FILE",
    "ENVIRONMENT_FILE",
    "Config",
    "ConfigError",
    "Problem",
    "find_file",
    "load",
]
