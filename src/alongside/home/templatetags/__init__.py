"""Template libraries of the home pages."""
