"""Work beside the screen, on threads that never keep the process from ending."""

import asyncio
import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


async def away(work: Callable[[], T]) -> T:
    """Do something that blocks, and wait for it without blocking the screen.

    The threads of asyncio's own pool are waited for when the app ends; a driver that hangs would
    then hold the terminal.

    Args:
        work: Called once, on a thread of its own.

    Returns:
        What it returns; what it raises is raised here.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()

    def settle(result: T | None, error: BaseException | None) -> None:
        if done.done():
            return
        if error is not None:
            done.set_exception(error)
        else:
            done.set_result(result)  # type: ignore[arg-type] # it is a T where nothing was raised

    def run() -> None:
        result, caught = None, None
        try:
            result = work()
        except BaseException as error:  # noqa: BLE001 - raised by who waits
            caught = error
        try:
            loop.call_soon_threadsafe(settle, result, caught)
        except RuntimeError:
            return  # the app has ended, and nobody waits

    threading.Thread(target=run, name="beside the screen", daemon=True).start()
    return await done
