import pytest

from assessments.importing.reader import read_assessment
from assessments.importing.source import SourceError, files, load
from tests.importing.texts import page

PAGE = page(status="Tjenesten er godkjent til bruk.", vendor="Bue AS")


@pytest.fixture
def saved(tmp_path):
    """Writes bytes to a file and reads it as an assessment."""

    def save(content, name="side.txt"):
        path = tmp_path / name
        path.write_bytes(content)
        return read_assessment(load(path))

    return save


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b" \n\n\xef\xbb\xbf\n", "is empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "is not text"),
        (b"PK\x03\x04\x14\x00\x06\x00", "is not text"),
        (PAGE.encode("utf-16"), "UTF-16"),
        (PAGE.encode("latin-1"), "is not UTF-8"),
        (b"Oppskrift\n\nKok opp vannet.\n\nTilsett salt.", "page of another kind"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n", "web archive"),
    ],
    ids=["empty", "blank", "picture", "spreadsheet", "utf-16", "latin-1", "recipe", "archive"],
)
def test_bad_files_are_refused_by_name(saved, content, says):
    with pytest.raises(SourceError, match=rf"side\.txt: .*{says}"):
        saved(content)


def test_a_file_of_50_megabytes_is_refused_unread(tmp_path):
    path = tmp_path / "stor.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)

    with pytest.raises(SourceError, match=r"stor\.txt: larger than 5 MB"):
        load(path)


def test_a_file_that_is_not_there_is_refused_by_name(tmp_path):
    with pytest.raises(SourceError, match=r"borte\.txt: No such file"):
        load(tmp_path / "borte.txt")


def test_a_privacy_policy_is_a_page_of_another_kind(saved):
    policy = "Personvernerklæring\n\nHvem er behandlingsansvarlig?\n\nBue AS.\n\nDine rettigheter\n\nKontakt\n\nPris"

    with pytest.raises(SourceError, match="another kind"):
        saved(policy.encode())


def test_a_byte_order_mark_and_windows_line_ends_do_not_matter(saved):
    result = saved(b"\xef\xbb\xbf" + PAGE.replace("\n", "\r\n").encode())

    assert (result.name, result.status, result.lines["vendor"]) == ("Regnbuen", "approved", (9, 11))


def test_a_saved_page_is_read_in_the_charset_that_it_declares(saved):
    html = '<html><head><meta charset="iso-8859-1"></head><body><h1>Blåbær</h1><h2>Leverandør</h2><p>Bue AS</p>'
    html += "<h2>Er tjenesten godkjent?</h2><p>Ja</p></body></html>"

    assert saved(html.encode("latin-1"), "side.html").name == "Blåbær"


def test_a_folder_is_read_in_order_without_what_browsers_save_beside(tmp_path):
    for name in ["b.txt", "a.html", "a_files/style.css", ".DS_Store", "under/c.txt"]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")

    assert [path.relative_to(tmp_path).as_posix() for path in files([tmp_path])] == ["a.html", "b.txt", "under/c.txt"]
