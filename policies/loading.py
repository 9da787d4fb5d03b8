"""Reading `fixtures/policies/`: one file per document, with its versions and what has been read out of them."""

from pathlib import Path
from typing import Any

from policies.models import Policy, PolicyVersion
from registry.loading import LoadError, build, read

STATEMENTS = (
    "collection_points", "legal_bases", "retentions", "cookies", "recipients", "rights", "measures", "contacts",
    "remarks",
)  # fmt: skip


def load_policies(folder: Path) -> int:
    """Create the documents of a folder that are not there yet, and return how many were made."""
    made = 0
    for path in sorted(folder.glob("*.toml")):
        if not Policy.objects.filter(slug=path.stem).exists():
            _load_policy(path.stem, read(path))
            made += 1
    return made


def _load_policy(slug, table):
    where = f"policies/{slug}.toml"
    versions = table.pop("versions", [])
    policy = build(Policy, table, where, slug=slug)
    for version in versions:
        _load_version(policy, version, f"{where}: version {version.get('captured_on')}")


def _load_version(policy, table, where):
    statements = {name: table.pop(name, []) for name in STATEMENTS}
    version = build(PolicyVersion, table, where, policy=policy)
    for name, rows in statements.items():
        for position, row in enumerate(rows, start=1):
            _load_statement(version, name, position, row, f"{where}: {name} {position}")


def _load_statement(version, name, position, table, where):
    collections = table.pop("collections", [])
    model = getattr(version, name).model
    row = build(model, table, where, version=version, position=position)
    for number, collection in enumerate(collections, start=1):
        build(row.collections.model, collection, f"{where}: collection {number}", point=row, position=number)


def find_version(reference: str, where: str) -> PolicyVersion:
    """A version by "slug date", such as "tv-2-skole-personvern 2026-11-02". Raises LoadError."""
    slug, _, day = reference.partition(" ")
    found: Any = PolicyVersion.objects.filter(policy__slug=slug, captured_on=day or None).first()
    if found is None:
        raise LoadError(f"{where}: there is no version {reference!r} of a document.")
    return found
