import re
import time
from itertools import pairwise

import builders
import pytest
from measured import NO_VIDEO, ROWS
from parsed import parse

from interviewer.interview.documents.assessment import Moment
from interviewer.report.html import render_html

CASES = (
    "rich",
    "without_video",
    "silent",
    "long",
    "plain",
    "right_to_left",
    "japanese",
    "endless",
)
LINKS = {"src", "href", "xlink:href", "action", "poster", "srcset", "data", "formaction"}


def render(case, **options):
    return render_html(case.session, case.assessment, generated_at=builders.GENERATED, **options)


@pytest.fixture(scope="module")
def rich():
    return parse(render(builders.rich()))


@pytest.fixture(scope="module", params=CASES)
def any_page(request):
    return render(getattr(builders, request.param)())


def test_everything_assessed_is_on_the_page(rich):
    case = builders.rich()
    assessment, text = case.assessment, rich.text
    assert assessment.verdict in text
    for score in assessment.scores:
        assert score.label in rich.by_id("scores-half-desc").text
    for finding in assessment.findings:
        assert finding.title in text
        assert finding.text in text
        assert finding.why in text
        assert finding.exercise in text
        assert all(moment.quote in text for moment in finding.moments)
    for question in case.session.questions:
        assert question.text in text
    for metric in assessment.metrics:
        assert metric.label in rich.by_id("measurements").text
    for limit in assessment.limits:
        assert limit in rich.by_id("method").text
    assert "Sunday, 22 November 2026, 15:30" in rich.by_id("method").text


def test_the_first_screen_holds_verdict_scores_three_steps_and_two_strengths(rich):
    overview = rich.find(class_="overview")[0]
    steps = overview.find("section", class_="next")[0].find("li")
    assert len(steps) == 3
    titles = [f.title for f in builders.rich().assessment.findings if f.kind == "improve"]
    assert [step.find("a", class_="title")[0].text for step in steps] == titles[:3]
    assert all(step.find("a", class_="time") for step in steps)
    assert len(overview.find("section", class_="well")[0].find("li")) == 2
    order = [section.attributes.get("id") for section in rich.find("section")]
    wanted = ["timeline", "timing", "work", "answers", "measurements", "method"]
    assert [name for name in order if name in wanted] == wanted


def test_each_measurement_has_value_unit_band_reading_confidence_and_source(rich):
    rows = rich.find("table", class_="metrics")[0].find("tbody")[0].find("tr")
    cells = {
        row.find("th")[0].text.split(" 0:")[0]: [c.text for c in row.find("td")] for row in rows
    }
    assert cells["Pace"] == ["154", "wpm", "120–185", "good", "high", "source 1"]
    assert cells["Fillers"][:4] == ["4.1", "per 100 words", "up to 3.5", "watch"]
    assert cells["Eye contact"][:4] == ["41", "%", "60 or more", "act"]
    assert cells["Tone"] == ["calm", "", "", "", "medium", ""]
    assert len(rows) == len(ROWS)


def test_what_was_not_observed_says_so_and_never_shows_a_number():
    page = parse(render(builders.without_video()))
    rows = page.find("table", class_="metrics")[0].find("tbody")[0].find("tr")
    absent = [row for row in rows if row.find("td", class_="absent")]
    assert [row.find("th")[0].text for row in absent] == ["Eye contact", "Smiling"]
    for row in absent:
        assert row.find("td")[0].text == f"not observed: {NO_VIDEO}"
        assert row.find("td", class_="number") == []
    made = page.find("table", class_="made")[0].find("tr")
    (score,) = [row for row in made if row.find("td", class_="absent")]
    assert score.text == f"Eye contact not observed: {NO_VIDEO}"
    for answer in page.find("article", class_="answer"):
        assert f"Eye contact and Smiling: not observed, {NO_VIDEO}." in answer.text
        assert "Smiling" not in answer.find("ul", class_="measures")[0].text


def test_silence_shows_no_number_for_anything():
    page = parse(render(builders.silent()))
    assert page.find(class_="number", tag="td") == []
    assert page.find(class_="value") == []
    assert page.find("table", class_="metrics")[0].text.count("not observed") == len(ROWS)
    assert "No words were heard in this answer." in page.text
    assert page.find(class_="legend") == []


def test_the_transcript_is_whole_and_marked(rich):
    for number, answer in enumerate(builders.rich().assessment.answers, 1):
        section = rich.by_id(f"q{number}")
        said = " ".join(p.find("p")[0].text for p in section.find(class_="paragraph"))
        for pause in section.find("span", class_="pause"):
            said = said.replace(f" {pause.text} ", " ", 1)
        assert said == " ".join(word.text for word in answer.words)
    first = rich.by_id("q1")
    assert [mark.text for mark in first.find("span", class_="filler")] == ["um,", "uh,", "um,"]
    assert [mark.text for mark in first.find("span", class_="repetition")] == ["at"]
    assert first.find("span", class_="pause")[0].attributes["title"] == "pause of 1.4 s at 0:17"
    legend = rich.find(class_="legend")[0].text
    assert all(word in legend for word in ("filler", "repetition", "pause"))


def test_every_link_leads_somewhere_on_the_page_and_ids_are_unique(any_page):
    page = parse(any_page)
    ids = [e.attributes["id"] for e in page.find() if "id" in e.attributes]
    assert len(set(ids)) == len(ids)
    targets = {e.attributes["href"] for e in page.find("a")}
    assert all(target.startswith("#") for target in targets)
    assert {target[1:] for target in targets} <= set(ids)
    labelled = {
        name for e in page.find() for name in e.attributes.get("aria-labelledby", "").split()
    }
    assert labelled <= set(ids)


def test_nothing_is_fetched_from_anywhere(any_page):
    page = parse(any_page)
    for element in page.find():
        for name, value in element.attributes.items():
            if name in LINKS:
                assert value.startswith("#"), f"{element.tag} {name}={value}"
            assert "url(" not in value.replace("url(#", "")
    styles = "".join(str(child) for e in page.find("style") for child in e.children)
    assert "url(" not in styles
    assert "@import" not in styles
    assert page.find("script") == []
    assert not {"link", "img", "iframe", "object", "embed", "base"} & {e.tag for e in page.find()}
    (policy,) = [e for e in page.find("meta") if "http-equiv" in e.attributes]
    assert policy.attributes["content"].startswith("default-src 'none'")


def test_headings_go_down_one_level_at_a_time(any_page):
    levels = [int(e.tag[1]) for e in parse(any_page).find() if re.fullmatch("h[1-6]", e.tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_what_people_said_is_never_markup():
    evil = '<script>alert("x")</script>\'"><img src=x onerror=alert(1)>'
    case = builders.build((evil,), (f"well {evil} yes",), candidate=evil, title=evil, language="en")
    assessment = case.assessment
    moment = Moment(start=8, end=9, quote=evil, note=evil)
    finding = assessment.findings[0].model_copy(
        update={"title": evil, "text": evil, "why": evil, "exercise": evil, "moments": (moment,)}
    )
    metric = assessment.metrics[0].model_copy(
        update={
            "label": evil,
            "unit": evil,
            "evidence": (moment,),
            "band": assessment.metrics[0].band.model_copy(update={"source": evil}),
        }
    )
    missing = assessment.metrics[1].model_copy(update={"value": None, "not_observed": evil})
    score = assessment.scores[0].model_copy(update={"label": evil, "value": None})
    hostile = assessment.model_copy(
        update={
            "verdict": evil,
            "language": "en",
            "findings": (finding,),
            "metrics": (metric, missing),
            "scores": (score,),
            "limits": (evil,),
            "timeline": assessment.timeline.model_copy(update={"tone_reference": evil}),
        }
    )
    page = parse(render_html(case.session, hostile, generated_at=builders.GENERATED))
    assert page.find("script") == []
    assert page.find("img") == []
    assert all(not name.startswith("on") for e in page.find() for name in e.attributes)
    assert page.text.count('<script>alert("x")</script>') > 12


def test_the_player_is_there_only_with_a_recording_and_names_it_as_a_relative_url():
    assert "<video" not in render(builders.rich())
    page = parse(render(builders.rich(), recording_href="../my talk #1 50%.mp4"))
    (video,) = page.find("video")
    assert video.attributes["src"] == "../my%20talk%20%231%2050%25.mp4"
    assert len(page.find("script")) == 1
    sound = parse(render(builders.without_video(), recording_href="javascript:alert(1).wav"))
    (audio,) = sound.find("audio")
    assert audio.attributes["src"] == "./javascript%3Aalert%281%29.wav"


def test_times_carry_the_second_they_play_from():
    page = parse(render(builders.rich(), recording_href="recording.mp4"))
    times = [float(e.attributes["data-t"]) for e in page.find("a", class_="time")]
    duration = builders.rich().assessment.duration
    assert len(times) > 20
    assert all(0 <= second <= duration for second in times)


def test_languages_keep_their_direction_and_joints():
    hebrew = parse(render(builders.right_to_left()))
    (paragraph,) = hebrew.find(class_="paragraph")
    assert paragraph.find("p")[0].attributes == {"dir": "rtl", "lang": "he"}
    assert hebrew.find("h1")[0].attributes["dir"] == "auto"
    japanese = parse(render(builders.japanese()))
    assert "まずデータの計算方法が同じかどうかを確認します。" in japanese.text


def test_the_same_documents_make_the_same_page():
    assert render(builders.rich()) == render(builders.rich())


def test_a_page_is_made_within_two_seconds():
    render(builders.plain())
    begun = time.process_time()
    render(builders.rich())
    assert time.process_time() - begun < 2
