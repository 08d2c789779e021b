"""The index over session folders: SQLite, and nothing that the folders could not restore."""
