"""Conduct an interview: ask, record, observe meanwhile, report."""

from interviewer.workflows.conduct.interview import Conducted, conduct
from interviewer.workflows.conduct.options import Options

__all__ = ["Conducted", "Options", "conduct"]
