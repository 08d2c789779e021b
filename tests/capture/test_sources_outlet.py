import threading
import time

from interviewer.capture.sources.outlet import Outlet
from interviewer.capture.sources.ports import Over

LOST = Over(lost=True, message="The camera 0 was lost.")
ENDED = Over(lost=False, message="The camera 0 has come to its end.")


def connected() -> tuple[Outlet, list[object]]:
    outlet, calls = Outlet(), []
    outlet.connect(calls.append, calls.append)
    return outlet, calls


def test_what_comes_before_anybody_takes_is_dropped():
    outlet, calls = Outlet(), []
    assert outlet.give(1)
    outlet.connect(calls.append, calls.append)
    assert outlet.give(2)
    assert calls == [2]


def test_nothing_is_given_or_said_after_closing():
    outlet, calls = connected()
    outlet.close()
    assert not outlet.give(1)
    outlet.end(LOST)
    assert calls == []


def test_only_the_first_end_is_told_and_nothing_follows_it():
    outlet, calls = connected()
    outlet.end(LOST)
    outlet.end(ENDED)
    assert not outlet.give(1)
    assert calls == [LOST]


def test_an_end_before_anybody_took_is_told_to_who_comes():
    outlet, calls = Outlet(), []
    outlet.end(LOST)
    outlet.connect(calls.append, calls.append)
    assert calls == [LOST]


def test_who_takes_may_close_and_does_not_wait_for_itself():
    outlet = Outlet()
    outlet.connect(lambda _: outlet.close(), lambda _: None)
    begun = time.monotonic()
    outlet.give(1)
    assert time.monotonic() - begun < 0.5


def test_closing_waits_for_a_call_that_is_under_way():
    outlet, entered, leave, order = Outlet(), threading.Event(), threading.Event(), []

    def take(_: int) -> None:
        entered.set()
        leave.wait(5)
        order.append("taken")

    outlet.connect(take, lambda _: None)
    giving = threading.Thread(target=lambda: outlet.give(1))
    giving.start()
    assert entered.wait(5)
    threading.Timer(0.2, leave.set).start()
    outlet.close()
    order.append("closed")
    giving.join(5)
    assert order == ["taken", "closed"]


def test_closing_gives_up_on_a_taker_that_never_returns():
    outlet, entered, leave = Outlet(), threading.Event(), threading.Event()
    outlet.connect(lambda _: (entered.set(), leave.wait(10)), lambda _: None)
    threading.Thread(target=lambda: outlet.give(1), daemon=True).start()
    assert entered.wait(5)
    begun = time.monotonic()
    outlet.close()
    assert time.monotonic() - begun < 2
    leave.set()
