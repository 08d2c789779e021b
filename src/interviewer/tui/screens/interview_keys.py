"""The keys of the interview, written once: for the bindings, the footer and the help."""

from typing import Final

from interviewer.interview.state import Action, Interview, Phase, possible
from interviewer.tui.widgets.keybar import Key

KEYS: Final = (
    Key("enter", "⏎", "done", "screen.forward", "the answer is done: on to the next question"),
    Key("r", "r", "repeat", "screen.do('repeat')", "hear the question once more", 3),
    Key("a", "a", "redo", "screen.do('redo')", "answer this question again, as another take", 3),
    Key("s", "s", "skip", "screen.do('skip')", "leave this question out", 3),
    Key("space", "space", "pause", "screen.pause", "pause and go on; a pause is not recorded", 2),
    Key("v", "v", "mute", "screen.mute", "the interviewer's voice off and on", 4),
    Key("c", "c", "picture", "screen.picture", "hide and show your picture; it is recorded", 6),
    Key("t", "t", "captions", "screen.captions", "show and hide what is understood", 7),
    Key("question_mark", "?", "help", "screen.help", "this page", 1),
    Key("ctrl+q", "^q", "stop", "screen.stop", "stop the interview; you are asked first"),
)

NOTES: Final = (
    (
        "Nothing is cut off: ◇ means four fifths of the time are used, ◆ means all of it. "
        "The marks under the bar show how long a good answer usually takes."
    ),
    "A key that is not possible now says why when you press it. ↑ and ↓ scroll a long question.",
)


def forward(interview: Interview) -> Action:
    """What enter means now."""
    match interview.phase:
        case Phase.READY:
            return Action.START
        case Phase.BETWEEN:
            return Action.PROCEED
        case _:
            return Action.DONE


def pausing(interview: Interview) -> Action:
    """What space means now."""
    return Action.RESUME if interview.phase is Phase.PAUSED else Action.PAUSE


def enabled(interview: Interview) -> dict[str, bool]:
    """Which of the keys that command the interview do something now, by action."""
    now = possible(interview)
    return {
        "screen.forward": forward(interview) in now,
        "screen.do('repeat')": Action.REPEAT in now,
        "screen.do('redo')": Action.REDO in now,
        "screen.do('skip')": Action.SKIP in now,
        "screen.pause": pausing(interview) in now,
        "screen.stop": Action.STOP in now,
    }


def labels(interview: Interview, *, muted: bool) -> dict[str, str]:
    """The words of the keys whose meaning changes."""
    if interview.phase is Phase.BETWEEN:
        enter = "next" if interview.upcoming is not None else "finish"
    else:
        enter = "begin" if interview.phase is Phase.READY else "done"
    return {
        "screen.forward": enter,
        "screen.pause": "resume" if interview.phase is Phase.PAUSED else "pause",
        "screen.mute": "unmute" if muted else "mute",
    }
