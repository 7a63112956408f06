"""Views to HTML, by the templates beside this file: the only room of Jinja2.

Whatever a view holds is escaped (autoescape), a name that a template does not know is an error
(`StrictUndefined`), and words of ours are translated by `bot.language`.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.language import _, decimal, ngettext, spoken
from bot.site.views import Anchor

_TEMPLATES = Path(__file__).resolve().parent / "templates"


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands round every page."""

    path: str
    """From the root of the site."""
    title: str
    trail: tuple[Anchor, ...] = ()
    """The pages above it, the first page left out."""
    feeds: tuple[Anchor, ...] = ()
    """News of it to subscribe to, by their `type` as words."""
    home: str = ""
    """The root as an address, or as `/`, for a page that is shown in the place of others; else empty."""

    @property
    def root(self) -> str:
        """Return the way from the page to the root of the site: `../`, or nothing where it stands there."""
        return self.home or "../" * self.path.count("/")


def render(template: str, frame: Frame, view: object) -> bytes:
    """Return a page in the language that is spoken now."""
    found = _environment().get_template(template)
    return found.render(frame=frame, view=view, language=spoken()).encode()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.install_gettext_callables(_, ngettext)  # type: ignore[attr-defined]  # the extension's own
    environment.filters |= {"web": _web, "decimal": decimal, "drawn": Markup}
    return environment


def _web(address: str) -> str:
    """Return an address where it is one of the web, else nothing: `javascript:` is no link."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in ("http", "https") and parts.netloc else ""
