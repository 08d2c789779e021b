"""Does the candidate look at the camera? From head pose and eyes to an answer for each look."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from statistics import median

from interviewer.interview.documents.observations import FaceFrame

EYE_TRAVEL = 25.0
"""Degrees that the eyes turn when their blendshape goes from 0 to 1. With this gain, head and eyes
cancel when somebody turns the head and keeps looking at the camera: on stills of video calls the
sum tells camera from elsewhere without error, the eyes alone little better than chance."""

TOLERANCE_ACROSS = 10.0
"""Degrees to either side of the camera that count as looking at it. Without calibration 17 clips of
people who look at the camera have medians from -4 to +6, and four fifths of their looks lie within
6 of those; people who look at an interviewer beside it have medians from 15 to 20. Webcam gaze
without calibration is known to be off by about 4 degrees."""

TOLERANCE_UP = 10.0
"""Degrees above it: eyes that go up to think go up by 12 and more."""

TOLERANCE_DOWN = 15.0
"""Degrees below it. The lowest of 9 video-call stills to the camera was -13, a look at a phone or
notes is below -18. Onlookers, too, forgive eyes below the camera far more than beside or above it
(Chen 2002, "Leveraging the asymmetric sensitivity of eye contact for videoconference")."""

EYES_CLOSED = 0.45
"""Blink blendshape above which the eyes are shut and point nowhere: stills labelled as closed have
0.55 to 0.70, open ones up to 0.37. Half-closed lids also pull the measured gaze down."""

BLINK_SECONDS = 0.5
"""Lids down for longer are no blink (0.1 to 0.4 s): the person reads, or looks at the desk."""

_USUAL_ACROSS, _USUAL_UP_OR_DOWN = 8.0, 15.0
_FARTHEST_ACROSS, _FARTHEST_UP, _FARTHEST_DOWN = 4.0, 6.0, 4.0
_ENOUGH_LOOKS = 10

Direction = tuple[float, float]


def direction(frame: FaceFrame) -> Direction | None:
    """Where a look goes, against the line from the face to the camera.

    Returns:
        Degrees to the candidate's own left and upwards; None without a face or visible eyes.
    """
    if frame.yaw is None or frame.pitch is None or frame.gaze_x is None or frame.gaze_y is None:
        return None
    return frame.yaw + EYE_TRAVEL * frame.gaze_x, frame.pitch + EYE_TRAVEL * frame.gaze_y


def has_closed_eyes(frame: FaceFrame) -> bool:
    """Whether the lids are down, in a blink or for longer."""
    return frame.eyes_closed is not None and frame.eyes_closed > EYES_CLOSED


def looks_at_camera(frame: FaceFrame, centre: Direction = (0.0, 0.0)) -> bool | None:
    """Whether a single look goes to the camera.

    Args:
        frame: The look.
        centre: Where the camera was found to be, as `estimate_centre` returns it.

    Returns:
        None without a face, without visible eyes, and with closed eyes unless the head is turned
        aside. `looks_in` also knows blinks from lowered eyes.
    """
    found = direction(frame)
    if found is None:
        return None
    across, up = found[0] - centre[0], found[1] - centre[1]
    if abs(across) > TOLERANCE_ACROSS:
        return False
    if has_closed_eyes(frame):
        return None
    return -TOLERANCE_DOWN <= up <= TOLERANCE_UP


def looks_in(
    frames: Sequence[FaceFrame], centre: Direction = (0.0, 0.0)
) -> tuple[bool | None, ...]:
    """The same for a series of looks, in which lids that stay down are a look elsewhere.

    Args:
        frames: In order of time.
        centre: Where the camera was found to be.

    Returns:
        One value for each frame.
    """
    looks: list[bool | None] = []
    for is_closed, group in groupby(frames, key=has_closed_eyes):
        run = list(group)
        if is_closed and run[-1].time - run[0].time >= BLINK_SECONDS:
            looks += [False] * len(run)
        else:
            looks += [looks_at_camera(frame, centre) for frame in run]
    return tuple(looks)


def estimate_centre(frames: Iterable[FaceFrame]) -> Direction:
    """Where the camera is in a recording that nobody calibrated.

    Faces differ: one person's straight look is measured a few degrees off another's. So the median
    look is taken for the camera, but only where at least half of all looks, and ten of them, lie
    within 8 degrees to the side and 15 up or down; and it is never moved by more than 4 degrees
    aside, 6 up and 4 down, which is how far people who do look at the camera were off. Somebody who
    steadily looks at an interviewer beside the camera (15 degrees and more) is thus not taken for
    somebody who looks into it. Somebody who reads from the screen below the camera may be.

    Args:
        frames: All looks of a recording.

    Returns:
        Degrees to the candidate's own left and upwards; (0, 0) where it cannot be told.
    """
    found = [
        look
        for frame in frames
        if not has_closed_eyes(frame) and (look := direction(frame)) is not None
    ]
    usual = [
        look
        for look in found
        if abs(look[0]) <= _USUAL_ACROSS and abs(look[1]) <= _USUAL_UP_OR_DOWN
    ]
    if len(usual) < max(_ENOUGH_LOOKS, len(found) / 2):
        return 0.0, 0.0
    across = median(look[0] for look in usual)
    up = median(look[1] for look in usual)
    return (
        max(-_FARTHEST_ACROSS, min(_FARTHEST_ACROSS, across)),
        max(-_FARTHEST_DOWN, min(_FARTHEST_UP, up)),
    )
