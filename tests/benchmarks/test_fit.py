"""Learning the models, on rows made up for it."""

import pytest

np = pytest.importorskip("numpy")

from benchmarks.fit import FOLDS, PRECISION, Rows, fit, regression  # noqa: E402 - it is not there without numpy


def made_up(noise: float) -> Rows:
    """Return rows that one feature decides, but for some noise; a second one is nothing but noise."""
    random = np.random.default_rng(7)
    x = random.normal(size=(400, 2))
    y = (x[:, 0] + noise * random.normal(size=400) > 0).astype(np.float64)
    folds, counted = np.arange(400) % FOLDS, np.ones(400, dtype=np.bool_)
    return Rows(names=("tells", "noise"), x=x, y=y, folds=folds, counted=counted)


def test_a_regression_finds_the_sign() -> None:
    """What raises the odds gets a weight above 0, its opposite one below, and noise next to none."""
    rows = made_up(0.3)
    _, (tells, noise) = regression(rows.x, rows.y)
    _, (turned, _) = regression(-rows.x, rows.y)

    assert tells > 10 * abs(noise)
    assert turned == pytest.approx(-tells)


def test_the_upper_cut_keeps_the_precision_asked() -> None:
    """From `sure` on so many are right as are asked for, judged by models that have not seen them."""
    rows = made_up(1.0)
    found = fit(rows, 0, min)
    said = found.apart >= found.sure

    assert found.cut <= found.sure < 1.0
    assert rows.y[said].mean() >= PRECISION > rows.y[found.apart >= found.cut].mean()


def test_what_cannot_be_sure_is_never_told() -> None:
    """Where no cut is precise enough nothing is told without a review."""
    rows = made_up(1.0)
    noise = Rows(rows.names, np.zeros_like(rows.x), np.arange(400) % 2 * 1.0, rows.folds, rows.counted)

    assert fit(noise, 0, min).sure == 1.0


def test_rows_that_do_not_count_teach_nothing() -> None:
    """An unsure label moves no weight."""
    rows = made_up(0.3)
    flipped = np.arange(400) < 100
    wrong = Rows(rows.names, rows.x, np.where(flipped, 1 - rows.y, rows.y), rows.folds, ~flipped)
    _, (alone, _) = regression(rows.x[~flipped], rows.y[~flipped])

    assert fit(wrong, 0, min).weights[0] == pytest.approx(alone)
