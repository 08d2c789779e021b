import importlib.abc
import logging
import re
import sys
import time

import builders
import pytest
from measured import NO_VIDEO
from pypdf import PdfReader

from interviewer.errors import CannotDoError
from interviewer.report.pdf import render_pdf

A4 = (595.3, 841.9)
SPOKEN = "compare the two scores row by row"


def make(case, out, **options):
    render_pdf(case.session, case.assessment, out, generated_at=builders.GENERATED, **options)
    return PdfReader(out)


def words(page):
    return " ".join(page.extract_text().split())


@pytest.fixture(scope="module")
def rich(tmp_path_factory):
    return make(builders.rich(), tmp_path_factory.mktemp("pdf") / "report.pdf")


def test_a_session_of_three_answers_takes_two_to_six_numbered_a4_pages(rich):
    count = len(rich.pages)
    assert 2 <= count <= 6
    for number, page in enumerate(rich.pages, 1):
        size = (float(page.mediabox.width), float(page.mediabox.height))
        assert size == pytest.approx(A4, abs=0.5)
        assert f"{number} of {count}" in words(page)
        assert "Data science practice, first round" in words(page)


def test_the_first_page_says_it_all(rich):
    first = words(rich.pages[0])
    findings = builders.rich().assessment.findings
    assert builders.VERDICT in first
    assert "Amina Diallo" in first
    for finding in [f for f in findings if f.kind == "improve"][:3]:
        assert finding.title in first
        assert finding.exercise in first
    for finding in [f for f in findings if f.kind == "strength"][:2]:
        assert finding.title in first


def test_all_that_was_asked_found_and_measured_can_be_read_from_the_text(rich):
    text = " ".join(words(page) for page in rich.pages)
    case = builders.rich()
    for question in case.session.questions:
        assert question.text in text
    for finding in case.assessment.findings:
        assert finding.title in text
    for metric in case.assessment.metrics:
        assert metric.label in text
    for limit in case.assessment.limits:
        assert limit in text


def test_no_page_is_left_with_a_line_or_two(rich):
    for page in rich.pages:
        assert len(words(page)) > 300


def test_charts_are_words_and_lines_not_pictures(rich):
    second = words(rich.pages[1])
    assert {"Q1", "Q2", "Q3", "confident", "fillers", "on target"} <= set(
        re.findall(r"on target|\w+", second)
    )
    assert all(not page.images for page in rich.pages)


def test_the_transcript_is_printed_only_when_asked(rich, tmp_path):
    assert SPOKEN not in " ".join(words(page) for page in rich.pages)
    whole = make(builders.rich(), tmp_path / "whole.pdf", transcript=True)
    assert SPOKEN in " ".join(words(page) for page in whole.pages)
    assert len(whole.pages) <= len(rich.pages) + 2


def test_the_document_says_what_it_is(rich):
    assert rich.metadata.title == "Data science practice, first round: interview report"
    assert rich.trailer["/Root"]["/Lang"] == "en"


@pytest.mark.parametrize("name", ["without_video", "silent", "plain", "right_to_left", "japanese"])
def test_sessions_with_little_to_show_are_short(name, tmp_path):
    case = getattr(builders, name)()
    made = make(case, tmp_path / "report.pdf")
    assert 2 <= len(made.pages) <= 6
    text = " ".join(words(page) for page in made.pages)
    assert (NO_VIDEO in text) == (name in {"without_video", "silent"})


def test_thirty_answers_are_printed_whole(tmp_path):
    made = make(builders.long(), tmp_path / "long.pdf")
    text = " ".join(words(page) for page in made.pages)
    assert all(f"Question number {n}:" in text for n in range(1, 31))
    assert len(made.pages) <= 10
    assert "Only what lay outside the usual range is listed" in text
    answers = text[text.index("Answer by answer") : text.index("All measurements")]
    assert answers.count("Longest pause") >= 30
    assert "Articulation rate" not in answers


def test_the_renderer_has_nothing_to_complain_of(caplog, tmp_path):
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        make(builders.rich(), tmp_path / "a.pdf")
        make(builders.silent(), tmp_path / "b.pdf", transcript=True)
    assert [record.getMessage() for record in caplog.records] == []


def test_progress_is_told_to_the_end_and_nothing_is_left_behind(tmp_path):
    told = []
    make(builders.plain(), tmp_path / "report.pdf", progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert [path.name for path in tmp_path.iterdir()] == ["report.pdf"]


def test_a_file_that_cannot_be_written_is_one_sentence_and_leaves_nothing(tmp_path):
    blocked = tmp_path / "report.pdf"
    blocked.mkdir()
    with pytest.raises(CannotDoError, match=r"report\.pdf cannot be written: .*\.$") as caught:
        make(builders.plain(), blocked)
    assert caught.value.next_step
    assert [path.name for path in tmp_path.iterdir()] == ["report.pdf"]
    with pytest.raises(CannotDoError, match="no such file or directory"):
        make(builders.plain(), tmp_path / "missing" / "report.pdf")


class _WithoutPango(importlib.abc.MetaPathFinder):
    def find_spec(self, fullname, path=None, target=None):
        if fullname == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")


def test_a_missing_pango_names_the_line_that_installs_it(monkeypatch, tmp_path):
    for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [_WithoutPango(), *sys.meta_path])
    with pytest.raises(CannotDoError, match="Pango") as caught:
        make(builders.plain(), tmp_path / "report.pdf")
    assert "sudo apt install libpango-1.0-0 libpangoft2-1.0-0" in caught.value.next_step
    assert list(tmp_path.iterdir()) == []


def test_a_pdf_is_made_within_six_seconds(rich, tmp_path):
    begun = time.process_time()
    make(builders.rich(), tmp_path / "report.pdf")
    assert time.process_time() - begun < 6
