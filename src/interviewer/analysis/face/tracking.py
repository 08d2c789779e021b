"""Which of several faces is the candidate's, the same one from look to look. Pure."""

Box = tuple[float, float, float, float]

# A face that shares this much of its area with one of the last look is the same person; heads move
# by less than half their width in the 0.2 s between looks.
_SAME = 0.2

# A face so much larger than the one followed so far takes over: that was a passer-by or a poster.
_MUCH_LARGER = 2.0

# Seconds for which the followed face may be out of sight before another one takes its place.
_PATIENCE = 2.0


class MainFace:
    """Follows one face: the largest at first, then the same one.

    When the followed face is not found for a moment while the neighbour still is, the neighbour
    does not take its place: then no face is the main one.
    """

    def __init__(self) -> None:
        self._main: Box | None = None
        self._others: list[Box] = []
        self._seen = 0.0

    def choose(self, time: float, boxes: list[Box]) -> int | None:
        """Index of the main face; None without one.

        Args:
            time: When the look was taken, in seconds; ascending.
            boxes: Left, top, width, height of each face, in one unit.
        """
        if not boxes:
            return None
        main = self._main
        if main is None or not 0 <= time - self._seen <= _PATIENCE:
            self._others = []
            return self._follow(time, boxes, _largest(boxes, range(len(boxes))))
        largest = _largest(boxes, range(len(boxes)))
        same = max(range(len(boxes)), key=lambda i: overlap(main, boxes[i]))
        if overlap(main, boxes[same]) >= _SAME:
            takes_over = _area(boxes[largest]) >= _MUCH_LARGER * _area(boxes[same])
            return self._follow(time, boxes, largest if takes_over else same)
        new = [
            i
            for i, box in enumerate(boxes)
            if all(overlap(other, box) < _SAME for other in self._others)
        ]
        if new:
            return self._follow(time, boxes, _largest(boxes, new))
        self._others = boxes
        return None

    def _follow(self, time: float, boxes: list[Box], main: int) -> int:
        self._main, self._seen = boxes[main], time
        others = [box for i, box in enumerate(boxes) if i != main]
        if others:
            self._others = others
        return main


def overlap(one: Box, other: Box) -> float:
    """Intersection over union of two boxes, 0 to 1."""
    width = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    height = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    if width <= 0 or height <= 0:
        return 0.0
    shared = width * height
    return shared / (_area(one) + _area(other) - shared)


def _area(box: Box) -> float:
    return box[2] * box[3]


def _largest(boxes: list[Box], among: "range | list[int]") -> int:
    return max(among, key=lambda i: _area(boxes[i]))
