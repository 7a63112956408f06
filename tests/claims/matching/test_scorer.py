"""The models as a file of numbers."""

import shutil
from pathlib import Path

import pytest

from claims.errors import SeedError
from claims.matching.scorer import Model, read_scorer

from .conftest import SEEDS

SHIPPED = SEEDS / "lexicon" / "shared" / "scorer.toml"
MODEL = Model(bias=0.0, weights={"low": 2.0, "against": -1.0}, cut=0.5, sure=0.8)


def test_the_shipped_models_are_whole() -> None:
    """Each has features, and nothing is told without a review that is not sure enough to be kept."""
    scorer = read_scorer(SHIPPED)
    assert scorer.version
    for model in (scorer.links, scorer.guessed, scorer.relevance, scorer.events, scorer.events_by_meaning):
        assert model.weights
        assert 0.0 < model.cut <= model.sure <= 1.0


def test_a_probability_is_logistic() -> None:
    """Nothing measured is the bias alone, weights move it their way, and no sum is too great for it."""
    assert MODEL.probability({}) == 0.5
    assert MODEL.probability({"low": 1.0}) == pytest.approx(0.8808, abs=1e-4)
    assert MODEL.probability({"low": 1.0, "against": 2.0}) == pytest.approx(0.5)
    assert MODEL.probability({"unknown": 9.0}) == 0.5
    assert 0.0 < MODEL.probability({"low": -1e9}) < 1e-9 < MODEL.probability({"low": 1e9}) <= 1.0


def test_a_model_without_sure_tells_what_counts(tmp_path: Path) -> None:
    """Where only one cut is given it is both."""
    path = tmp_path / "scorer.toml"
    models = ("links", "guessed", "relevance", "events", "events_by_meaning")
    path.write_text('version = "1"\n' + "".join(f"[{m}]\nbias = 0\ncut = 0.4\nx = 1.5\n" for m in models))
    links = read_scorer(path).links
    assert (links.cut, links.sure, links.weights) == (0.4, 0.4, {"x": 1.5})


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("version = ", "versions = ", "version: "),
        ("[links]", "[link]", "links: a model is expected, but it is missing"),
        ("[guessed]\ncut = ", "[guessed]\ncuts = ", "guessed: cut: "),
        ("[guessed]\ncut = 0", "[guessed]\ncut = 7", "guessed: cut: "),
        ("[events]\n", "[events]\nsure = -1\n", "events: sure: "),
        ("\nlow = ", '\nlow = "much" # ', "links: low: "),
        ("bias = ", "bias = true # ", "links: bias: "),
    ],
)
def test_mistakes_name_file_and_key(tmp_path: Path, old: str, new: str, told: str) -> None:
    """A mistake is told with the file, the model and the key."""
    path = Path(shutil.copy(SHIPPED, tmp_path))
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(SeedError) as error:
        read_scorer(path)
    assert f"{path}: {told}" in str(error.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """The models are no option: without them nothing is read."""
    with pytest.raises(SeedError, match=r"nowhere\.toml"):
        read_scorer(tmp_path / "nowhere.toml")
