import hashlib
import json
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.weights import Weights
from interviewer.weights.stamps import Stamps, sha256_of

LONG_AGO_NS = 1_600_000_000_000_000_000


def old_file(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, ns=(LONG_AGO_NS, LONG_AGO_NS))
    return path


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@given(st.lists(st.binary(max_size=200), min_size=1, max_size=5))
def test_pieces_hash_as_the_file_they_make(pieces):
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, str(number)) for number in range(len(pieces))]
        for path, piece in zip(paths, pieces, strict=True):
            path.write_bytes(piece)
        assert sha256_of(paths) == sha256(b"".join(pieces))


def test_an_unchanged_file_is_read_once(tmp_path):
    path = old_file(tmp_path / "f", b"aaaa")
    assert Stamps(tmp_path / "s").digest(path) == sha256(b"aaaa")
    # Other bytes under the same size and time can only go unnoticed if the file is not read.
    old_file(path, b"bbbb")
    assert Stamps(tmp_path / "s").digest(path) == sha256(b"aaaa")
    assert Stamps(tmp_path / "s").digest(path, fresh=True) == sha256(b"bbbb")
    assert Stamps(tmp_path / "s").digest(path) == sha256(b"bbbb")


def test_a_new_time_of_change_makes_the_file_be_read(tmp_path):
    stamps = Stamps(tmp_path / "s")
    path = old_file(tmp_path / "f", b"aaaa")
    stamps.digest(path)
    path.write_bytes(b"bbbb")
    assert stamps.known(path) is None
    assert stamps.digest(path) == sha256(b"bbbb")


def test_a_file_changed_a_moment_ago_is_not_remembered(tmp_path):
    stamps = Stamps(tmp_path / "s")
    path = tmp_path / "f"
    path.write_bytes(b"aaaa")
    os.utime(path)
    assert stamps.digest(path) == sha256(b"aaaa")
    assert stamps.known(path) is None


@pytest.mark.parametrize("rubbish", [b"", b"[1]", b"3", b"{}", b"\xff\xfe", b'{"size": 4}'])
def test_a_stamp_that_says_nothing_is_passed_over(tmp_path, rubbish):
    stamps = Stamps(tmp_path / "s")
    path = old_file(tmp_path / "f", b"aaaa")
    stamps.digest(path)
    (stamp,) = (tmp_path / "s").iterdir()
    assert json.loads(stamp.read_text())["sha256"] == sha256(b"aaaa")
    stamp.write_bytes(rubbish)
    assert stamps.known(path) is None
    assert stamps.digest(path) == sha256(b"aaaa")


def test_stamps_that_cannot_be_kept_cost_only_time(tmp_path):
    path = old_file(tmp_path / "f", b"aaaa")
    (tmp_path / "s").write_text("a file where the folder should be")
    assert Stamps(tmp_path / "s").digest(path) == sha256(b"aaaa")


def test_what_verify_finds_makes_the_next_locate_replace_the_file(make_asset, shop, home):
    asset = make_asset("net", {"net.bin": b"good"}, url=shop.url)
    shop.contents["/net.bin"] = b"good"
    weights = Weights([asset])
    cached = old_file(home / "net" / "net.bin", b"good")
    weights.locate("net")
    old_file(cached, b"rot!")  # as bit rot does: neither size nor time of change tells
    assert weights.locate("net").read_bytes() == b"rot!"
    assert weights.verify("net").intact is False
    assert weights.list_models()[0].intact is False
    assert weights.locate("net").read_bytes() == b"good"


def test_pull_repairs_what_locate_does_not_see(make_asset, shop, home):
    asset = make_asset("net", {"net.bin": b"good"}, url=shop.url)
    shop.contents["/net.bin"] = b"good"
    weights = Weights([asset])
    cached = old_file(home / "net" / "net.bin", b"good")
    weights.locate("net")
    old_file(cached, b"rot!")
    assert weights.pull("net").read_bytes() == b"good"


@settings(deadline=None, max_examples=40)
@given(content=st.binary(min_size=1, max_size=300), data=st.data())
def test_any_single_damage_is_found(content, data):
    place = data.draw(st.integers(0, len(content) - 1))
    flip = data.draw(st.integers(1, 255))
    damaged = data.draw(
        st.sampled_from(
            [
                content[:place],
                content + b"\0",
                content[:place] + bytes([content[place] ^ flip]) + content[place + 1 :],
            ]
        )
    )
    with tempfile.TemporaryDirectory() as folder:
        stamps = Stamps(Path(folder, "s"))
        path = old_file(Path(folder, "f"), content)
        stamps.digest(path)
        path.write_bytes(damaged)
        assert stamps.digest(path) != sha256(content)
