"""What a known sound leaves on a microphone: its delay, and its energy in bands of frequency."""

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

RATE: Final = 16_000
WINDOW: Final = 512
"""Samples that are judged together: those of one speech probability."""

HOP: Final = 128
"""Samples between the places of the reference at which its energy is known."""

BANDS: Final = 20
_LOWEST_HZ, _HIGHEST_HZ = 200.0, 6500.0

DECAY_SECONDS: Final = 0.6
"""Time in which a sound is taken to fall by 60 dB: that of a large living room. A drier room is
explained too; assuming a longer tail would hide a candidate who begins in it."""

EARLIEST, LATEST = -0.05, 0.9
"""Delays that are looked for, in seconds: the playback's buffers, with some margin."""

_CLEAR: Final = 20.0
"""A peak of the correlation this many times its standard deviation is a delay. Measured on 0.8 to
5 s of sound: a leak 10 dB below the noise and louder gives 20 to 350; a microphone on which nothing
leaks gives less than 17, or rarely 20 when somebody speaks."""

_ALONE: Final = 1.5
"""And it is this many times any peak further away than `_ASIDE`: two voices of like pitch correlate
weakly at many lags."""
_ASIDE: Final = round(0.03 * RATE)

_STRONG: Final = 1e-2
"""A band tells its gain where the reference is less than 20 dB below its loudest there."""
_QUANTILE: Final = 0.65
"""Interference of reflections spreads the ratio by some dB; a little above its median, few windows
of the leak exceed the explanation, and the candidate's windows do not raise it."""
_FEWEST: Final = 4
"""Windows that a gain needs."""
_SPREAD: Final = 10 ** (-25 / 10)
"""Share of the leak's energy that is expected in every band: a loudspeaker that distorts puts
energy where the reference has none. 25 dB down is 6 % in amplitude."""
_STRANGE: Final = 0.12
"""Windows around which more bands than this are not explained take no part in the second fit."""
_NEIGHBOURS: Final = 5
_SMALLEST_FIT: Final = 15
"""Windows (0.5 s) without which there is no second fit."""
TINY: Final = 1e-9
"""Energy of a band far below any sound; keeps quotients finite in digital silence."""

ABOVE: Final = 10 ** (4 / 10)
"""Energy this many times the explanation is not explained (4 dB)."""


def band_energies(frames: "NDArray[np.float32]") -> "NDArray[np.float64]":
    """Energy in bands of equal width in mel.

    Args:
        frames: Windows of samples, shape `(n, WINDOW)`.

    Returns:
        Shape `(n, BANDS)`.
    """
    power = np.abs(np.fft.rfft(frames * _HANN, axis=1)) ** 2
    total = np.concatenate([np.zeros((len(power), 1)), np.cumsum(power, axis=1)], axis=1)
    energies: NDArray[np.float64] = total[:, _EDGES[1:]] - total[:, _EDGES[:-1]]
    return energies


def reverberant(reference: "NDArray[np.float32]") -> "NDArray[np.float64]":
    """Energy that a reference has in a room, up to a gain for each band.

    Direct sound and reverberation carry equal energy, and the reverberation decays exponentially
    (Polack's model, La transmission de l'énergie sonore dans les salles, 1988).

    Args:
        reference: Mono samples at `RATE`, shape `(n,)`.

    Returns:
        Shape `(m, BANDS)`; row `i` is that of the window that begins `WINDOW` samples before the
        reference's sample `i * HOP`, until 1 s after its end.
    """
    padded = np.concatenate([np.zeros(WINDOW), reference, np.zeros(RATE)]).astype(np.float32)
    direct = band_energies(np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP])
    keep = 10 ** (-6 * HOP / RATE / DECAY_SECONDS)
    tail = np.zeros(BANDS)
    energies = np.empty_like(direct)
    for index, energy in enumerate(direct):
        tail = keep * tail + (1 - keep) * energy
        energies[index] = energy + tail
    return energies


def placed(energies: "NDArray[np.float64]", times: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """Energies of a reference in given windows.

    Args:
        energies: As `reverberant` gives them.
        times: Where the windows begin, in seconds after the reference's beginning, shape `(n,)`.

    Returns:
        Shape `(n, BANDS)`; zero before the reference and long after it.
    """
    index = np.round((times * RATE + WINDOW) / HOP).astype(int)
    inside = (index >= 0) & (index < len(energies))
    found = np.zeros((len(times), BANDS))
    found[inside] = energies[index[inside]]
    return found


def explain(
    heard: "NDArray[np.float64]", shape: "NDArray[np.float64]", noise: "NDArray[np.float64]"
) -> "NDArray[np.float64]":
    """How much of what was heard a leak and the room's noise explain.

    The gains are found twice; the second time without the windows that the first left unexplained,
    because somebody else speaks in them.

    Args:
        heard: Energies on the microphone, shape `(n, BANDS)`.
        shape: Energies of the reference in the same windows, up to a gain for each band.
        noise: Energy of the room's noise, shape `(BANDS,)`.

    Returns:
        Explained energies, shape `(n, BANDS)`.
    """
    use = np.ones(len(heard), dtype=np.bool_)
    for _ in range(2):
        leak = shape * _gains(heard, shape, use)
        leak += _SPREAD * leak.sum(axis=1, keepdims=True)
        explained = leak + noise
        strange = smoothed(np.mean(heard > ABOVE * explained, axis=1), _NEIGHBOURS)
        use = strange < _STRANGE
        if use.sum() < _SMALLEST_FIT:
            break
    return explained


def find_delay(
    reference: "NDArray[np.float32]", sound: "NDArray[np.float32]", begin: float
) -> tuple[float, float] | None:
    """Find when a reference reaches the microphone.

    The lag of the largest correlation with the phase transform (Knapp & Carter, The generalized
    correlation method for estimation of time delay, IEEE Trans. ASSP 24, 1976), which reverberation
    and colouring change little.

    Args:
        reference: What is played, mono at `RATE`, shape `(n,)`.
        sound: What the microphone heard, shape `(m,)`.
        begin: Where `sound` begins, in seconds after the reference was handed over.

    Returns:
        The delay in seconds and how far it stands out; None where the reference is not heard.
    """
    first = round((begin - LATEST) * RATE)
    part = _cut(reference, first, round((begin - EARLIEST) * RATE) + len(sound))
    size = 1 << (len(part) + len(sound) - 1).bit_length()
    cross = np.fft.rfft(part, size) * np.conj(np.fft.rfft(sound, size))
    hertz = np.arange(len(cross)) * RATE / size
    heard = (hertz > _LOWEST_HZ) & (hertz < _HIGHEST_HZ)
    whitened = np.where(heard, cross / np.maximum(np.abs(cross), TINY**2), 0)
    correlation = np.fft.irfft(whitened, size)
    deviation = float(np.sqrt(np.mean(correlation**2)))
    lags = np.abs(correlation[: len(part) - len(sound) + 1])
    peak = int(np.argmax(lags))
    others = np.concatenate([lags[: max(peak - _ASIDE, 0)], lags[peak + _ASIDE :], [0.0]])
    if not lags[peak] > max(_CLEAR * deviation, _ALONE * float(others.max())):
        return None
    return begin - (first + peak) / RATE, float(lags[peak]) / deviation


def smoothed(values: "NDArray[np.float64]", count: int) -> "NDArray[np.float64]":
    """Means over `count` neighbours, of the same length as `values`."""
    means: NDArray[np.float64] = np.convolve(values, np.ones(count) / count)
    return means[count // 2 : count // 2 + len(values)]


def _gains(
    heard: "NDArray[np.float64]", shape: "NDArray[np.float64]", use: "NDArray[np.bool_]"
) -> "NDArray[np.float64]":
    """Gain of each band, shape `(BANDS,)`; 0 where the reference has said nothing yet."""
    strong = use[:, np.newaxis] & (shape > 0) & (shape > _STRONG * shape.max(axis=0))
    gains = np.zeros(BANDS)
    for band in range(BANDS):
        at = strong[:, band]
        if np.count_nonzero(at) >= _FEWEST:
            gains[band] = np.quantile(heard[at, band] / shape[at, band], _QUANTILE)
    return gains


def _cut(sound: "NDArray[np.float32]", first: int, last: int) -> "NDArray[np.float32]":
    """The samples from `first` up to `last`, with zeros where there are none."""
    part = np.zeros(last - first, dtype=np.float32)
    begin, end = max(first, 0), min(last, len(sound))
    if begin < end:
        part[begin - first : end - first] = sound[begin:end]
    return part


def _edges() -> "NDArray[np.int64]":
    """Bins of the spectrum at which the bands begin and end (mel scale of O'Shaughnessy, 1987)."""
    lowest, highest = 2595 * np.log10(1 + np.array([_LOWEST_HZ, _HIGHEST_HZ]) / 700)
    hertz = 700 * (10 ** (np.linspace(lowest, highest, BANDS + 1) / 2595) - 1)
    edges: NDArray[np.int64] = np.round(hertz / RATE * WINDOW).astype(np.int64)
    return edges


_EDGES: Final = _edges()
_HANN: Final = np.hanning(WINDOW)
