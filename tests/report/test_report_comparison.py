import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import builders
import earlier
import pytest
from browser import Chromium, binary
from parsed import parse
from pypdf import PdfReader
from test_report_browser import BADLY_SET, CONTRASTS
from test_report_charts import SVG

from interviewer.assessment.comparison import compared
from interviewer.report.charts.attempts import attempts_chart
from interviewer.report.charts.canvas import MEDIUM, NARROW, PRINT, WIDE
from interviewer.report.charts.scores import scores_chart
from interviewer.report.html import render_html
from interviewer.report.pdf import render_pdf
from interviewer.report.shape import shape

needs_browser = pytest.mark.skipif(binary() is None, reason="no Chromium is installed")
COUNTS = (1, 2, 5, 20)


def render(case, comparison):
    return render_html(
        case.session, case.assessment, generated_at=builders.GENERATED, comparison=comparison
    )


def view_of(case, comparison):
    return shape(case.session, case.assessment, comparison)


def words_of(chart):
    return [node.text or "" for node in ET.fromstring(chart).iter(f"{SVG}text")]  # noqa: S314 - our own drawing


def rows_of(page):
    table = page.find("table", class_="compared")[0]
    return {
        row.find("th")[0].text: [cell.text for cell in row.find("td")]
        for row in table.find("tbody")[0].find("tr")
    }


@pytest.fixture(scope="module")
def case():
    return builders.rich()


@pytest.fixture(scope="module")
def page(case):
    return parse(render(case, earlier.comparison(case, 5)))


def test_without_earlier_attempts_nothing_is_said_of_them(case):
    text = render(case, None)
    assert compared(case.assessment, []) is None
    assert "earlier" not in parse(text).text
    assert 'id="compared"' not in text
    assert "last time" not in text


def test_each_score_shows_its_change_and_whether_it_is_more_than_the_usual(page):
    said = page.by_id("scores-half-desc").text
    assert "Eye contact: 41 of 100, act; +25 since last time, beyond your usual" in said
    assert re.search(r"Overall: 71 of 100, watch; [+−]\d+ since last time, within your", said)
    overview = page.find("section", class_="scores")[0].text
    assert "since last time, 18 November 2026" in overview
    assert "beyond your usual ups and downs" in overview


def test_points_are_the_difference_of_the_numbers_that_are_shown(case):
    before = [earlier.attempt(case, 1, scores={"overall": 65.6})]
    overall = view_of(case, compared(case.assessment, before)).scores[0]
    assert (round(overall.value), overall.change.text) == (71, "+5")


def test_a_change_that_rounds_to_nothing_is_no_change(case):
    steady = [
        earlier.attempt(case, back, scores={"overall": 71.0 + back / 100}) for back in (1, 2, 3)
    ]
    comparison = compared(case.assessment, steady)
    assert next(c for c in comparison.scores if c.name == "overall").beyond_noise is True
    overall = view_of(case, comparison).scores[0]
    assert (overall.change.text, overall.change.reading) == ("same", "within")
    assert "the same as last time" in scores_chart(view_of(case, comparison).scores, WIDE)


@pytest.mark.parametrize("count", [1, 2])
def test_with_fewer_than_three_earlier_ones_nothing_is_claimed(case, count):
    text = parse(render(case, earlier.comparison(case, count)))
    section = text.by_id("compared").text
    assert "usual ups and downs" not in text.text
    assert "Usual change" not in section
    assert "plain differences" in section
    assert ("After two more attempts" in section) == (count == 1)
    assert "+25 since last time" in text.by_id("scores-half-desc").text


def test_the_table_shows_what_changed_most_with_its_numbers(page):
    rows = rows_of(page)
    assert next(iter(rows)) == "Fillers"
    now, unit, before, change, usual, reading, best = rows["Fillers"]
    assert (now, unit, before, change, best) == ("4.1", "per 100 words", "9.2", "−5.1", "4.1")
    assert usual.startswith("±0.")
    assert reading == "beyond, better"
    assert rows["Pitch"][-1] == ""
    assert "Pace" not in rows


def test_bare_counts_are_not_compared_because_they_grow_with_the_time_spoken(case):
    before = [earlier.attempt(case, 1, metrics={"words": 900.0, "longest_pause": 4.0})]
    rows = rows_of(parse(render(case, compared(case.assessment, before))))
    assert list(rows) == ["Longest pause"]


def test_a_change_for_the_worse_says_so(case):
    before = [
        earlier.attempt(case, back, metrics={"fillers_per_100_words": 1.0 + back / 10})
        for back in range(1, 5)
    ]
    rows = rows_of(parse(render(case, compared(case.assessment, before))))
    assert rows["Fillers"][5] == "beyond, worse"
    assert rows["Fillers"][-1] == "1.1"


def test_times_that_read_as_minutes_are_compared_as_minutes(case):
    before = [earlier.attempt(case, 1, metrics={"answer_length": 95.0})]
    rows = rows_of(parse(render(case, compared(case.assessment, before))))
    assert rows["Answer length"][:4] == ["0:40", "min", "1:35", "−0:55"]


def test_what_did_not_change_is_said_in_a_sentence(case):
    same = [earlier.attempt(case, back) for back in (1, 2, 3, 4)]
    text = parse(render(case, compared(case.assessment, same)))
    assert text.find("table", class_="compared") == []
    assert "No measure changed." in text.by_id("compared").text


def test_a_score_that_was_not_observed_last_time_is_compared_with_when_it_was(case):
    before = [
        earlier.attempt(case, 1, scores={"eye_contact": None}),
        earlier.attempt(case, 2, scores={"eye_contact": 30.0}),
    ]
    text = parse(render(case, compared(case.assessment, before)))
    assert "Eye contact: 41 of 100, act; +11 since" in text.by_id("scores-half-desc").text
    assert "Eye contact: not observed last time" in text.by_id("compared").text
    assert (
        "Eye contact: 30, not observed, then 41 this time" in text.by_id("attempts-wide-desc").text
    )


def test_attempts_at_another_level_and_without_a_name_are_told(case):
    before = [earlier.attempt(case, 1), earlier.attempt(case, 2, level="easy")]
    comparison = compared(case.assessment, before)
    section = parse(render(case, comparison)).by_id("compared").text
    assert "1 of the 2 earlier attempts had questions of another level." in section
    assert "name nobody" not in section
    nameless = replace(case, session=case.session.model_copy(update={"candidate": None}))
    assert "name nobody" in parse(render(nameless, comparison)).by_id("compared").text


@pytest.mark.parametrize("sheet", [WIDE, MEDIUM, NARROW, PRINT])
@pytest.mark.parametrize("count", COUNTS)
def test_the_chart_has_a_point_for_each_attempt_and_marks_this_one(case, count, sheet):
    view = view_of(case, earlier.comparison(case, count)).comparison
    chart = attempts_chart(view, sheet)
    words = words_of(chart)
    assert [len(trend.values) for trend in view.trends] == [count + 1] * 6
    assert {trend.label for trend in view.trends} <= set(words)
    assert "this one" in words
    # A point for each attempt, and two for this one: its ring and its dot.
    assert chart.count("<use ") == 6 * (count + 3)
    for trend in view.trends:
        before = ", ".join(str(round(value)) for value in trend.values[:-1])
        assert f"{trend.label}: {before}, then {round(trend.values[-1])} this time" in chart


def test_scores_lie_within_the_scale_they_are_drawn_on(case):
    wild = [
        earlier.attempt(case, 1, scores={"overall": 0.0, "pace": 100.0}),
        earlier.attempt(case, 2, scores={"overall": 100.0, "clarity": None}),
        earlier.attempt(case, 3, scores={"overall": 50.0, "clarity": None}),
    ]
    view = view_of(case, compared(case.assessment, wild)).comparison
    chart = ET.fromstring(attempts_chart(view, WIDE))  # noqa: S314 - our own drawing
    height = float(chart.get("height"))
    marks = [float(node.get("y")) for node in chart.iter(f"{SVG}use")]
    assert marks
    assert all(0 < y < height for y in marks)
    assert {"0", "100"} <= set(words_of(attempts_chart(view, WIDE)))


def test_a_score_that_was_never_observed_has_no_chart():
    case = builders.without_video()
    view = view_of(case, earlier.comparison(case, 5)).comparison
    assert "Eye contact" not in {trend.label for trend in view.trends}


def test_labels_of_earlier_attempts_are_never_markup(case):
    evil = "<img src=x onerror=alert(1)>"
    scores = tuple(s.model_copy(update={"label": evil}) for s in case.assessment.scores)
    metrics = tuple(
        m.model_copy(update={"label": evil, "unit": evil}) for m in case.assessment.metrics
    )
    hostile = case.assessment.model_copy(update={"scores": scores, "metrics": metrics})
    text = render_html(
        case.session,
        hostile,
        generated_at=builders.GENERATED,
        comparison=earlier.comparison(case, 5),
    )
    assert parse(text).find("img") == []


@pytest.mark.parametrize("count", COUNTS)
def test_ids_stay_unique_and_links_lead_somewhere(case, count):
    built = parse(render(case, earlier.comparison(case, count)))
    ids = [e.attributes["id"] for e in built.find() if "id" in e.attributes]
    assert len(set(ids)) == len(ids)
    targets = {e.attributes["href"] for e in built.find("a")}
    assert "#compared" in targets
    assert {target[1:] for target in targets} <= set(ids)


@pytest.mark.parametrize("count", [1, 20])
def test_the_print_has_it_too_without_a_cut(case, count, tmp_path):
    out = tmp_path / "report.pdf"
    render_pdf(
        case.session,
        case.assessment,
        out,
        generated_at=builders.GENERATED,
        comparison=earlier.comparison(case, count),
    )
    pages = [" ".join(each.extract_text().split()) for each in PdfReader(out).pages]
    assert len(pages) <= 6
    (holding,) = [text for text in pages if "Compared with earlier attempts" in text]
    assert all(score.label in holding for score in case.assessment.scores)
    assert holding.count("this one") == 3
    (listing,) = [text for text in pages if "What changed most" in text]
    assert "Fillers" in listing
    assert "There is a best only where" in listing
    assert "since last time" in pages[0]


@pytest.fixture(scope="module")
def chromium(tmp_path_factory):
    with Chromium(binary(), tmp_path_factory.mktemp("profile")) as running:
        yield running


@pytest.fixture(scope="module")
def pages(tmp_path_factory, case):
    folder = tmp_path_factory.mktemp("compared")
    for count in COUNTS:
        (folder / f"{count}.html").write_text(render(case, earlier.comparison(case, count)))
    return folder


@needs_browser
@pytest.mark.parametrize("width", [360, 620, 730, 800, 1280, 1600])
@pytest.mark.parametrize("count", COUNTS)
def test_a_page_with_changes_fits_its_window_and_asks_for_nothing(chromium, pages, count, width):
    chromium.problems.clear()
    chromium.requests.clear()
    built = pages / f"{count}.html"
    chromium.open(built, width=width)
    assert chromium.evaluate("document.documentElement.scrollWidth") <= width
    assert chromium.evaluate(BADLY_SET) == []
    assert chromium.problems == []
    assert set(chromium.requests) == {built.as_uri()}
    shown = "[...document.querySelectorAll('#compared svg.chart')].filter((c) => c.clientWidth)"
    assert chromium.evaluate(f"{shown}.length") == 1


@needs_browser
@pytest.mark.parametrize("count", COUNTS)
def test_changes_push_nothing_that_matters_out_of_the_first_screen(chromium, pages, count):
    chromium.open(pages / f"{count}.html", width=1280, height=800)
    bottom = "document.querySelector('.well').getBoundingClientRect().bottom"
    assert chromium.evaluate(bottom) <= 800


@needs_browser
@pytest.mark.parametrize("dark", [False, True])
def test_changes_are_readable_by_day_and_by_night(chromium, pages, dark):
    chromium.open(pages / "5.html", width=1280, dark=dark)
    luminance, least = chromium.evaluate(CONTRASTS)
    assert (luminance < 0.1) == dark
    assert least >= 4.5
