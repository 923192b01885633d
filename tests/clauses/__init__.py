"""The clauses in cases. Folder: the policy; file: a section; test: a paragraph of the manual."""
