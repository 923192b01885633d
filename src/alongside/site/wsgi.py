"""What gunicorn serves. ``alongside web`` has read the configuration before it is imported."""

from __future__ import annotations

from collections.abc import Callable

from django.core.wsgi import get_wsgi_application

from alongside.enforcement.values import Dispatch, Json

from .frame import configuration
from .gateway_parts import refusal_notice

application = get_wsgi_application()


def _told() -> Callable[[str, Json], Dispatch | None]:
    """As the configuration and the register are when somebody refuses a held message."""
    config = configuration()
    if config is None:
        raise RuntimeError("the web app was started without a configuration")
    return refusal_notice(config)


def _hand_over() -> None:
    from alongside.oversight.api import set_refusal_notice

    set_refusal_notice(_told)


_hand_over()
