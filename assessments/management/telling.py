"""What `import_assessments` says of one page."""

from collections import Counter
from collections.abc import Iterator

from assessments.carrying_over.merging import Edit
from assessments.carrying_over.planning import Action, Step

NAMES = {
    "service": "facts",
    "co_vendors": "partners",
    "data_uses": "data",
    "disclosures": "completeness of lists",
    "agreements": "agreement",
    "policies": "documents",
    "round": "decision",
}


def told_of(step: Step, applied: bool, verbosity: int = 1) -> Iterator[str]:
    """A line on what becomes of the page, and one on each thing that somebody must know."""
    draft, result = step.page.draft, step.page.result
    yield f"{step.action.value} {draft.name} ({result.file}): {_done(step)}"
    if step.merged.kept:
        how = "says something else than the registry" if step.action == Action.BESIDE else "left as it is here"
        yield f"    {how}: {_listed(step.merged.kept)}"
    if step.merged.waiting:
        yield f"    waits for --published, or for who approves: {_listed(step.merged.waiting)}"
    if step.action != Action.SAME:
        if draft.uncertain and verbosity > 1:
            yield from (f"    uncertain: {_name(name)}: {why}" for name, why in draft.uncertain.items())
        elif draft.uncertain:
            yield f"    uncertain: {', '.join(map(_name, draft.uncertain))}"
        if result.unplaced:
            lines = ", ".join(map(str, result.unplaced[:12])) + (" …" if len(result.unplaced) > 12 else "")
            yield f"    {len(result.unplaced)} of {result.line_count} lines unplaced: {lines}"
    if step.publish:
        yield "    published" if applied else "    would be published"
    elif step.waits:
        yield f"    not published: {'; '.join(step.waits)}"


def _name(field):
    return field.replace("_", " ")


def _done(step):
    if step.action == Action.NEW:
        return f"new, {_name(step.page.result.status)}"
    if step.action == Action.BESIDE:
        return "a service of this name or address is there already; the page is laid beside it"
    if step.action == Action.SAME:
        return "as it was"
    return f"a new version: {_listed(step.merged.edits)}" if step.merged.edits else "a new version, nothing to write"


def _listed(edits: tuple[Edit, ...]):
    """The fields of what is said once; of lists, how many rows came, changed and went."""
    parts = []
    for table, rows in _by_table(edits).items():
        if all(edit.before is not None and edit.after is not None and not edit.key for edit in rows):
            head = "" if table == "service" else f"{NAMES.get(table, table)} "
            parts.append(", ".join(f"{head}{_name(name)}" for edit in rows for name in edit.after))
        else:
            counts = Counter("+" if e.before is None else "-" if e.after is None else "~" for e in rows)
            parts.append(
                f"{NAMES.get(table, table)} {' '.join(f'{sign}{counts[sign]}' for sign in '+~-' if counts[sign])}"
            )
    return ", ".join(parts)


def _by_table(edits):
    tables: dict[str, list[Edit]] = {}
    for edit in edits:
        tables.setdefault(edit.table, []).append(edit)
    return tables
