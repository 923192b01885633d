"""How fast it is, beside Postfix, the standard library, notmuch and mu: ``python -m bench``."""
