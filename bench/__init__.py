"""How fast the gateway is, beside a real Postfix: ``python -m bench``."""
