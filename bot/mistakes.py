"""What is wrong with what somebody asked for, in the reader's language.

`claims` and `watchers` write their errors in English; here each of their lines that a chat can show is
recognised by its form and said again. One of another form, a headline among them, is shown as it was written.
"""

from bot.language import N_
from bot.sentences import Sentences

_KNOWN = Sentences(
    # claims.query
    N_("There are no words"),
    N_('write words, "phrases", AND, OR, NOT, ( ), /patterns/ or fields such as title:shells'),
    N_("The words have {count} characters; write at most {most}"),
    N_("The words are nested too deeply; write at most {most} levels of ( ) and NOT"),
    N_("At the end: a ) is missing"),
    N_("At the end: a word is missing"),
    N_("At character {place}, “{words}”: {mistake}"),
    N_("a word is missing before this"),
    N_("this cannot stand here"),
    N_("a quotation mark that is not closed"),
    N_("a pattern that is not closed"),
    N_("a star stands for any ending"),
    N_("write it last, as in {example}"),
    N_("there is no such stance"),
    N_("this is no language"),
    N_("write its two letters (ISO 639-1), as in {example}"),
    N_("this has no letter or number to look for"),
    N_("a pattern of {count} characters"),
    N_("a pattern with a mistake: {said}"),
    N_("write one as in {example} (RE2)"),
    N_("there is no field “{name}”"),
    N_("write one of {names}, or quotation marks round it, as in {example}"),
    N_("write at most {most}"),
    N_("write {names}"),
    # claims.when
    N_("“{typed}” is not a day like 2023-10-13, 2023-10 or 2023"),
    N_("“{typed}” is no day of the calendar"),
    # the store
    N_("There is no story “{name}”"),
    N_("Name it by its id or address, or by how one of them begins"),
    N_("Several stories go by “{name}”; name one by its id"),
    N_("and others"),
    N_("There is no claim “{claim}”"),
    N_("{command} names all claims"),
    N_("There is no event “{name}” with any story"),
    N_("no claim {name} is tracked"),
    N_("no feed {name} is watched"),
    N_("no alert {name} was ever raised"),
    N_("{destination} has no subscription"),
    N_("{command} names those there are"),
    # claims.seeding, of a feed
    N_("expected an http or https address without a user name, not {typed}"),
    N_("expected a two-letter code of ISO 639-1 or und, not {typed}"),
    N_("expected one of {names}, not {typed}"),
    N_("expected true or false, not {typed}"),
    N_("expected a text, not {typed}"),
    N_("expected a number, not {typed}"),
    N_("expected a number above 0, not {typed}"),
    N_("expected at most {most}, a year, not {typed}"),
    N_("goes with kind page or sitemap"),
    # claims.opml
    N_("{file} is larger than {most} MiB"),
    N_("{file} lists more than {most} feeds"),
    N_("Give its feeds in several files"),
    N_("Give them in several files"),
    N_("{file} lists no feed that can be used"),
    N_("{file} is no OPML: it begins with {element}"),
    N_("Name a list of feeds that a feed reader exported; a single feed is added by its own address"),
    N_("{file} brings a document type of its own"),
    N_("Take the line {line} out"),
    N_("not well-formed XML: {said}"),
    N_("Export it anew; an & in an address has to be written &amp;"),
    N_("an outline names no feed: it has no xmlUrl"),
    N_("“{title}” names no feed: it has no xmlUrl"),
    N_("an outline stands in the file before: {url}"),
    N_("“{title}” stands in the file before: {url}"),
    # watchers, of an address that is read
    N_("{host} answered {status} but named no other address"),
    N_("{host} answered {status}"),
    N_("{host} did not take our call within {count} seconds"),
    N_("{host} did not answer within {count} seconds"),
    N_("{host} redirected us more than {count} times"),
    N_("{host} was not found: no address is known for that name"),
    N_("{host} showed a certificate that cannot be trusted"),
    N_("{host} could not agree with us on a secure connection"),
    N_("{host} refused the connection"),
    N_("{host} could not be reached: {said}"),
    N_("{host} could not be reached"),
    N_("{host} sent an answer that is cut off or damaged"),
    N_("{host} sent an answer that is not proper HTTP"),
    N_("{host} sent more than {size}"),
    N_("{host} packed its answer in a way that we do not read"),
    N_("{host} is not a name that can be looked up"),
    N_("{host} is a private address, and we were redirected there"),
    N_("{host} is a private address; add {place} to watch.allow_hosts to allow it"),
    N_("{host} closed the connection"),
    N_("{host} could not be fetched ({kind})"),
    N_("{address} is not a web address"),
    N_("the robots.txt of {host} keeps us from this page, or cannot be read"),
    N_("the answer is not a web page"),
    N_("the answer is a web page, not a feed"),
    N_("the answer is not a feed"),
    N_("the answer is not a sitemap"),
    N_("the answer is empty"),
    N_("the page holds no article"),
    N_("no link on the page looks like a story; name its stories with links: was it made anew?"),
    N_("no link on the page fits its links: was it made anew?"),
    N_("no feed was found at {address}; its page may be watched as kind page"),
)
_BETWEEN = ": "
"""Stands between what is wrong and the option, file or line where it is."""


def mistake_words(said: str) -> str:
    """Return the words of an error, line by line."""
    return "\n".join(map(_line, said.splitlines()))


def _line(said: str) -> str:
    """Return a line; what it begins with may be the names of where the mistake is, with colons between."""
    places = said.split(_BETWEEN)
    for count in range(len(places)):
        if (again := _KNOWN.again(_BETWEEN.join(places[count:]), _part)) is not None:
            return _BETWEEN.join([*places[:count], again])
    return said


def _part(name: str, words: str) -> str:
    return mistake_words(words) if name == "mistake" else words
