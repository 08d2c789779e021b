import csv
import re

import jiwer
import numpy as np
import pytest
import spoken

from interviewer.analysis.decoder import Decoder, Hearing
from interviewer.analysis.segments import Cutter, Segment
from interviewer.analysis.speech import FILLER_PROMPT, Recogniser
from interviewer.analysis.words import HeardWord
from interviewer.errors import InputError, ModelMissingError
from interviewer.interview.documents.base import Span
from interviewer.interview.documents.observations import SpeechObservation, Word

RATE = 16_000
FILLERS = {"um", "uh", "er", "hmm", "erm", "mm"}


@pytest.fixture(scope="session")
def whisper_base(tmp_path_factory):
    return spoken.join_whisper_base(tmp_path_factory.mktemp("whisper-base"))


@pytest.fixture(scope="module")
def base(whisper_base):
    return Recogniser(whisper_base, language="en")


@pytest.fixture(scope="module")
def tiny():
    return Recogniser(spoken.whisper_tiny())


def clips_of(samples):
    cutter = Cutter()
    segments = cutter.feed(samples) + cutter.finish(len(samples) / RATE)
    return [(s, samples[round(s.start * RATE) : round(s.end * RATE)]) for s in segments]


def words_in(observations):
    return [word for observation in observations for word in observation.words]


def plain(text):
    return re.sub(r"[^a-z' ]", "", text.lower().replace("-", " ")).split()


def content(text):
    return " ".join(word for word in plain(text) if word not in FILLERS)


def heard_text(observations):
    return " ".join(word.text for word in words_in(observations))


def fillers_of(text):
    return sum(word in FILLERS for word in plain(text))


@pytest.fixture(scope="module")
def answer():
    return spoken.talk(
        1.3,
        "Um,",
        0.6,
        "I led a team of five engineers at a small company.",
        0.9,
        "We built a model that predicts which customers will leave.",
        0.4,
        "Uh,",
        0.5,
        "it saved a lot of money, and everybody was happy.",
        1.2,
        "After that we moved it into production.",
        1.0,
    )


@pytest.fixture(scope="module")
def answered(base, answer):
    return base.transcribe(clips_of(answer.samples))


def test_the_words_are_those_that_were_said(answered, answer):
    assert jiwer.wer(content(answer.text), content(heard_text(answered))) < 0.08


def test_fillers_are_written_down_where_they_are(answered, answer):
    found = [word for word in words_in(answered) if fillers_of(word.text)]
    said = [phrase for phrase in answer.phrases if fillers_of(phrase[2])]
    assert len(found) == len(said)
    for word, (start, _, _) in zip(found, said, strict=True):
        assert word.start == pytest.approx(start, abs=0.1)


def test_fluent_speech_gets_no_fillers(base):
    talk = spoken.talk(
        0.5,
        "The simple model was almost as good as the large one.",
        0.6,
        "So I chose it, because people can read its reasons.",
        0.5,
    )
    heard = heard_text(base.transcribe(clips_of(talk.samples)))
    assert fillers_of(heard) == 0
    assert jiwer.wer(content(talk.text), content(heard)) < 0.05


def test_words_beside_pauses_begin_and_end_with_their_sound(answered, answer):
    words = words_in(answered)
    starts, ends = [word.start for word in words], [word.end for word in words]
    for start, end, _ in answer.phrases:
        assert min(abs(start - found) for found in starts) < 0.06
        assert min(abs(end - found) for found in ends) < 0.16
    for word in words:
        assert any(s - 0.1 <= word.start and word.end <= e + 0.1 for s, e, _ in answer.phrases)


def test_words_are_in_order_without_overlap_and_inside_their_segment(answered):
    for observation in answered:
        reached = observation.start
        for word in observation.words:
            assert reached <= word.start <= word.end <= observation.end
            reached = word.end


def test_what_is_heard_does_not_depend_on_the_company(tiny, answer):
    clips = clips_of(answer.samples)
    assert len(clips) > 1
    together = tiny.transcribe(clips)
    assert [tiny.transcribe([clip])[0] for clip in reversed(clips)] == together[::-1]


def test_segments_without_speech_have_no_words_and_no_language(tiny):
    segment = Segment(0.0, 4.0, ())
    (found,) = tiny.transcribe([(segment, np.zeros(4 * RATE, dtype=np.float32))])
    assert found == SpeechObservation(start=0, end=4, language=None, speech=(), words=())


def test_samples_missing_at_the_end_are_silence(tiny):
    segment = Segment(0.0, 4.0, (Span(start=0.5, end=3.5),))
    (found,) = tiny.transcribe([(segment, np.zeros(RATE, dtype=np.float32))])
    assert found.words == ()


@pytest.mark.parametrize("kind", ["noise", "hum", "silence"])
def test_no_words_are_invented_even_if_the_detector_was_wrong(base, kind):
    rng = np.random.default_rng(2)
    sound = {
        "noise": rng.normal(0, 0.05, 6 * RATE),
        "hum": 0.1 * np.sin(2 * np.pi * 110 * np.arange(6 * RATE) / RATE),
        "silence": np.zeros(6 * RATE),
    }[kind].astype(np.float32)
    segment = Segment(0.0, 6.0, (Span(start=0.5, end=5.5),))
    (found,) = base.transcribe([(segment, sound)])
    assert found.words == ()


def test_an_english_model_hears_english(tiny, answer):
    assert {found.language for found in tiny.transcribe(clips_of(answer.samples)[:1])} == {"en"}


def test_german_is_heard_as_german_and_kept(whisper_base):
    talk = spoken.talk(
        0.5,
        "Ich habe fünf Jahre lang als Entwickler in Berlin gearbeitet.",
        0.7,
        "Danach bin ich zu einer anderen Firma gegangen, weil ich etwas lernen wollte.",
        0.5,
        voice=lambda text: spoken.say_with_espeak(text, voice="de", speed=140),
    )
    recogniser = Recogniser(whisper_base)
    segments = clips_of(talk.samples)
    (first, *_) = recogniser.transcribe(segments)
    assert first.language == "de"
    assert first.language_probability >= 0.5
    said, heard = set(plain(talk.text)), set(plain(heard_text([first])))
    assert len(said & heard) > len(said) / 2
    english = spoken.talk(0.3, "Yes, I would say so, absolutely, it was hard.", 0.3)
    (later,) = recogniser.transcribe(clips_of(english.samples)[:1])
    assert later.language == "de"


def test_the_language_of_an_earlier_run_is_recalled(whisper_base, answer):
    recogniser = Recogniser(whisper_base)
    earlier = SpeechObservation(
        start=0,
        end=9,
        language="fr",
        language_probability=0.9,
        speech=(Span(start=1, end=8),),
        words=(Word(text="Bonjour", start=1, end=2, probability=0.9),),
    )
    recogniser.recall(earlier.model_copy(update={"speech": (Span(start=1, end=3),)}))
    recogniser.recall(earlier.model_copy(update={"words": ()}))
    recogniser.recall(earlier.model_copy(update={"language_probability": 0.4}))
    assert recogniser._language is None
    recogniser.recall(earlier)
    (found, *_) = recogniser.transcribe(clips_of(answer.samples)[:1])
    assert found.language == "fr"


def test_a_model_that_is_not_there_names_the_next_step(tmp_path):
    (tmp_path / "tokenizer.json").write_text("{}")
    (tmp_path / "model.bin").write_bytes(b"not a model")
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(ModelMissingError) as raised:
            Recogniser(folder)
        assert "interviewer models" in raised.value.next_step


def test_a_language_that_the_model_does_not_know_is_refused(whisper_base):
    with pytest.raises(InputError, match="'de'"):
        Recogniser(spoken.whisper_tiny(), language="de")
    with pytest.raises(InputError, match="'klingon'"):
        Recogniser(whisper_base, language="klingon")


class ScriptedDecoder:
    """Says what it is told to say; takes note of what it was asked."""

    multilingual = True

    def __init__(self, *hearings):
        self.hearings = list(hearings)
        self.asked = []

    def hear(self, samples, start, language, prompt):
        self.asked.append((round(start, 3), round(len(samples) / RATE, 3), prompt))
        return self.hearings.pop(0)

    def detect(self, samples):
        return "nn", 0.3


def hearing(text, start, step=0.4, sure=-0.2):
    words = tuple(
        HeardWord(word, start + index * step, start + (index + 1) * step, 0.9)
        for index, word in enumerate(text.split())
    )
    return Hearing(words, sure)


def recogniser_with(decoder, language="en"):
    recogniser = Recogniser.__new__(Recogniser)
    recogniser._decoder = decoder
    recogniser._language, recogniser._probability = language, None
    recogniser._prompt = FILLER_PROMPT
    return recogniser


def transcribed(decoder, *speech, language="en"):
    segment = Segment(0.0, 20.0, tuple(Span(start=start, end=end) for start, end in speech))
    clip = (segment, np.zeros(20 * RATE, dtype=np.float32))
    (found,) = recogniser_with(decoder, language).transcribe([clip])
    return found


def test_speech_that_got_no_words_is_listened_to_again_without_the_prompt():
    decoder = ScriptedDecoder(hearing("I left", 1.0), hearing("because it was far", 5.2))
    found = transcribed(decoder, (1.0, 2.0), (5.0, 9.0))
    assert [word.text for word in found.words] == ["I", "left", "because", "it", "was", "far"]
    assert decoder.asked == [(0.8, 8.4, FILLER_PROMPT), (4.8, 4.4, None)]


def test_a_loop_is_tried_without_the_prompt_and_then_dropped():
    loop = hearing(" ".join(["no"] * 60), 1.0, step=0.1)
    decoder = ScriptedDecoder(loop, loop, loop)
    assert transcribed(decoder, (1.0, 8.0)).words == ()
    assert [prompt for _, _, prompt in decoder.asked] == [FILLER_PROMPT, None, None]


def test_a_guess_is_dropped_and_a_better_second_try_is_kept():
    decoder = ScriptedDecoder(hearing("you know", 1.0, sure=-1.3), hearing("it works", 1.0))
    found = transcribed(decoder, (1.0, 2.0))
    assert [word.text for word in found.words] == ["it", "works"]


def test_a_probable_silence_needs_sure_words():
    def heard(sure):
        words = hearing("thank you", 1.0).words
        decoder = ScriptedDecoder(Hearing(words, sure, 0.8), Hearing((), 0.0))
        return [word.text for word in transcribed(decoder, (1.0, 2.0)).words]

    assert heard(sure=-0.7) == []
    assert heard(sure=-0.2) == ["thank", "you"]


def test_the_prompt_said_back_is_no_speech():
    echo = hearing("that we, um, you know, uh, we, hmm, well", 1.0, step=0.2)
    assert transcribed(ScriptedDecoder(echo, hearing("", 1.0)), (1.0, 2.5)).words == ()


def test_words_on_silence_are_dropped():
    left, thanks = hearing("I left", 1.0), hearing("thank you", 4.0)
    decoder = ScriptedDecoder(Hearing(left.words + thanks.words, -0.2))
    found = transcribed(decoder, (1.0, 1.8))
    assert [word.text for word in found.words] == ["I", "left"]


def test_a_doubtful_language_is_english_and_not_kept():
    found = transcribed(ScriptedDecoder(hearing("hello", 1.0)), (1.0, 1.6), language=None)
    assert (found.language, found.language_probability) == ("en", None)


def test_pieces_of_a_word_are_joined(tiny):
    decoder = Decoder(spoken.whisper_tiny(), 1)
    talk = spoken.talk(0.3, "It was a well-known, state-of-the-art two-step process.", 0.3)
    heard = decoder.hear(talk.samples, 5.0, "en", None)
    assert all(word.text[0].isalnum() for word in heard.words)
    assert heard.words[0].start >= 5.0


@pytest.mark.slow
@pytest.mark.data
@pytest.mark.parametrize(
    ("model", "worst"), [("whisper_base", 0.05), ("tiny", 0.06)], ids=["base", "tiny.en"]
)
def test_word_error_rate_on_read_speech(data_dir, request, model, worst):
    from faster_whisper.audio import decode_audio

    found = request.getfixturevalue("base" if model == "whisper_base" else "tiny")
    said, heard = [], []
    with (data_dir / "asr_short" / "refs.csv").open(encoding="utf-8") as table:
        for row in csv.DictReader(table):
            if row["reference"] and not row["file"].startswith("ps_0"):  # cards: digits or words
                samples = decode_audio(str(data_dir / "asr_short" / row["file"]))
                said.append(content(row["reference"]))
                heard.append(content(heard_text(found.transcribe(clips_of(samples)))))
    assert jiwer.wer(said, heard) < worst
    assert fillers_of(" ".join(heard)) == 0


@pytest.mark.slow
@pytest.mark.data
def test_spontaneous_fillers_are_counted(data_dir, base):
    from faster_whisper.audio import decode_audio

    folder = data_dir / "fillers_spontaneous"
    for name, fewest, most in (("spacewalk.wav", 8, 10), ("rosehill_1.mp3", 10, 14)):
        found = base.transcribe(clips_of(decode_audio(str(folder / name))))
        assert fewest <= fillers_of(heard_text(found)) <= most


@pytest.mark.slow
@pytest.mark.data
@pytest.mark.parametrize(
    ("name", "language", "some"),
    [("wt_japanese.mp3", "ja", "サイト"), ("wt_radio_short.mp3", "fr", "Marine Le Pen")],
)
def test_other_languages_are_heard_as_such(data_dir, whisper_base, name, language, some):
    from faster_whisper.audio import decode_audio

    samples = decode_audio(str(data_dir / "bad_inputs" / name))
    found = Recogniser(whisper_base).transcribe(clips_of(samples))
    assert {observation.language for observation in found} - {None} == {language}
    assert some.replace(" ", "") in heard_text(found).replace(" ", "")


@pytest.mark.data
def test_singing_does_not_become_an_answer(data_dir, base):
    from faster_whisper.audio import decode_audio

    samples = decode_audio(str(data_dir / "bad_inputs" / "wt_gloria.mp3"))
    assert words_in(base.transcribe(clips_of(samples))) == []
