"""Write the background of the installed sentence encoder: `python -m benchmarks.background`.

It is made of the headlines of `background.toml` and nothing else, and goes to `seeds/encoder`: once for each
release of the encoder, and then never again, so that scores stay what they are.
"""

import json
import tomllib
from pathlib import Path

import numpy as np

from claims.matching.encoder import UseEncoder, background_file, installed, numbers

HERE = Path(__file__).parent
FOLDER = HERE.parent / "seeds" / "encoder"


def main() -> None:
    """Encode, average and write."""
    release = installed()
    if release is None:
        raise SystemExit('There is no encoder to make a background for: pip install ".[semantic]"')
    encoder = UseEncoder(release)
    lines: dict[str, list[str]] = tomllib.loads((HERE / "background.toml").read_text(encoding="utf-8"))
    means = np.array([np.mean([numbers(k) for k in encoder.encode(each)], axis=0) for each in lines.values()])
    mean = means.mean(axis=0)
    # The last direction is nothing: the differences of n languages from their mean span n - 1.
    languages = np.linalg.svd(means - mean)[2][: len(means) - 1]
    path = FOLDER / background_file(release)
    path.parent.mkdir(exist_ok=True)
    path.write_text(
        json.dumps({"mean": _short(mean), "languages": _short(languages)}) + "\n", encoding="utf-8"
    )
    print(f"{path}: {len(lines)} languages, {sum(map(len, lines.values()))} headlines")


def _short(rows: "np.typing.NDArray[np.float32]") -> list[object]:
    return rows.astype(float).round(4).tolist()


if __name__ == "__main__":
    main()
