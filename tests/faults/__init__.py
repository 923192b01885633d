"""What may go wrong around the gateway, one thing after another: nothing uncopied, nothing lost."""
