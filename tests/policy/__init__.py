"""The decision point: its check, its laws, its files, and how it is built."""
