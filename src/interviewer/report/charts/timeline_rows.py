"""The rows of the timeline, each as its height and what draws it."""

from collections.abc import Callable, Sequence
from typing import Final

from interviewer.interview.documents.assessment import ToneLabel
from interviewer.report.charts.canvas import Canvas, Sheet
from interviewer.report.charts.rows import (
    CURVE,
    LANE,
    Frame,
    empty_height,
    lanes,
    name_row,
    not_observed,
)
from interviewer.report.palette import (
    ALL,
    FILLERS,
    LINE,
    MUTED,
    PAUSES,
    SUMMARY,
    TONE,
    USUAL,
)
from interviewer.report.view import Curve, Stretch, TimelineView, ToneStretch
from interviewer.report.wording import number

Draw = Callable[[Canvas, Frame, float], None]

TONE_LANES: Final = (
    ToneLabel.CONFIDENT,
    ToneLabel.CALM,
    ToneLabel.MIXED,
    ToneLabel.FLAT,
    ToneLabel.NERVOUS,
)
_SPEECH_LANES: Final = ("speaking", "pauses", "fillers")
_COLOURS: Final = {colour.name: colour for colour in ALL}
_NAN: Final = float("nan")
# Deviations that fill a row of the tone axes when nothing goes beyond.
_TONE_RANGE: Final = 2.0
# A curve with fewer points shows each.
_FEW_POINTS: Final = 40


def tone_lanes_row(view: TimelineView, sheet: Sheet) -> tuple[float, Draw]:
    """The label of each stretch by its lane, so that no colour is needed to read it."""

    def draw(canvas: Canvas, frame: Frame, y: float) -> None:
        name_row(canvas, y, "Tone", "")
        if view.tone_reason:
            not_observed(canvas, frame, y, view.tone_reason)
            return
        places = lanes(canvas, frame, y, [label.value for label in TONE_LANES])
        boxes: list[tuple[float, float, float, float]] = []
        for stretch in view.tone:
            top, height = places[stretch.label.value]
            left, right = frame.at(stretch.start), frame.at(stretch.end)
            boxes.append((left, top + height * 0.2, max(1.0, right - left), height * 0.6))
        canvas.boxes(boxes, TONE)

    height = sheet.size * LANE * len(TONE_LANES)
    return (empty_height(sheet) if view.tone_reason else height), draw


def tone_axes_row(view: TimelineView, sheet: Sheet) -> tuple[float, Draw]:
    """Both axes of tone as lines about the reference."""
    height = sheet.size * CURVE

    def draw(canvas: Canvas, frame: Frame, y: float) -> None:
        name_row(canvas, y, "Tone axes", "", "solid: tense, dashed: engaged")
        extent = max([_TONE_RANGE, *(max(abs(s.tense), abs(s.engaged)) for s in view.tone)])
        middle = y + height / 2
        canvas.line([frame.left, frame.right], [middle, middle], LINE)
        gutter = frame.left - sheet.size * 0.7
        for words, line in (
            ("more", y + sheet.size * 0.5),
            ("less", y + height - sheet.size * 0.5),
        ):
            canvas.words(gutter, line, words, colour=MUTED, anchor="right", size=sheet.small)
        ends: list[tuple[float, str]] = []
        for name, dashes, values in (
            ("tense", None, [s.tense for s in view.tone]),
            ("engaged", (4.0, 3.0), [s.engaged for s in view.tone]),
        ):
            xs, ys = _tone_points(view.tone, values, frame)
            ys = [middle - height / 2 * value / extent for value in ys]
            canvas.line(xs, ys, TONE, width=1.7, dashes=dashes)
            ends.append((ys[-1], name))
        if not sheet.narrow:
            _end_labels(canvas, frame, ends)

    return height, draw


def curve_row(curve: Curve, sheet: Sheet) -> tuple[float, Draw]:
    """One curve with its usual band."""
    height = sheet.size * CURVE

    def draw(canvas: Canvas, frame: Frame, y: float) -> None:
        usual = f"usual {curve.usual_text}" if curve.usual_text and not curve.reason else ""
        name_row(canvas, y, curve.label, curve.unit, usual)
        if curve.reason:
            not_observed(canvas, frame, y, curve.reason)
            return

        def level(value: float) -> float:
            share = (value - curve.bottom) / (curve.top - curve.bottom)
            return y + height * (1 - min(max(share, 0.0), 1.0))

        low, high = (
            curve.bottom if curve.usual[0] is None else curve.usual[0],
            curve.top if curve.usual[1] is None else curve.usual[1],
        )
        if curve.usual != (None, None):
            canvas.rectangle(
                frame.left, level(high), frame.right - frame.left, level(low) - level(high), USUAL
            )
            if usual and not sheet.narrow:
                middle = (level(high) + level(low)) / 2
                canvas.words(
                    frame.right + sheet.size * 0.7, middle, usual, colour=MUTED, size=sheet.small
                )
        for value, line in (
            (curve.top, y + sheet.size * 0.4),
            (curve.bottom, y + height - sheet.size * 0.4),
        ):
            canvas.words(
                frame.left - sheet.size * 0.7,
                line,
                number(round(value)),
                colour=MUTED,
                anchor="right",
                size=sheet.small,
            )
        canvas.line([frame.left, frame.right], [y + height, y + height], LINE)
        _draw_curve(canvas, frame, curve, level)

    return (empty_height(sheet) if curve.reason else height), draw


def speech_row(view: TimelineView, sheet: Sheet) -> tuple[float, Draw]:
    """When there was speech, silence within it, and fillers."""

    def draw(canvas: Canvas, frame: Frame, y: float) -> None:
        name_row(canvas, y, "Speech", "")
        if view.speech_reason:
            not_observed(canvas, frame, y, view.speech_reason)
            return
        places = lanes(canvas, frame, y, _SPEECH_LANES)
        for lane, stretches, colour, share, least in (
            ("speaking", view.speech, SUMMARY, 0.4, 0.6),
            ("pauses", view.pauses, PAUSES, 0.7, 1.6),
            ("fillers", view.fillers, FILLERS, 0.85, 1.6),
        ):
            canvas.boxes(_boxes(stretches, frame, places[lane], share, least), colour)

    height = sheet.size * LANE * len(_SPEECH_LANES)
    return (empty_height(sheet) if view.speech_reason else height), draw


def _boxes(
    stretches: Sequence[Stretch],
    frame: Frame,
    lane: tuple[float, float],
    share: float,
    least: float,
) -> list[tuple[float, float, float, float]]:
    top, height = lane
    return [
        (
            frame.at(stretch.start),
            top + height * (1 - share) / 2,
            max(least, frame.at(stretch.end) - frame.at(stretch.start)),
            height * share,
        )
        for stretch in stretches
    ]


def _draw_curve(
    canvas: Canvas, frame: Frame, curve: Curve, level: Callable[[float], float]
) -> None:
    colour = _COLOURS[curve.colour]
    xs = [frame.at(time) for time in curve.times]
    ys = [_NAN if value is None else level(value) for value in curve.values]
    canvas.line(xs, ys, colour, width=1.7)
    seen = [i for i, value in enumerate(curve.values) if value is not None]
    if len(seen) > _FEW_POINTS:
        # A point with nothing on either side has no line to show it.
        seen = [
            i
            for i in seen
            if all(
                not 0 <= j < len(curve.values) or curve.values[j] is None for j in (i - 1, i + 1)
            )
        ]
    if seen:
        canvas.marks([xs[i] for i in seen], [ys[i] for i in seen], colour, size=4.4)


def _tone_points(
    stretches: Sequence[ToneStretch], values: Sequence[float], frame: Frame
) -> tuple[list[float], list[float]]:
    """Steps over each stretch, broken where there is a hole between two."""
    xs: list[float] = []
    points: list[float] = []
    end: float | None = None
    for stretch, value in zip(stretches, values, strict=True):
        if end is not None and stretch.start - end > 1:
            xs.append(frame.at(end))
            points.append(_NAN)
        xs += [frame.at((stretch.start + stretch.end) / 2)]
        points += [value]
        end = stretch.end
    return xs, points


def _end_labels(canvas: Canvas, frame: Frame, ends: list[tuple[float, str]]) -> None:
    """Name two lines at their right ends, kept apart where they meet."""
    size = canvas.sheet.small
    (upper, above), (lower, below) = sorted(ends)
    short = size * 1.15 - (lower - upper)
    if short > 0:
        upper, lower = upper - short / 2, lower + short / 2
    for y, name in ((upper, above), (lower, below)):
        canvas.words(frame.right + canvas.sheet.size * 0.7, y, name, colour=TONE, size=size)
