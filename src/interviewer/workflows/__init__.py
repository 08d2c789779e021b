"""The use cases, and the only place where real parts are wired together."""
