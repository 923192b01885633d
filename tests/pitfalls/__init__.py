"""The pitfalls of the field, each kept shut by a test that bears its number."""
