"""The question bank: what can be asked, how it is read from YAML, and how a plan is chosen."""
