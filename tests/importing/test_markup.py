import pytest

from assessments.importing import markup, reader
from assessments.importing.lines import Link


def lines(html):
    return [line.text for line in markup.parsed(html).lines if line.text]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>en<p>to", ["en", "to"]),
        ("<p>en<br>to</p>", ["en", "to"]),
        ("<div><span>en </span><b>to</b></div>", ["en to"]),
        ("<ul><li>en<ul><li>to</li></ul></li><li>tre</li></ul>", ["  • en", "    • to", "  • tre"]),
        ("<ul><li><p>en</p><p>to</p></li></ul>", ["  • en", "  to"]),
        ("<table><tr><th>Leverandør</th><td>Bue AS</td></tr></table>", ["Leverandør", "Bue AS"]),
        ("<p>a&nbsp;b\u00adc</p>", ["a bc"]),
        ("<p>a&nbsp;b&shy;c&#8203;d&#x202e;e&lrm;&#27;[31m&#x9b;f</p>", ["a bcde[31m›f"]),
        ("<script>x</script><style>y</style><p>z</p><!-- w -->", ["z"]),
        ("<p hidden>x</p><p>y</p>", ["y"]),
        ("<p>en &lt; to</p>", ["en < to"]),
    ],
)
def test_blocks_become_lines(html, expected):
    assert lines(html) == expected


def test_addresses_of_links_are_kept():
    (line,) = [line for line in markup.parsed('<p>Se <a href="https://bue.example/p">her</a>.</p>').lines if line.text]

    assert line.links == (Link("her", "https://bue.example/p"),)


@pytest.mark.parametrize(
    "html",
    [
        '<link rel="canonical" href="https://skole.example/regnbuen/"><p>x</p>',
        '<meta property="og:url" content="https://skole.example/regnbuen/"><p>x</p>',
        "<!-- saved from url=(0035)https://skole.example/regnbuen/ --><p>x</p>",
    ],
    ids=["canonical", "open graph", "saved from"],
)
def test_the_address_is_taken_from_the_markup(html):
    assert markup.parsed(html).address == "https://skole.example/regnbuen/"


def test_menus_and_footers_are_furniture_and_not_lost():
    page = markup.parsed(
        "<nav><a>Forside</a></nav><main><h1>Regnbuen</h1><h2>Leverandør</h2><p>Bue AS</p></main><footer>Pris</footer>"
    )
    result = reader.read(page)

    assert (result.name, [party.name for party in result.vendor], result.unplaced) == ("Regnbuen", ["Bue AS"], ())
    assert len(result.lines["furniture"]) == 2


def test_the_main_heading_is_the_title_wherever_it_stands():
    page = markup.parsed("<body><p>Oppdatert i dag</p><h1>Regnbuen</h1><h2>Leverandør</h2><p>Bue AS</p></body>")

    assert reader.read(page).name == "Regnbuen"


def test_deeply_nested_markup_is_read():
    assert lines("<div>" * 5000 + "dypt" + "</div>" * 5000) == ["dypt"]
