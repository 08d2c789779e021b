"""The candidate's picture: painted once in layers, then bent and composited per frame."""
