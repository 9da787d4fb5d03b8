"""What tests read off a page. Pages are asked for in English, because its words are those of the source."""

import html
import re

LIST = "/en/tjenester/"


def text(response) -> str:
    """What a reader sees, as one line."""
    body = re.sub(r"(?s)<head>.*?</head>|<svg.*?</svg>", " ", response.content.decode())
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def names(response) -> list[str]:
    """The names in the rows, in order."""
    found = re.findall(r'<h3><a href="[^"]*">([^<]*)</a>', response.content.decode())
    return [html.unescape(name) for name in found]


def title(response) -> str:
    return html.unescape(re.search(r"<title>([^<]*)</title>", response.content.decode())[1])


def links(response) -> dict[str, str]:
    """Where each link leads, by its words."""
    found = re.findall(r'(?s)<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', response.content.decode())
    return {" ".join(re.sub(r"<[^>]+>", " ", words).split()): html.unescape(address) for address, words in found}


def choices(response, name) -> dict[str, int]:
    """The values of a filter with their counts."""
    found = re.findall(rf'name="{name}" value="([^"]*)".*?class="num">(\d+)<', response.content.decode())
    return {value: int(count) for value, count in found}
