"""The whole job without a person: a simulated candidate, interviewed, measured and reported on."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from interviewer.interview.documents.session import Question
from interviewer.interview.plan import Plan, ToAsk, make_plan
from interviewer.workflows.conduct import Conducted, Options, conduct
from interviewer.workflows.conduct.options import SIMULATED
from interviewer.workflows.conduct.told import Told
from interviewer.workflows.steps import Steps

if TYPE_CHECKING:
    from interviewer.simulate.script import Script

SPEED: Final = 5.0
"""Times real time: about what two cores can draw, encode and observe at once."""


def demo(
    out: Path | None = None, steps: Steps | None = None, told: Told | None = None
) -> Conducted:
    """Hold a short interview of three questions with a simulated candidate, and report on it.

    Args:
        out: Directory that becomes the session folder; None for a new one among the sessions.
        steps: Told what is being done before and after the interview.
        told: Told what happens in it.

    Raises:
        InterviewerError: One of its kinds, with the sentence to show.
    """
    from interviewer.simulate.script import demo_script

    script = demo_script()
    plan = plan_of(script)
    options = Options(
        minutes=plan.seconds / 60,
        camera=SIMULATED,
        mic=SIMULATED,
        speed=SPEED,
        voice=False,
        folder=out,
        plan=plan,
        name="demo",
        title=script.title,
        script=script,
    )
    return conduct(options, steps, told)


def plan_of(script: "Script") -> Plan:
    """Ask what a script answers, with time enough for all of it."""
    questions = [
        ToAsk(
            Question(
                id=turn.id or f"q{number}",
                text=turn.question,
                domain=turn.domain,
                level=turn.level,
                kind=turn.kind,
                target=turn.target,
            )
        )
        for number, turn in enumerate(script.turns, start=1)
    ]
    return make_plan(questions, sum(question.usual for question in questions) * 2 / 60)
