"""Devices and voices: what goes out to the person and what comes in."""
