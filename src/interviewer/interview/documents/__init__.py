"""The documents a session folder holds, as typed models with published JSON Schemas."""
