"""How well the reader does on a folder of real pages: `python -m tests.importing.score FOLDER…`

Compares with `truth.toml`, which a person wrote, here or in the folder, and prints a row a page, a row a field, lines
lost, and seconds for 2,000 pages. Pages that are named in the truth and not in the folders are left out.
"""

import sys
import time
import tomllib
from pathlib import Path

import django

from tests import environment  # noqa: F401 (settings as in the tests)

LISTS = (
    "vendor",
    "audiences",
    "conditions",
    "storage",
    "feide_attributes",
    "policy_urls",
    "subprocessors",
    "retention",
    "data_categories",
)
SINGLE = ("status", "name", "dpa", "price")
PAGES = 2000
# Where a folder of pages says itself what they hold.
TRUTHS = ("truth.toml", "expected.toml")


def same(text):
    return " ".join(str(text).casefold().split())


def items(value):
    """The members of a list as a set that can be compared."""
    return {
        tuple(sorted(entry.items())) if isinstance(entry, dict) else same(entry)
        for entry in (value if value is not None else [])
    }


def expected(truth, name, lines):
    if name == "conditions" and "condition_texts" in truth:
        return items(truth["condition_texts"])
    if name == "conditions":
        return {same(lines[number - 1].strip(" •-*–\t")) for number in truth.get("conditions", [])}
    return items(truth.get(name))


def found(read, name):
    if name == "conditions":
        return {same(text.splitlines()[0]) for text in read["conditions"]}
    return items(read[name])


def lost(read, path, lines):
    """Numbers of lines that are nowhere. Those of a saved page are its lines of text, which only the reader knows."""
    if path.suffix != ".txt":
        return []
    placed = {number for numbers in read["lines"].values() for number in numbers} | set(read["unplaced"])
    return [number for number, line in enumerate(lines, 1) if line.strip() and number not in placed]


def main(folders):
    from assessments.importing import reader, source

    truths = {}
    for file in [Path(__file__).parent / "truth.toml", *(Path(folder) / name for folder in folders for name in TRUTHS)]:
        truths |= tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    paths = source.files([Path(folder) for folder in folders])
    pages = [path for path in paths if isinstance(path, Path) and path.name in truths]
    wrong = dict.fromkeys(SINGLE, 0)
    counts = {name: [0, 0, 0] for name in LISTS}
    lines_lost = unplaced = 0
    rows = []
    for path in pages:
        truth, lines = truths[path.name], path.read_text(encoding="utf-8").splitlines()
        read = reader.read(source.load(path)).as_dict()
        marks = []
        for name in SINGLE:
            right = same(read[name]) == same(truth.get(name))
            wrong[name] += not right
            marks.append("right" if right else f"{read[name]} ({truth.get(name)})")
        notes = []
        for name in LISTS:
            want, have = expected(truth, name, lines), found(read, name)
            counts[name] = [a + b for a, b in zip(counts[name], (len(want), len(have), len(want & have)), strict=True)]
            if want != have:
                notes.append(f"{name}: missing {sorted(want - have)}, extra {sorted(have - want)}")
            if name in ("storage", "subprocessors") and (read[name] is None) != (truth.get(name) is None):
                notes.append(f"{name}: {read[name]} ({truth.get(name)})")
        lines_lost += len(lost(read, path, lines))
        unplaced += len(read["unplaced"])
        rows.append((path.name, *marks, len(read["unplaced"]), notes))
    report(rows, wrong, counts, lines_lost, unplaced, seconds(pages))


def seconds(pages):
    from assessments.importing import reader, source

    if not pages:
        return 0
    began = time.perf_counter()
    for position in range(PAGES):
        reader.read(source.load(pages[position % len(pages)]))
    return time.perf_counter() - began


def report(rows, wrong, counts, lines_lost, unplaced, took):
    out = [f"{'page':38} {'status':24} {'name':10} {'dpa':24} {'price':16} unplaced"]
    for page, status, name, dpa, price, left, notes in rows:
        out.append(f"{page[:38]:38} {status:24} {name:10} {dpa:24} {price:16} {left}")
        out += [f"    {note}" for note in notes]
    out.append("")
    out += [f"{name:18} wrong on {count} of {len(rows)}" for name, count in wrong.items()]
    for name, (want, have, both) in counts.items():
        recall, precision = both / want if want else 1, both / have if have else 1
        out.append(f"{name:18} recall {recall:7.1%}  precision {precision:7.1%}  ({both} of {want}, {have} read)")
    out.append(f"lines lost {lines_lost}, unplaced {unplaced}; {PAGES} pages in {took:.1f} s")
    sys.stdout.write("\n".join(out) + "\n")


if __name__ == "__main__":
    django.setup()
    main(sys.argv[1:])
