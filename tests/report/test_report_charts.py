import logging
import re
import subprocess
import sys
from xml.etree import ElementTree as ET

import builders
import pytest

from interviewer.interview.documents.assessment import Verdict
from interviewer.report.charts.canvas import (
    HALF,
    MEDIUM,
    NARROW,
    PRINT,
    PRINT_HALF,
    WIDE,
    Canvas,
    letters,
)
from interviewer.report.charts.scores import scores_chart
from interviewer.report.charts.timeline import every_readable, timeline_chart
from interviewer.report.charts.timing import timing_chart
from interviewer.report.palette import INK
from interviewer.report.shape import shape
from interviewer.report.view import ScoreView, TimingView

SVG = "{http://www.w3.org/2000/svg}"
CASES = ("rich", "without_video", "silent", "long", "plain", "endless")


def _view(name):
    case = getattr(builders, name)()
    return shape(case.session, case.assessment)


def _all_charts(view):
    return [
        *(scores_chart(view.scores, sheet) for sheet in (HALF, NARROW, PRINT_HALF)),
        *(timeline_chart(view.timeline, sheet) for sheet in (WIDE, MEDIUM, NARROW, PRINT)),
        *(
            timing_chart(view.timing, view.latency_usual, sheet)
            for sheet in (WIDE, MEDIUM, NARROW, PRINT)
        ),
    ]


@pytest.fixture(scope="module", params=CASES)
def charts(request):
    return _all_charts(_view(request.param))


def _parsed(chart):
    return ET.fromstring(chart)  # noqa: S314 - our own drawing


def _words(chart):
    return [node.text or "" for node in _parsed(chart).iter(f"{SVG}text")]


def test_every_chart_is_an_image_with_a_title_and_a_description(charts):
    for chart in charts:
        root = _parsed(chart)
        assert root.get("role") == "img"
        title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
        assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
        assert len(title.text) > 5
        assert description.text.endswith(".")
        assert "None" not in description.text


def test_ids_are_unique_over_all_charts_and_every_reference_has_its_target(charts):
    ids, wanted = [], []
    for chart in charts:
        ids += re.findall(r'\bid="([^"]+)"', chart)
        wanted += re.findall(r'(?:href="#|url\(#)([^")]+)', chart)
        wanted += re.search(r'aria-labelledby="([^"]+)"', chart).group(1).split()
    assert len(set(ids)) == len(ids)
    assert set(wanted) <= set(ids)


def test_charts_for_the_screen_leave_every_colour_to_the_page(charts):
    for chart in charts:
        colours = re.findall(r"#[0-9a-f]{6}\b", chart)
        if "-print" in chart[:400]:
            assert colours
            assert "var(" not in chart
        else:
            assert colours == []
            assert "var(--c-ink)" in chart


def test_charts_bring_no_style_sheet_no_declaration_and_no_metadata(charts):
    for chart in charts:
        assert chart.startswith("<svg ")
        assert chart.rstrip().endswith("</svg>")
        assert "<style" not in chart
        assert "<metadata" not in chart
        assert "<!DOCTYPE" not in chart


def test_words_lie_within_the_sheet(charts):
    for chart in charts:
        root = _parsed(chart)
        _, _, width, height = (float(part) for part in root.get("viewBox").split())
        for node in root.iter(f"{SVG}text"):
            style = dict(re.findall(r"([\w-]+): ([^;]+)", node.get("style") or ""))
            size = style.get("font-size") or node.get("font-size")
            anchor = style.get("text-anchor") or node.get("text-anchor")
            extent = letters(node.text, float(size.removesuffix("px")))
            shift = {"end": -1, "middle": -0.5}.get(anchor, 0)
            if node.get("x") is not None:
                x, y = float(node.get("x")), float(node.get("y"))
            else:
                x, y = map(float, re.findall(r"-?[\d.]+", node.get("transform"))[:2])
            left = x + shift * extent
            assert left >= -0.06 * extent - 1, node.text
            assert left + extent <= width + 0.06 * extent + 1, node.text
            assert 0 <= y <= height + 0.3, node.text


def test_a_chart_is_the_same_every_time_it_is_drawn():
    view = _view("rich")
    assert _all_charts(view) == _all_charts(view)


def test_drawing_complains_of_nothing(caplog, recwarn):
    with caplog.at_level(logging.WARNING, logger="matplotlib"):
        _all_charts(_view("japanese"))
    assert caplog.records == []
    assert [str(warning.message) for warning in recwarn] == []


def _score(value):
    return ScoreView("pace", "Pace", "pace", value, Verdict.NONE, "high", "no camera", ())


def test_a_score_that_was_not_observed_says_so_and_a_score_of_zero_is_drawn():
    absent = scores_chart([_score(None)], HALF)
    assert _words(absent) == ["Pace", "not observed"]
    assert "var(--c-pace)" not in absent
    assert "not observed, no camera." in absent
    zero = scores_chart([_score(0.0)], HALF)
    assert "0" in _words(zero)
    assert "not observed" not in zero
    assert "var(--c-pace)" in zero


def test_scores_carry_their_number_and_their_verdict_in_words():
    words = _words(scores_chart(_view("rich").scores, HALF))
    assert words[:3] == ["Overall", "71", "watch"]
    assert {"good", "watch", "act"} <= set(words)


def test_timeline_rows_that_were_not_observed_say_why():
    words = _words(timeline_chart(_view("silent").timeline, WIDE))
    said = [word for word in words if word.startswith("not observed")]
    assert said == [
        "not observed: nobody spoke",
        "not observed: nobody spoke",
        "not observed: the recording has no video",
        "not observed: the recording has no video",
        "not observed: no speech was heard",
    ]


def test_the_timeline_names_its_rows_lanes_answers_and_usual_bands():
    words = _words(timeline_chart(_view("rich").timeline, WIDE))
    named = {"Tone", "calm", "nervous", "confident", "Pace", "Eye contact", "Smile", "Speech"}
    assert named | {"pauses", "fillers", "Q1", "Q2", "Q3", "usual 120–185"} <= set(words)
    assert {"0:00", "1:00", "2:00"} <= set(words)


def test_answer_names_thin_out_evenly_when_there_is_no_room():
    labels = [(10.0 * i, 12.0, f"Q{i + 1}") for i in range(30)]
    assert [name for *_, name in every_readable(labels)] == [f"Q{n}" for n in range(5, 31, 5)]
    roomy = [(40.0 * i, 12.0, f"Q{i + 1}") for i in range(30)]
    assert every_readable(roomy) == roomy


def test_timing_says_how_a_length_lies_against_its_target():
    rows = [
        TimingView("Q1", 20, (30, 60), 0.8, 1.5),
        TimingView("Q2", 45, (30, 60), 0.0, None),
        TimingView("Q3", 90, (30, 60), None, None),
        TimingView("Q4", None, (None, None), None, None),
    ]
    words = _words(timing_chart(rows, (0.2, 2.0), WIDE))
    assert [w for w in words if w in {"short", "on target", "long"}] == [
        "short",
        "on target",
        "long",
    ]
    assert words.count("not observed") == 3
    assert {"0:20", "0:45", "1:30", "0.8 s", "0.0 s"} <= set(words)


def test_a_dollar_sign_is_no_formula_and_markup_is_escaped():
    canvas = Canvas(HALF, 40)
    canvas.words(0, 20, "from $5 to $10 <b>&", colour=INK)
    chart = canvas.svg("x", "<script>", "a < b & c.")
    assert _words(chart) == ["from $5 to $10 <b>&"]
    assert "<script>" not in chart
    assert "<b>" not in chart


def test_a_recording_of_no_length_can_be_drawn():
    case = builders.silent()
    nothing = case.assessment.model_copy(update={"duration": 0.0})
    view = shape(case.session, nothing)
    assert timeline_chart(view.timeline, WIDE).endswith("</svg>")


def test_drawing_never_loads_pyplot():
    script = (
        "import sys; sys.path.insert(0, 'tests/report'); import builders;"
        "from interviewer.report.html import render_html;"
        "before = {'matplotlib', 'weasyprint', 'jinja2'} & set(sys.modules);"
        "case = builders.plain();"
        "render_html(case.session, case.assessment, generated_at=builders.GENERATED);"
        "print(sorted(before), 'matplotlib' in sys.modules, 'matplotlib.pyplot' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        cwd=__file__.rpartition("/tests/")[0],
    )
    assert done.stdout.split("\n")[0] == "[] True False"
