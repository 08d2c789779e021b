import hashlib
import resource
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interviewer.errors import CannotDoError, ExitCode, ModelMissingError
from interviewer.weights import Weights

SIZE = 300_000
CONTENT = hashlib.shake_128(b"weights").digest(SIZE)


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def asset(make_asset, shop):
    shop.contents["/net.bin"] = CONTENT
    return make_asset("net", {"net.bin": CONTENT}, url=shop.url)


@pytest.fixture
def weights(asset):
    return Weights([asset], timeout=10)


def keep(home: Path, begun: bytes) -> Path:
    part = home / "net" / "net.bin.part"
    part.parent.mkdir(parents=True, exist_ok=True)
    part.write_bytes(begun)
    return part


def failure(weights: Weights) -> ModelMissingError:
    with pytest.raises(ModelMissingError) as caught:
        weights.pull("net")
    assert caught.value.exit_code == ExitCode.MODEL
    assert "`interviewer models pull net`" in caught.value.next_step
    return caught.value


def test_a_file_arrives_whole_and_its_progress_is_told(weights, home, shop):
    told: list[float] = []
    path = weights.pull("net", told.append)
    assert path.read_bytes() == CONTENT
    assert names_in(home / "net") == ["net.bin"]
    assert told == sorted(told)
    assert (told[0], told[-1]) == (0, 1)
    assert len(set(told)) > 3
    weights.locate("net")
    assert shop.ranges == [None]


def test_a_kept_beginning_is_resumed_with_a_range(weights, home, shop):
    keep(home, CONTENT[:123_456])
    told: list[float] = []
    path = weights.pull("net", told.append)
    assert path.read_bytes() == CONTENT
    assert shop.ranges == ["bytes=123456-"]
    assert told[0] == pytest.approx(123_456 / SIZE)


def test_a_beginning_that_is_already_whole_needs_no_connection(weights, home, shop):
    keep(home, CONTENT)
    assert weights.pull("net").read_bytes() == CONTENT
    assert shop.ranges == []


def test_a_dropped_connection_is_taken_up_again(weights, shop):
    shop.drops_after = 100_000
    assert weights.pull("net").read_bytes() == CONTENT
    assert shop.ranges == [None, "bytes=100000-", "bytes=200000-"]


def test_a_server_that_always_drops_at_once_is_given_up(weights, shop, home):
    shop.drops_after = 0
    assert "closed the connection early" in failure(weights).message
    assert len(shop.ranges) == 1


def test_a_server_that_sends_crumbs_is_given_up_and_the_crumbs_kept(weights, shop, home):
    shop.drops_after = 10
    assert "kept closing the connection" in failure(weights).message
    part = home / "net" / "net.bin.part"
    assert part.read_bytes() == CONTENT[: part.stat().st_size]
    assert part.stat().st_size == 10 * len(shop.ranges)


def test_a_server_that_knows_no_ranges_sends_it_all_again(weights, home, shop):
    shop.honours_range = False
    keep(home, CONTENT[:123_456])
    assert weights.pull("net").read_bytes() == CONTENT
    assert shop.ranges == ["bytes=123456-"]


def test_a_wrong_beginning_is_thrown_away_and_fetched_from_the_start(weights, home, shop):
    keep(home, b"x" * 1000)
    assert weights.pull("net").read_bytes() == CONTENT
    assert shop.ranges == ["bytes=1000-", None]


def test_wrong_bytes_are_refused_and_not_kept(weights, home, shop):
    shop.contents["/net.bin"] = CONTENT[:-1] + b"?"
    assert "does not match its SHA-256" in failure(weights).message
    assert names_in(home / "net") == []
    assert shop.ranges == [None]


def test_a_page_of_another_size_is_refused_before_it_is_fetched(weights, home, shop):
    shop.contents["/net.bin"] = b"<html>Please log in</html>"
    assert "has 26 bytes instead of 300,000" in failure(weights).message
    assert names_in(home / "net") == []


def test_a_longer_file_is_refused_before_it_is_fetched(weights, home, shop):
    shop.contents["/net.bin"] = CONTENT * 2
    assert "has 600,000 bytes instead of 300,000" in failure(weights).message
    assert names_in(home / "net") == []


def test_a_file_that_is_not_there_says_so(weights, shop):
    del shop.contents["/net.bin"]
    assert "answered 404" in failure(weights).message


def test_a_server_that_falls_silent_runs_into_the_time_limit(asset, home, shop):
    shop.hangs_at = 50_000
    assert "did not answer in time" in failure(Weights([asset], timeout=0.2)).message
    assert shop.ranges == [None, "bytes=50000-"]
    assert (home / "net" / "net.bin.part").read_bytes() == CONTENT[:50_000]
    shop.hangs_at = None
    assert Weights([asset]).pull("net").read_bytes() == CONTENT
    assert shop.ranges[2:] == ["bytes=50000-"]


def test_a_server_that_says_nothing_at_all_runs_into_the_time_limit(asset, home, shop):
    shop.hangs_at = 0
    assert "did not answer in time" in failure(Weights([asset], timeout=0.2)).message


def test_a_redirect_is_followed_with_its_range(make_asset, home, shop):
    shop.contents["/elsewhere"] = CONTENT
    shop.redirects["/net.bin"] = "/elsewhere"
    keep(home, CONTENT[:1000])
    weights = Weights([make_asset("net", {"net.bin": CONTENT}, url=shop.url)])
    assert weights.pull("net").read_bytes() == CONTENT
    assert shop.ranges == ["bytes=1000-"]


def test_a_redirect_to_a_local_file_is_refused(make_asset, tmp_path, shop):
    (tmp_path / "local").write_bytes(CONTENT)
    shop.redirects["/net.bin"] = (tmp_path / "local").as_uri()
    failure(Weights([make_asset("net", {"net.bin": CONTENT}, url=shop.url)]))


def test_an_interrupted_download_keeps_its_beginning(weights, home, shop):
    def interrupt(share: float) -> None:
        if share > 0.5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        weights.pull("net", interrupt)
    kept = (home / "net" / "net.bin.part").read_bytes()
    assert len(kept) > SIZE / 2
    assert kept == CONTENT[: len(kept)]
    shop.ranges.clear()
    assert weights.pull("net").read_bytes() == CONTENT
    assert shop.ranges == [f"bytes={len(kept)}-"]


@contextmanager
def room_for(size: int):
    """The system refuses to let any file grow beyond a size, as a full disk does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_is_said_and_what_arrived_is_kept(weights, home, shop):
    with room_for(200_000), pytest.raises(CannotDoError) as caught:
        weights.pull("net")
    assert caught.value.exit_code == ExitCode.FAILED
    assert caught.value.message == f"There is no space left for models in {home / 'net'}."
    kept = (home / "net" / "net.bin.part").stat().st_size
    assert 100_000 < kept <= 200_000
    shop.ranges.clear()
    assert weights.pull("net").read_bytes() == CONTENT
    assert shop.ranges == [f"bytes={kept}-"]


def test_a_full_disk_leaves_no_half_joined_file(make_asset, carrier, home):
    carrier("half_one/1", CONTENT[:1000])
    carrier("half_two/2", CONTENT[1000:])
    asset = make_asset("net", {"net.bin": CONTENT}, {"net.bin": ("half_one/1", "half_two/2")})
    with room_for(200_000), pytest.raises(CannotDoError):
        Weights([asset], offline=True).pull("net")
    assert names_in(home / "net") == []
    assert Weights([asset], offline=True).pull("net").read_bytes() == CONTENT


def test_a_copy_left_by_a_killed_process_does_no_harm(make_asset, carrier, home):
    carrier("half_one/1", CONTENT[:1000])
    carrier("half_two/2", CONTENT[1000:])
    asset = make_asset("net", {"net.bin": CONTENT}, {"net.bin": ("half_one/1", "half_two/2")})
    keep(home, b"").with_name("net.bin.copy").write_bytes(b"x" * 2 * SIZE)
    (home / "net" / "net.bin.part").unlink()
    assert Weights([asset], offline=True).pull("net").read_bytes() == CONTENT
    assert names_in(home / "net") == ["net.bin"]


# The shop serves all examples; each has a cache of its own.
@settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    content=st.binary(min_size=1, max_size=400),
    begun=st.one_of(st.binary(max_size=500), st.integers(0, 400)),
    drops_after=st.one_of(st.none(), st.integers(30, 400)),
    honours_range=st.booleans(),
)
def test_whatever_was_kept_the_file_is_whole_in_the_end(
    make_asset, shop, *, content, begun, drops_after, honours_range
):
    shop.contents["/net.bin"] = content
    # A server that drops and knows no ranges never gets a long file across.
    shop.honours_range = honours_range or drops_after is not None
    shop.drops_after = drops_after
    asset = make_asset("net", {"net.bin": content}, url=shop.url)
    with tempfile.TemporaryDirectory() as folder:
        keep(Path(folder), content[:begun] if isinstance(begun, int) else begun)
        path = Weights([asset], Path(folder)).pull("net")
        assert path.read_bytes() == content
        assert not path.with_name("net.bin.part").exists()
