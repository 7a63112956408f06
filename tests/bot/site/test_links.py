"""Links of the pages of a site."""

from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath


class Links(HTMLParser):
    """What a page leads to or takes in, and the places in it that can be led to."""

    def __init__(self, content: bytes) -> None:
        """Read a page."""
        super().__init__()
        self.to: list[str] = []
        self.places: list[str] = []
        self.feed(content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note addresses and names."""
        del tag
        self.to += [value for name, value in attrs if name in ("href", "src") and value]
        self.places += [value for name, value in attrs if name == "id" and value]


def test_no_link_is_dead(site: Path) -> None:
    """Whoever starts at the first page comes to every other; no file or place that is named is missing."""
    pages = {path.relative_to(site).as_posix(): Links(path.read_bytes()) for path in site.rglob("*.html")}
    lost = pages.pop("404.html")
    dead = [link for link in lost.to if not (site / link.lstrip("/")).is_file() and link != "#main"]
    reached, waiting = {"index.html"}, ["index.html"]
    for path in waiting:
        page = pages[path]
        assert len(page.places) == len(set(page.places)), path
        for link in page.to:
            if link.startswith(("http:", "https:")):
                continue
            name, _, place = link.partition("#")
            target = normpath(join(dirname(path), name)) if name else path
            if not (site / target).is_file() or (place and place not in pages[target].places):
                dead.append(f"{path}: {link}")
            elif target in pages and target not in reached:
                reached.add(target)
                waiting.append(target)
    assert dead == []
    assert reached == pages.keys()
