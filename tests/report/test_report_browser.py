import wave
from pathlib import Path

import builders
import pytest
from browser import Chromium, binary

from interviewer.report.html import render_html

pytestmark = pytest.mark.skipif(binary() is None, reason="no Chromium is installed")

CASES = ("rich", "without_video", "silent", "long", "plain", "right_to_left", "endless")
# Words of a chart that leave its frame, or lie on other words of the same chart.
BADLY_SET = """
[...document.querySelectorAll("svg.chart")].filter((c) => c.clientWidth).flatMap((chart) => {
  const frame = chart.getBoundingClientRect();
  const words = [...chart.querySelectorAll("text")].map((text) => [text.textContent,
    text.getBoundingClientRect()]);
  const out = words.filter(([, box]) => box.left < frame.left - 1 || box.right > frame.right + 1
    || box.top < frame.top - 1 || box.bottom > frame.bottom + 1).map(([word]) => "out: " + word);
  words.forEach(([word, a], i) => words.slice(i + 1).forEach(([other, b]) => {
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (wide > 1 && high > 5) out.push(word + " on " + other);
  }));
  return out;
})"""
CONTRASTS = """
(() => {
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map((v) => v / 255)
      .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const page = light(getComputedStyle(document.documentElement).backgroundColor);
  const ratio = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  const shown = [...document.querySelectorAll("body *")].filter((e) => e.getClientRects().length);
  const words = shown.filter((e) => [...e.childNodes].some((n) => n.nodeType === 3
    && n.textContent.trim()) && !e.closest("svg"));
  const drawn = shown.filter((e) => e.tagName === "text" && !/^[1-9]$/.test(e.textContent));
  return [page, Math.min(...words.map((e) => ratio(light(getComputedStyle(e).color), page)),
    ...drawn.map((e) => ratio(light(getComputedStyle(e).fill), page)))];
})()"""


@pytest.fixture(scope="module")
def chromium(tmp_path_factory):
    with Chromium(binary(), tmp_path_factory.mktemp("profile")) as running:
        yield running


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    for name in CASES:
        case = getattr(builders, name)()
        page = render_html(case.session, case.assessment, generated_at=builders.GENERATED)
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    return folder


@pytest.mark.parametrize("width", [360, 620, 800, 1280, 1600])
@pytest.mark.parametrize("name", CASES)
def test_a_page_fits_its_window_and_complains_of_nothing(chromium, pages, name, width):
    chromium.problems.clear()
    chromium.requests.clear()
    page = pages / f"{name}.html"
    chromium.open(page, width=width)
    assert chromium.evaluate("innerWidth") == width
    assert chromium.evaluate("document.documentElement.scrollWidth") <= width
    assert chromium.evaluate(BADLY_SET) == []
    assert chromium.problems == []
    assert set(chromium.requests) == {page.as_uri()}


def test_a_page_that_is_too_wide_or_breaks_would_be_noticed(chromium, tmp_path):
    page = tmp_path / "bad.html"
    page.write_text(
        "<!doctype html><meta name=viewport content='width=device-width'><p style='width:900px'>x"
        "<svg class=chart width=90 height=20><text y=15>far too long for its frame</text></svg>"
        "<script>missing()</script><img src='file:///nowhere.png'>"
    )
    chromium.problems.clear()
    chromium.requests.clear()
    chromium.open(page, width=360)
    assert chromium.evaluate("document.documentElement.scrollWidth") > 360
    assert chromium.evaluate(BADLY_SET) == ["out: far too long for its frame"]
    assert any("missing is not defined" in problem for problem in chromium.problems)
    assert "file:///nowhere.png" in chromium.requests


def test_what_matters_is_seen_before_scrolling(chromium, pages):
    chromium.open(pages / "rich.html", width=1280, height=800)
    for part in ("h1", ".cover .facts", ".verdict", ".scores", ".next", ".well"):
        bottom = f"document.querySelector('{part}').getBoundingClientRect().bottom"
        assert chromium.evaluate(bottom) <= 800


@pytest.mark.parametrize("dark", [False, True])
def test_words_are_readable_by_day_and_by_night(chromium, pages, dark):
    chromium.open(pages / "rich.html", width=1280, dark=dark)
    luminance, least = chromium.evaluate(CONTRASTS)
    assert (luminance < 0.1) == dark
    assert least >= 4.5


def test_a_link_to_a_moment_brings_its_word_into_view(chromium, pages):
    chromium.open(pages / "rich.html", width=1280)
    chromium.evaluate("document.documentElement.style.scrollBehavior = 'auto'")
    word = chromium.evaluate(
        "(() => { const link = document.querySelector('.next .times a'); link.click();"
        "const word = document.querySelector(':target'); const box = word.getBoundingClientRect();"
        "return [word.textContent, box.top, box.bottom]; })()"
    )
    answer = builders.rich().assessment.answers[0]
    moment = builders.rich().assessment.findings[0].moments[0]
    spoken = next(w.text for w in answer.words if w.end > moment.start)
    assert word[0] == spoken
    assert 0 <= word[1] < word[2] <= 800


@pytest.fixture
def with_sound(tmp_path: Path) -> Path:
    case = builders.without_video()
    with wave.open(str(tmp_path / "my talk.wav"), "wb") as sound:
        sound.setparams((1, 1, 8000, 0, "NONE", ""))
        sound.writeframes(b"\x80" * int(8000 * case.assessment.duration))
    page = tmp_path / "report.html"
    page.write_text(
        render_html(
            case.session,
            case.assessment,
            generated_at=builders.GENERATED,
            recording_href="my talk.wav",
        ),
        encoding="utf-8",
    )
    return page


def test_a_click_on_a_moment_plays_the_recording_from_there(chromium, with_sound):
    chromium.problems.clear()
    chromium.open(with_sound, width=1280)
    wanted, heard = chromium.evaluate(
        """new Promise((done) => {
          const player = document.querySelector("audio");
          const link = document.querySelectorAll(".next .times a")[1];
          const told = () => done([Number(link.dataset.t), player.currentTime]);
          player.addEventListener("seeked", told);
          link.click();
        })"""
    )
    assert wanted > 60
    assert heard == pytest.approx(wanted, abs=0.5)
    place = "getComputedStyle(document.querySelector('#player')).position"
    assert chromium.evaluate(place) == "fixed"
    chromium.evaluate("document.querySelector('.close').click()")
    assert chromium.evaluate("document.querySelector('audio').paused")
    assert chromium.evaluate(place) == "static"
    assert chromium.problems == []
