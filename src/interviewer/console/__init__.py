"""What the command line shows: progress and errors on stderr, tables on stdout."""
