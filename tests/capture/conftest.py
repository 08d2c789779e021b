"""A local server for streams, and sound devices that exist only for the tests."""

from collections.abc import Callable, Iterator

import pytest
import served
import virtual_sound


@pytest.fixture
def serve() -> Iterator[Callable[[served.Talk], served.Server]]:
    servers: list[served.Server] = []

    def start(talk: served.Talk) -> served.Server:
        servers.append(served.Server(talk))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


@pytest.fixture(scope="session")
def sound_system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[virtual_sound.SoundSystem]:
    """A PulseAudio of this test run alone: a microphone and a loudspeaker without hardware."""
    yield from _running(tmp_path_factory)


@pytest.fixture
def mortal_sound_system(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[virtual_sound.SoundSystem]:
    """One that a test may kill."""
    yield from _running(tmp_path_factory)


def _running(folders: pytest.TempPathFactory) -> Iterator[virtual_sound.SoundSystem]:
    missing = virtual_sound.missing()
    if missing:
        pytest.skip(f"no virtual sound devices: {missing}")
    system = virtual_sound.SoundSystem(folders.mktemp("pulse"))
    yield system
    system.close()
