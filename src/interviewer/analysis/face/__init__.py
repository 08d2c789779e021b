"""Looking at the face: how it is turned, where the eyes go, whether it smiles."""

from interviewer.analysis.face.observer import FaceObserver, observe_faces

__all__ = ["FaceObserver", "observe_faces"]
