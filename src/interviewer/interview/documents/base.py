"""What every document shares."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Seconds = Annotated[float, Field(ge=0, description="Seconds on the recording's timeline.")]
Share = Annotated[float, Field(ge=0, le=1, description="A share of time or of frames, 0 to 1.")]


class Document(BaseModel):
    """A frozen value that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Span(Document):
    """A stretch of the recording, `start` included and `end` excluded."""

    start: Seconds
    end: Seconds

    @property
    def duration(self) -> float:
        """Length in seconds; never negative."""
        return max(0.0, self.end - self.start)

    def overlap(self, start: float, end: float) -> float:
        """Seconds that this span shares with another stretch."""
        return max(0.0, min(self.end, end) - max(self.start, start))
