"""What the interview screen says, in words; colour is never the only sign. Pure."""

from dataclasses import dataclass
from typing import Final

from interviewer.interview.machine import NEARLY
from interviewer.interview.state import REPEAT_WITHIN, Action, Interview, Phase, Refusal

DOMAINS: Final = {"ds": "Data science", "web": "Web development", "hr": "Behavioural"}

QUIET: Final = "$text-muted"
GOOD: Final = "$text-success"
WATCH: Final = "$text-warning"
ACT: Final = "$text-error"


@dataclass(frozen=True, slots=True)
class Saying:
    """Something to show.

    Attributes:
        mark: One character; its shape tells what the colour tells.
        text: The words.
        colour: A variable of the theme.
    """

    mark: str
    text: str
    colour: str


_PHASES: Final = {
    Phase.READY: Saying("○", "Ready when you are. Press ⏎ to begin.", QUIET),
    Phase.ASKING: Saying("◂", "Listen to the question.", QUIET),
    Phase.THINKING: Saying("▸", "Your turn. Take your time.", GOOD),
    Phase.ANSWERING: Saying("▸", "Answering. Press ⏎ when done.", GOOD),
    Phase.PAUSED: Saying("‖", "Paused. Nothing is recorded; space goes on.", WATCH),
    Phase.FINISHED: Saying("■", "The interview is over.", QUIET),
}


def clock(seconds: float) -> str:
    """Minutes and seconds, as in 2:05; begun seconds do not count."""
    whole = max(0, int(seconds))
    return f"{whole // 60}:{whole % 60:02}"


def topic(interview: Interview) -> str:
    """Domain and level of the question under way; empty where neither is known."""
    question = interview.current.question
    domain = DOMAINS.get(question.domain or "", question.domain or "")
    return " · ".join(part for part in (domain, question.level or "") if part)


def place(interview: Interview, *, brief: bool) -> str:
    """Which question this is."""
    asked, total = interview.index + 1, len(interview.plan.questions)
    take = f" · take {interview.take}" if interview.take > 1 else ""
    return f"{'Q' if brief else 'Question'} {asked} of {total}{take}"


def badge(interview: Interview, *, recording: bool) -> Saying:
    """Whether sound is recorded now."""
    if interview.phase is Phase.PAUSED:
        return Saying("‖", "PAUSED", WATCH)
    if recording:
        return Saying("●", "REC", ACT)
    return Saying("○", "not recording", QUIET)


def total(interview: Interview, *, brief: bool) -> Saying:
    """Time left of the whole interview, with a mark from 80 % on."""
    of = "" if brief else f" of {clock(interview.plan.seconds)}"
    if interview.started is not None and interview.remaining <= 0:
        return Saying("◆", "time is over", ACT)
    nearly = interview.elapsed >= NEARLY * interview.plan.seconds
    left = f"{clock(interview.remaining)} left{of}"
    return Saying("◇", left, WATCH) if nearly else Saying("", left, QUIET)


def phase(interview: Interview) -> Saying:
    """What is going on, and what it asks of the candidate."""
    if interview.phase is Phase.BETWEEN:
        return Saying("✓", _between(interview), QUIET)
    return _PHASES[interview.phase]


def _between(interview: Interview) -> str:
    kept = "Answer kept." if interview.voice is not None else "No answer to this one."
    if interview.upcoming is None:
        return f"{kept} That was the last question."
    return f"{kept} The next question follows."


def warning(interview: Interview) -> Saying | None:
    """A gentle word at 80 % and at 100 % of the answer's time; nobody is cut off."""
    if interview.doing not in {Phase.THINKING, Phase.ANSWERING}:
        return None
    elapsed, limit = interview.answer_elapsed, interview.current.seconds
    if elapsed >= limit:
        return Saying("◆", "The time for this answer is over. Finish your thought.", ACT)
    if elapsed >= NEARLY * limit:
        return Saying("◇", f"{clock(limit - elapsed)} left for this answer.", WATCH)
    return None


def why_not(refusal: Refusal, interview: Interview) -> str:
    """Why an action is not possible now, in one short line.

    Two refusals depend on the clock and not on the phase, so they have their own sentences.
    """
    over = interview.started is not None and interview.remaining <= 0
    if refusal.action is Action.REPEAT and interview.phase is Phase.ANSWERING:
        return f"A question is repeated only in an answer's first {REPEAT_WITHIN:.0f} seconds."
    if refusal.action is Action.REDO and over and interview.phase is not Phase.PAUSED:
        return "The time is over, so there is no other take."
    reason = refusal.message.partition(";")[0]
    return f"{reason[:1].upper()}{reason[1:]}."


def tail(caption: str, width: int, lines: int) -> str:
    """The end of a caption, as many whole words as fit."""
    room = max(1, width * lines - width // 6)
    if len(caption) <= room:
        return caption
    _, _, rest = caption[-(room - 2) :].partition(" ")
    return f"… {rest}"
