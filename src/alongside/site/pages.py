"""The web app's processes: gunicorn with threads, told everything in code."""

from __future__ import annotations

from typing import Any

from gunicorn.app.base import BaseApplication

from .config import Config

_PROCESSES, _THREADS = 2, 4
_LONGEST = 60
"""Seconds that one page may take before its process is started anew."""


class _Pages(BaseApplication):  # type: ignore[misc]
    def __init__(self, listen: str) -> None:
        self._listen = listen
        super().__init__()

    def load_config(self) -> None:
        for key, value in {
            "bind": self._listen,
            "workers": _PROCESSES,
            "threads": _THREADS,
            "timeout": _LONGEST,
            "worker_class": "gthread",
            "proc_name": "alongside-web",
            "when_ready": _ready,
            "loglevel": "warning",
            "forwarded_allow_ips": "127.0.0.1,::1",
            "control_socket_disable": True,
        }.items():
            self.cfg.set(key, value)

    def load(self) -> Any:
        from .wsgi import application

        return application


def serve(config: Config) -> None:
    """Until SIGTERM."""
    _Pages(config.web.listen).run()


def _ready(arbiter: Any) -> None:
    """The line that the supervisor waits for."""
    print(f"ready http://{arbiter.cfg.settings['bind'].get()[0]}", flush=True)  # noqa: T201
