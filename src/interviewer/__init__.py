"""A mock-interview coach for the terminal: measured, explained, private."""

__version__ = "0.1.0"
