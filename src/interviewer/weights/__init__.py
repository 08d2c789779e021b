"""The model registry: which files, where they come from, and whether they are intact."""
