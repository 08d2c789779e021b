"""What a face does at one moment."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FaceState:
    """A moment of the performance; signs as in `FaceFrame`, from the candidate's point of view.

    Attributes:
        yaw: Head turn in degrees, positive to its own left.
        pitch: Head nod in degrees, positive is up.
        roll: Head tilt in degrees, positive to its own left.
        gaze_x: Eyes in the head, -1 to 1, positive to its own left.
        gaze_y: Eyes in the head, -1 to 1, positive is up.
        eyes_open: 0 closed, 1 open as usual.
        smile: 0 to 1.
        mouth: Opening of the mouth, 0 to 1.
        brows: Raised brows, 0 to 1.
        shift_x: Where the head has swayed to, in centimetres to the right of the picture.
        shift_y: The same downwards.
        breath: -1 to 1, how far the shoulders have risen.
    """

    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0
    gaze_x: float = 0.0
    gaze_y: float = 0.0
    eyes_open: float = 1.0
    smile: float = 0.0
    mouth: float = 0.0
    brows: float = 0.0
    shift_x: float = 0.0
    shift_y: float = 0.0
    breath: float = 0.0
