"""What waits for the encoder: all of the sound, and no more pictures than memory allows."""

import threading
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Sound:
    """The next samples, of shape (samples,), full scale from -1 to 1."""

    samples: "NDArray[np.float32]"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of shape (height, width, 3), and its time on the recording in seconds."""

    frame: "NDArray[np.uint8]"
    at: float


class Intake:
    """A queue between the devices and the encoder: pictures are dropped, sound waits for room.

    Args:
        most_samples: So much sound may wait; beyond it whoever brings more is held up.
        most_pictures: So many pictures may wait; what comes beyond is dropped.

    Attributes:
        waits: How often sound was held up.
    """

    def __init__(self, most_samples: int, most_pictures: int) -> None:
        self.waits = 0
        self._most_samples = most_samples
        self._most_pictures = most_pictures
        self._items: deque[Sound | Picture] = deque()
        self._samples = 0
        self._pictures = 0
        self._closed = False
        self._changed = threading.Condition()

    @property
    def pictures(self) -> int:
        """Pictures that wait."""
        return self._pictures

    def add_sound(self, sound: Sound) -> bool:
        """Queue sound, waiting for room; False where nothing is taken any more."""
        with self._changed:
            if self._samples >= self._most_samples and not self._closed:
                self.waits += 1
                self._changed.wait_for(lambda: self._samples < self._most_samples or self._closed)
            if self._closed:
                return False
            self._items.append(sound)
            self._samples += len(sound.samples)
            self._changed.notify_all()
            return True

    def add_picture(self, picture: Picture) -> bool:
        """Queue a picture; False where it was dropped."""
        with self._changed:
            if self._closed or self._pictures >= self._most_pictures:
                return False
            self._items.append(picture)
            self._pictures += 1
            self._changed.notify_all()
            return True

    def take(self) -> Sound | Picture | None:
        """The next item, waiting for it; None when the queue is closed and empty."""
        with self._changed:
            self._changed.wait_for(lambda: self._items or self._closed)
            if not self._items:
                return None
            item = self._items.popleft()
            if isinstance(item, Sound):
                self._samples -= len(item.samples)
            else:
                self._pictures -= 1
            self._changed.notify_all()
            return item

    def close(self) -> None:
        """Take nothing more; what waits can still be taken."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def abandon(self) -> None:
        """Take nothing more, and forget what waits."""
        with self._changed:
            self._items.clear()
            self._samples = self._pictures = 0
            self._closed = True
            self._changed.notify_all()
