"""Charts in sentences, for those who do not see them."""

from collections.abc import Sequence

from interviewer.report.view import Curve, TimelineView, TimingView
from interviewer.report.wording import NOT_OBSERVED, clock, counted, duration, number


def describe_timeline(view: TimelineView) -> str:
    """The timeline in sentences."""
    parts = [f"{duration(view.duration)} with {counted(len(view.answers), 'answer')}."]
    if view.tone_reason:
        parts.append(f"Tone: {NOT_OBSERVED}, {view.tone_reason}.")
    else:
        parts.append(f"Tone: {_tone_shares(view)}.")
    parts += [_curve(curve) for curve in view.curves]
    if view.speech_reason:
        parts.append(f"Speech: {NOT_OBSERVED}, {view.speech_reason}.")
    else:
        pauses = counted(len(view.pauses), "pause")
        parts.append(f"{pauses} and {counted(len(view.fillers), 'filler')} are marked.")
    return " ".join(parts)


def describe_timing(rows: Sequence[TimingView]) -> str:
    """Length and latency of each answer in sentences."""
    return " ".join(_timing(row) for row in rows) or "No answers."


def _tone_shares(view: TimelineView) -> str:
    total = sum(stretch.end - stretch.start for stretch in view.tone) or 1.0
    shares: dict[str, float] = {}
    for stretch in view.tone:
        label = stretch.label.value
        shares[label] = shares.get(label, 0.0) + (stretch.end - stretch.start) / total
    ranked = sorted(shares.items(), key=lambda item: -item[1])
    return ", ".join(f"{label} {100 * share:.0f}% of the time" for label, share in ranked)


def _curve(curve: Curve) -> str:
    values = [value for value in curve.values if value is not None]
    if not values:
        return f"{curve.label}: {NOT_OBSERVED}, {curve.reason}."
    low, high = number(min(values), curve.unit), number(max(values), curve.unit)
    usual = f", usual {curve.usual_text}" if curve.usual_text else ""
    unit = "on a scale of 0 to 1" if curve.unit == "0 to 1" else curve.unit
    return f"{curve.label}: between {low} and {high} {unit}{usual}."


def _timing(row: TimingView) -> str:
    if row.length is None:
        length = f"length {NOT_OBSERVED}"
    else:
        low, high = row.target
        target = f", target {clock(low)} to {clock(high)}" if low is not None and high else ""
        length = f"{duration(row.length)}{target}"
    voice = (
        f"first voice {NOT_OBSERVED}"
        if row.first_voice is None
        else f"first voice after {number(row.first_voice, 's')} s"
    )
    return f"{row.label}: {length}; {voice}."
