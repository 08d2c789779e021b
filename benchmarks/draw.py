"""How long the simulated candidate takes to draw: milliseconds per frame for each appearance."""

import argparse
import statistics
import time

import cv2
import numpy as np

from interviewer.simulate.drawing.looks import LOOKS
from interviewer.simulate.drawing.renderer import Renderer
from interviewer.simulate.performance import Performance
from interviewer.simulate.script import demo_script
from interviewer.simulate.speech import speak


class Hum:
    """A voice that costs nothing: its syllables are bursts of a tone."""

    name = "hum"
    sample_rate = 16000

    def say(self, text: str, *, pace: float = 1.0) -> np.ndarray:
        """Hum for 70 ms per letter."""
        time_axis = np.arange(round(0.07 * len(text) / pace * self.sample_rate)) / self.sample_rate
        syllables = np.abs(np.sin(2 * np.pi * 2 * time_axis))
        return (0.3 * syllables * np.sin(2 * np.pi * 140 * time_axis)).astype(np.float32)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--frames", type=int, default=600)
    parser.add_argument("--height", type=int, default=720)
    parser.add_argument("--threads", type=int, default=1, help="of OpenCV")
    args = parser.parse_args()
    cv2.setNumThreads(args.threads)
    width = round(args.height * 16 / 9 / 2) * 2
    script = demo_script()
    performance = Performance.planned(script, [speak(turn, Hum()) for turn in script.turns])
    step = performance.duration / args.frames
    states = [performance.state(number * step) for number in range(args.frames)]
    print(f"{width}x{args.height}, {args.frames} frames, {args.threads} thread(s)")
    print(f"{'':10}{'first':>10}{'mean':>10}{'median':>10}{'p99':>10}   ms")
    for name, look in LOOKS.items():
        began = time.perf_counter()
        renderer = Renderer(look, width, args.height)
        painted = time.perf_counter() - began
        taken = []
        for state in states:
            began = time.perf_counter()
            renderer.draw(state)
            taken.append(1000 * (time.perf_counter() - began))
        p99 = statistics.quantiles(taken, n=100)[98]
        print(
            f"{name:10}{1000 * painted:10.0f}{statistics.fmean(taken):10.2f}"
            f"{statistics.median(taken):10.2f}{p99:10.2f}"
        )


if __name__ == "__main__":
    main()
