"""How long the history takes over many sessions: opening, listing, comparing, one curve.

    python benchmarks/history.py [--sessions 10000]

Every session has 6 scores, 40 metrics and 5 answers. Each line is the median of several runs in
one process, after the first; `open and list` is a fresh connection each time.
"""

import argparse
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from interviewer.assessment.progress import compare
from interviewer.history import records
from interviewer.history.database import transaction
from interviewer.history.history import History
from interviewer.history.rows import Kind

SCORES = ("overall", "confidence", "clarity", "eye_contact", "tone_stability", "pace")
METRICS = 40
ANSWERS = 5
RUNS = 7
LIMIT = 0.3
"""Seconds for opening and listing 10,000 sessions."""


def main() -> None:
    """Fill an index, and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sessions", type=int, default=10_000)
    count = parser.parse_args().sessions
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "history.db"
        with History(path):
            pass
        began = time.perf_counter()
        fill(path, count)
        size = path.stat().st_size / 1e6
        print(f"{count} sessions written in {time.perf_counter() - began:.1f} s, {size:.0f} MB")
        measure(path, count)


def fill(path: Path, count: int) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    made = list(sessions(count))
    with transaction(connection):
        connection.executemany(records.INSERT_SESSION, (one.session for one in made))
        for statement, part in (
            (records.INSERT_SCORE, "scores"),
            (records.INSERT_METRIC, "metrics"),
            (records.INSERT_ANSWER, "answers"),
            (records.INSERT_ANSWER_METRIC, "answer_metrics"),
        ):
            connection.executemany(statement, (row for one in made for row in getattr(one, part)))
    connection.close()


def sessions(count: int) -> Iterator[records.Record]:
    first = datetime(2016, 1, 1, tzinfo=UTC)
    for number in range(count):
        key = f"session-{number:06}"
        at = records.instant(first + timedelta(hours=9 * number))
        domain = ("ds", "web", "hr")[number % 3]
        value = 50.0 + number * 7 % 41
        yield records.Record(
            (key, f"Interview {number}", at, 900.0, domain, "hard", None, "en", key, ANSWERS, 1),
            tuple((key, name, name.title(), value, 0.8) for name in SCORES),
            tuple(
                (key, f"metric_{i:02}", "A metric", "%", value, 70.0, 0.8) for i in range(METRICS)
            ),
            tuple((key, i, f"q{i}", "What is it?", 1, 60.0 * i, 55.0) for i in range(ANSWERS)),
            tuple((key, i, "pace", "Pace", "wpm", value, 70.0, 0.8) for i in range(ANSWERS)),
        )


def measure(path: Path, count: int) -> None:
    def open_and_list() -> int:
        with History(path) as history:
            return len(history.sessions())

    taken = median(open_and_list, count)
    print(f"open and list all       {1000 * taken:8.1f} ms   limit {1000 * LIMIT:.0f} ms for 10000")
    with History(path) as history:
        last = history.last()
        assert last is not None
        newest = last.id

        def against_twenty() -> int:
            rows = history.earlier(newest, limit=20)
            earlier = history.values([row.id for row in rows])
            return len(compare(history.values([newest])[0], earlier))

        for name, run, expected in (
            ("list all", lambda: len(history.sessions()), count),
            ("list the newest 20", lambda: len(history.sessions(limit=20)), 20),
            ("last", lambda: int(history.last() is not None), 1),
            ("compare with 20 earlier", against_twenty, METRICS),
            ("curve of a score", lambda: len(history.series("overall")), count),
            ("curve of a metric", lambda: len(history.series("metric_07", Kind.METRIC)), count),
        ):
            print(f"{name:<24}{1000 * median(run, expected):8.1f} ms")


def median(run: Callable[[], int], expected: int) -> float:
    assert run() == expected
    taken = []
    for _ in range(RUNS):
        began = time.perf_counter()
        run()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


if __name__ == "__main__":
    main()
