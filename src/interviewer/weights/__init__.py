"""The model registry: which files, where they come from, and whether they are intact.

`assets` says what an entry is, `catalogue` lists the entries, `registry` answers where a model is.
Nothing here loads a model: the other rooms are handed paths.
"""

from interviewer.weights.registry import Weights
from interviewer.weights.status import FileCheck, ModelStatus, Verification, Where

__all__ = ["FileCheck", "ModelStatus", "Verification", "Weights", "Where"]
