"""Scores as bars of 0 to 100."""

from collections.abc import Sequence

from interviewer.assessment.norms import GOOD_FROM, WATCH_FROM
from interviewer.interview.documents.assessment import Verdict
from interviewer.report.charts.canvas import Canvas, Sheet, Weight
from interviewer.report.charts.marks import WIDTH, draw_change
from interviewer.report.palette import ACT, ALL, GOOD, INK, LINE, MUTED, TRACK, WATCH
from interviewer.report.view import ScoreView
from interviewer.report.wording import NOT_OBSERVED, number, verdict_word

_COLOURS = {colour.name: colour for colour in ALL}


def scores_chart(scores: Sequence[ScoreView], sheet: Sheet) -> str:
    """Draw one bar for each score, with its number, its change and its verdict in words."""
    row = sheet.size * (3.3 if sheet.narrow else 2.75)
    canvas = Canvas(sheet, max(row, row * len(scores)))
    changed = any(score.change for score in scores)
    for index, score in enumerate(scores):
        _draw(canvas, score, row * index, row, changed=changed)
    return canvas.svg("scores", "Scores, 0 to 100", describe(scores))


def describe(scores: Sequence[ScoreView]) -> str:
    """The chart in sentences."""
    if not scores:
        return "No scores."
    return " ".join(_sentence(score) for score in scores)


def _sentence(score: ScoreView) -> str:
    if score.value is None:
        return f"{score.label}: {NOT_OBSERVED}, {score.reason}."
    said = f"{score.label}: {number(round(score.value))} of 100, {verdict_word(score.verdict)}"
    return f"{said}; {score.change.words}." if score.change else f"{said}."


def _draw(canvas: Canvas, score: ScoreView, top: float, row: float, *, changed: bool) -> None:
    sheet, size = canvas.sheet, canvas.sheet.size
    verdict_width = size * 5.2
    number_width = size * 2.8
    label_width = 0 if sheet.narrow else size * 8.6
    left = label_width
    change_width = size * (WIDTH + 0.4) if changed else 0
    right = sheet.width - verdict_width - change_width - number_width
    middle = top + row * (0.7 if sheet.narrow else 0.5)
    thickness = size * 0.85
    colour = _COLOURS[score.colour]
    # The score that sums up the others stands out by weight.
    weight: Weight = "bold" if score.name == "overall" else "normal"
    canvas.words(0, top + row * 0.26 if sheet.narrow else middle, score.label, weight=weight)
    width = right - left
    if score.value is None:
        canvas.line([left, right], [middle, middle], MUTED, width=1, dashes=(2, 4))
        canvas.words(sheet.width, middle, NOT_OBSERVED, colour=MUTED, anchor="right")
        return
    canvas.rectangle(left, middle - thickness / 2, width, thickness, TRACK, rounded=3)
    filled = max(2.0, width * score.value / 100)
    canvas.rectangle(left, middle - thickness / 2, filled, thickness, colour, rounded=3)
    for edge in (WATCH_FROM, GOOD_FROM):
        x = left + width * edge / 100
        # What is reached is said in words; what is still ahead is marked on the track.
        if x > left + filled:
            canvas.line([x, x], [middle - thickness / 2, middle + thickness / 2], LINE, width=1.2)
    canvas.words(
        right + number_width,
        middle,
        number(round(score.value)),
        colour=INK,
        anchor="right",
        weight="bold",
        size=size * 1.15,
    )
    if score.change is not None:
        draw_change(canvas, sheet.width - verdict_width, middle, score.change)
    verdict_mark(canvas, sheet.width - verdict_width + size * 1.1, middle, score.verdict)
    canvas.words(
        sheet.width - verdict_width + size * 1.9, middle, verdict_word(score.verdict), colour=MUTED
    )


def verdict_mark(canvas: Canvas, x: float, y: float, verdict: Verdict) -> None:
    """A shape for each verdict, the same as beside every measurement."""
    unit = canvas.sheet.size / 13
    match verdict:
        case Verdict.GOOD:
            xs = [x - 4.2 * unit, x - 1.3 * unit, x + 4.2 * unit]
            canvas.line(xs, [y + 0.5 * unit, y + 3.4 * unit, y - 3 * unit], GOOD, width=1.8)
        case Verdict.WATCH:
            canvas.marks([x], [y], WATCH, size=8.4 * unit, hollow=True)
        case Verdict.ACT:
            canvas.marks([x], [y + 0.8 * unit], ACT, shape="^", size=9.6 * unit)
        case Verdict.NONE:
            pass
