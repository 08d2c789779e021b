"""The screens of a live interview in the terminal."""
