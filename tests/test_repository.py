"""What a reviewer would otherwise have to look for in every change."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines

ROOT = Path(settings.BASE_DIR)
LOCKS = sorted(ROOT.glob("requirements/*.txt"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

INLINE = re.compile(r"(?i)<style\b|<script\b(?![^>]*\bsrc=)|\sstyle\s*=|\son[a-z]+\s*=|javascript:")
HASHED = re.compile(r"[\w.-]+==[^;\s]+.*--hash=sha256:", re.DOTALL)


def relative(path):
    return path.relative_to(ROOT).as_posix()


def entries(lock):
    """Each package of a lock, with the lines that belong to it."""
    return re.findall(r"^[A-Za-z].*?(?=^[A-Za-z]|\Z)", lock.read_text(), re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("lock", LOCKS, ids=relative)
def test_every_locked_package_has_one_version_and_its_hashes(lock):
    assert entries(lock)
    assert not [entry for entry in entries(lock) if not HASHED.match(entry)]


@pytest.mark.parametrize("lock", LOCKS, ids=relative)
def test_locks_name_no_place_to_download_from(lock):
    assert not re.findall(r"https?://|--(?:extra-)?index-url|--find-links|--trusted-host", lock.read_text())


def test_larger_locks_agree_with_smaller_ones():
    base, dev, browser = (
        set(re.findall(r"^[\w.-]+==\S+", (ROOT / f"requirements/{name}.txt").read_text(), re.MULTILINE))
        for name in ["base", "dev", "browser"]
    )

    assert base < dev < browser


@pytest.mark.parametrize("template", TEMPLATES, ids=relative)
def test_templates_hold_no_script_or_style_of_their_own(template):
    assert not INLINE.findall(template.read_text())


@pytest.mark.parametrize("template", TEMPLATES, ids=relative)
def test_templates_can_be_read(template):
    engines["django"].get_template(template.relative_to(ROOT / "templates").as_posix())


@pytest.mark.parametrize(
    "page", [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))], ids=lambda page: page.name
)
def test_links_between_documents_lead_somewhere(page):
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))

    assert [link for link in links if not (page.parent / link).exists()] == []
