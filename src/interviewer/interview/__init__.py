"""The interview itself: what is asked and answered, its timeline, and the documents. Pure."""
