"""Pages of articles, written for the project."""

from html import escape

PARAGRAPHS = {
    "en": (
        "Three sample vessels left Rason on Thursday with some 300 containers, an institute said.",
        "The containers were seen at a pier that the institute has watched since the summer of last year.",
        "A spokesman of the sample ministry in Seoul said that it was looking into the report.",
    ),
    "ko": (
        "견본 선박 세 척이 목요일 컨테이너 약 300개를 싣고 나진항을 떠났다고 한 연구소가 밝혔다.",
        "이 컨테이너들은 연구소가 지난해 여름부터 관찰해 온 부두에서 확인됐다고 보고서는 전했다.",
        "서울의 견본 부처 대변인은 해당 보고서의 내용을 확인하고 있다고 기자들에게 말했다.",
    ),
    "ru": (
        "Три образцовых судна вышли в четверг из порта Раджин примерно с 300 контейнерами, сообщил институт.",
        "Контейнеры были замечены у причала, за которым институт наблюдает с лета прошлого года.",
        "Представитель образцового министерства в Сеуле сказал, что ведомство изучает этот доклад.",
    ),
}
"""Of one article, by language."""


def article_page(
    title: str = "Sample vessels leave Rason", *, language: str = "en", canonical: str = "", head: str = ""
) -> str:
    """Return a page with an article between navigation, other headlines and a footer."""
    own = f'<link rel="canonical" href="{escape(canonical)}">' if canonical else ""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS[language])
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">{own}{head}'
        f'<title>{escape(title)} | Sample Herald</title><meta property="og:title" content="{escape(title)}">'
        "</head><body><nav><a href='/'>Home</a> <a href='/subscribe'>Subscribe</a></nav>"
        f"<main><article><h1>{escape(title)}</h1>{text}</article></main>"
        "<aside><h2>Most read</h2><ul><li><a href='/n/1'>Weather for sailors</a></li></ul></aside>"
        "<footer><p>All rights of the Sample Herald reserved.</p></footer></body></html>"
    )
