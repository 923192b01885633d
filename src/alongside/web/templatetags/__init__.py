"""Template libraries: ``{% load web %}`` for pages, ``{% load web_forms %}`` for form templates."""
