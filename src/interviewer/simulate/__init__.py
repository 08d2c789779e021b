"""The drawn and spoken candidate, whose every word and glance is known."""
