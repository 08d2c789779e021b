"""How fast, and in how much memory, a recording is analysed; ratios within one run.

    python benchmarks/analyze.py [--minutes 5] [--long 60] [--recording FILE]

Every line is a process of its own, from its start to its end, on the same recording, one after the
other: `interviewer analyze`; the batched recogniser alone, with word times, on all cores; and the
naive pipeline (sequential recognition with word times, landmarks on every frame, `librosa.pyin`
after it was warmed up, one after the other).
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from interviewer.weights.registry import Weights
from processes import Measured, measure

MODEL = "whisper-base"
MEGABYTE = 1 << 20
LIMITS = "limits: 0.25 of real time · 1.6 × batched alone · naive at least 4 × ours · 1536 MB"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=5.0, help="length of the recording")
    parser.add_argument("--long", type=float, default=0.0, help="also: memory on so many minutes")
    parser.add_argument("--recording", type=Path, help="measure on this file instead")
    parser.add_argument("--only", choices=("batched", "naive"), help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.only:
        {"batched": batched, "naive": naive}[chosen.only](chosen.recording)
        return
    with tempfile.TemporaryDirectory() as folder:
        compare(chosen, Path(folder))


def compare(chosen: argparse.Namespace, folder: Path) -> None:
    from interviewer.analysis.media import probe
    from media import recording_of

    recording = chosen.recording or recording_of(chosen.minutes, folder)
    seconds = probe(recording).duration
    print(f"{recording.name}: {seconds:.0f} s, {MODEL}, {os.cpu_count()} cores")
    ours = analyse(recording, folder / "ours")
    line("interviewer analyze", ours, seconds)
    again = [sys.executable, __file__, "--recording", str(recording), "--only"]
    alone = measure([*again, "batched"])
    line("batched recognition alone", alone, seconds)
    slow = measure([*again, "naive"])
    line("naive pipeline", slow, seconds)
    print(
        f"ours / real time {ours.seconds / seconds:.3f} · ours / batched "
        f"{ours.seconds / alone.seconds:.2f} · naive / ours {slow.seconds / ours.seconds:.2f}"
    )
    print(LIMITS)
    if chosen.long:
        long = recording_of(chosen.long, folder)
        length = probe(long).duration
        line(f"analyze, {length / 60:.0f} minutes", analyse(long, folder / "long"), length)


def analyse(recording: Path, folder: Path) -> Measured:
    env = {**os.environ, "INTERVIEWER_DATA": str(folder / "data")}
    command = [sys.executable, "-m", "interviewer", "analyze", str(recording), "--json"]
    return measure([*command, "--model", MODEL, "--out", str(folder)], env)


def line(name: str, measured: Measured, seconds: float) -> None:
    print(
        f"{name:<28}{measured.seconds:8.1f} s  {measured.seconds / seconds:6.3f} of real time  "
        f"{measured.peak / MEGABYTE:7.0f} MB",
        flush=True,
    )


def batched(recording: Path) -> None:
    from faster_whisper import BatchedInferencePipeline, WhisperModel

    folder = str(Weights().directory(MODEL))
    model = WhisperModel(folder, device="cpu", compute_type="int8", cpu_threads=os.cpu_count() or 1)
    found, _ = BatchedInferencePipeline(model).transcribe(
        str(recording), word_timestamps=True, batch_size=8
    )
    print(len(list(found)))


def naive(recording: Path) -> None:
    import av
    import librosa
    import mediapipe as mp
    from faster_whisper import WhisperModel, decode_audio

    folder = str(Weights().directory(MODEL))
    model = WhisperModel(folder, device="cpu", compute_type="int8", cpu_threads=os.cpu_count() or 1)
    found, _ = model.transcribe(str(recording), word_timestamps=True)
    print(len(list(found)))

    vision = mp.tasks.vision
    options = vision.FaceLandmarkerOptions(
        base_options=mp.tasks.BaseOptions(model_asset_path=str(Weights().file("face-landmarker"))),
        running_mode=vision.RunningMode.VIDEO,
        output_face_blendshapes=True,
        output_facial_transformation_matrixes=True,
    )
    faces = 0
    with (
        vision.FaceLandmarker.create_from_options(options) as landmarker,
        av.open(str(recording)) as container,
    ):
        for index, frame in enumerate(container.decode(video=0)):
            image = mp.Image(
                image_format=mp.ImageFormat.SRGB, data=frame.to_ndarray(format="rgb24")
            )
            faces += len(landmarker.detect_for_video(image, index * 33).face_landmarks)
    print(faces)

    samples = decode_audio(str(recording))
    librosa.pyin(samples[:16_000], fmin=60, fmax=500, sr=16_000)
    pitch, _, _ = librosa.pyin(samples, fmin=60, fmax=500, sr=16_000)
    print(len(pitch))


if __name__ == "__main__":
    main()
