"""Django's settings, derived from the one configuration file (``site.config``)."""

from __future__ import annotations

import os
from pathlib import Path

SECRET_KEY = "only-the-web-app-needs-one"
DEBUG = False
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en-gb"
INSTALLED_APPS = ["alongside.records", "alongside.people"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.environ.get("ALONGSIDE_DATABASE_FILE", str(Path("var") / "alongside.db")),
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
            "PRAGMA foreign_keys=ON;",
        },
    }
}
