"""Reading recordings: what a file holds, its sound and its picture, on one timeline.

Zero of the timeline is the earliest start among the streams that are used: the sound and the
picture keep their places against each other, whichever begins first.
"""

from interviewer.analysis.media.audio import read_audio
from interviewer.analysis.media.fingerprint import sha256_of
from interviewer.analysis.media.frames import FrameReader, sample_frames
from interviewer.analysis.media.growing import GrowingSound
from interviewer.analysis.media.probe import Chapter, MediaInfo, probe

__all__ = [
    "Chapter",
    "FrameReader",
    "GrowingSound",
    "MediaInfo",
    "probe",
    "read_audio",
    "sample_frames",
    "sha256_of",
]
