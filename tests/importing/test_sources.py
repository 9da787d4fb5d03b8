import os

import pytest

from assessments.importing import lines
from assessments.importing.reader import read, read_assessment
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
        (PAGE.replace("Bue", "\x1b[31mBue").encode(), "is not text"),
        (PAGE.encode("utf-16"), "UTF-16"),
        (PAGE.encode("latin-1"), "is not UTF-8"),
        (b"Oppskrift\n\nKok opp vannet.\n\nTilsett salt.", "page of another kind"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n", "web archive"),
    ],
    ids=["empty", "blank", "picture", "spreadsheet", "escape", "utf-16", "latin-1", "recipe", "archive"],
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


@pytest.fixture
def closed(monkeypatch):
    """Makes the system refuse to open a path, as it does even for the one who runs the tests as root."""
    refused = set()

    def refusing(real):
        def call(path, *args, **kwargs):
            if any(os.fspath(path).startswith(os.fspath(one)) for one in refused):
                raise PermissionError(13, "Permission denied", os.fspath(path))
            return real(path, *args, **kwargs)

        return call

    for name in ("scandir", "stat"):
        monkeypatch.setattr(os, name, refusing(getattr(os, name)))
    return refused


def told(folder):
    """The files of a folder, and what is said of those that are none, by their places in it."""
    return [str(one).replace(f"{folder}/", "") for one in files([folder])]


def test_what_cannot_be_opened_is_told_in_its_place(tmp_path, closed):
    for name in ["a.txt", "laast/b.txt", "laast_files/x.css", "z.txt", "åpen/c.txt"]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    closed |= {tmp_path / "laast", tmp_path / "z.txt"}

    assert told(tmp_path) == [
        "a.txt",
        "laast: cannot be opened (Permission denied).",
        "z.txt: cannot be opened (Permission denied).",
        "åpen/c.txt",
    ]


def test_links_to_nothing_and_what_is_no_file_are_told(tmp_path):
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    (tmp_path / "b.txt").symlink_to(tmp_path / "borte.txt")
    (tmp_path / "c.txt").symlink_to(tmp_path / "c.txt")
    (tmp_path / "under").mkdir()
    os.mkfifo(tmp_path / "under/d.txt")
    (tmp_path / "e.txt").symlink_to(tmp_path / "a.txt")
    (tmp_path / "f").symlink_to(tmp_path / "under")
    (tmp_path / ".g").symlink_to(tmp_path / "borte.txt")

    assert told(tmp_path) == [
        "a.txt",
        "b.txt: is a link to nothing.",
        "c.txt: cannot be opened (Too many levels of symbolic links).",
        "e.txt",
        "f: is a link to a folder, which is not followed.",
        "under/d.txt: is no file.",
    ]


def test_a_path_that_is_given_is_told_too(tmp_path, closed):
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "borte.txt")
    (tmp_path / "d").mkdir()
    (tmp_path / "e").symlink_to(tmp_path / "d")
    (tmp_path / "d/f.txt").write_text("x", encoding="utf-8")
    closed.add(tmp_path / "c")

    found = list(files([tmp_path / name for name in ["a.txt", "b.txt", "c/c.txt", "borte.txt", "e"]]))

    assert [str(one).replace(f"{tmp_path}/", "") for one in found] == [
        "a.txt: is no file.",
        "b.txt: is a link to nothing.",
        "c/c.txt: cannot be opened (Permission denied).",
        "borte.txt",
        "e/f.txt",
    ]
    assert [isinstance(one, SourceError) for one in found] == [True, True, True, False, False]


def test_a_pipe_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a.txt")

    with pytest.raises(SourceError, match=r"a\.txt: is no file"):
        load(tmp_path / "a.txt")


def test_a_name_that_is_no_text_can_be_told(tmp_path):
    path = os.fsencode(tmp_path) + b"/\xe5.txt"
    os.symlink(b"borte", path)

    (error,) = files([tmp_path])
    assert str(error).encode().endswith("\ufffd.txt: is a link to nothing.".encode())


MARKS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"


def test_marks_of_direction_are_dropped_and_their_line_is_not_lost(saved):
    text = PAGE.replace("Bue", f"B{MARKS}ue") + f"\n\n{MARKS}"

    assert [party.name for party in saved(text.encode()).vendor] == ["Bue AS"]
    assert len(text.splitlines()) in read(lines.of_text(text)).unplaced
