"""How the import bears many pages: `python -m tests.benchmarks.importing [PAGES [FOLDER]]`.

Makes a folder of 2,000 pages out of those in FOLDER (those that ship with the tests if there is none), each with a name
and an address of its own, and an SQLite database, and prints seconds and resident memory (MB, of a process that does
nothing else) of: reading them, showing what would be done, applying until it is killed, applying the rest, applying
again, publishing. Then it counts services, which must be as many as pages.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PAGES = 2000
SHIPPED = Path(__file__).parents[1] / "importing" / "pages"
ADDRESS = "https://www.eksempel.kommune.no/apper"


def main(arguments):
    count = int(arguments[0]) if arguments else PAGES
    folder = Path(arguments[1]) if arguments[1:] else SHIPPED
    with tempfile.TemporaryDirectory() as place:
        pages, database = Path(place) / "pages", f"sqlite:///{place}/registry.sqlite3"
        make_pages(pages, folder, count)
        report("make the tables", database, "migrate")
        report("read (--json)", database, str(pages), "--json")
        report("show what would be done", database, str(pages))
        apply = [str(pages), "--apply", "--reason", "Benchmark."]
        kill(database, apply)
        report("apply the rest", database, *apply)
        report("apply again", database, *apply)
        report("publish what is certain", database, *apply, "--published")
        report("verify the register", database, "verify_register")
        other = f"sqlite:///{place}/other.sqlite3"
        report("make other tables", other, "migrate")
        report("apply all at once", other, *apply)


def make_pages(place, folder, count):
    """Pages like those in the folder, with addresses of their own and titles where they have one."""
    from assessments.importing import reader, source

    place.mkdir()
    read = [(path, reader.read(source.load(path))) for path in sorted(folder.glob("*.txt"))]
    for number in range(count):
        path, page = read[number % len(read)]
        lines = path.read_text(encoding="utf-8").splitlines()
        for title in page.lines.get("name", ()):
            lines[title - 1] = lines[title - 1].replace(page.name, f"{page.name} {number}")
        if page.address:
            lines[0] = f"{ADDRESS}/{number}-{page.name.replace(' ', '-')}/"
        (place / f"{number:05}-{path.name}").write_text("\n".join(lines), encoding="utf-8")


def report(name, database, *arguments):
    """Run the command, or another, in a process of its own and print what it cost."""
    done = subprocess.run(command(*arguments), env=environment(database), capture_output=True, text=True, check=False)
    sys.stdout.write(f"{name:28} {done.stdout.strip().splitlines()[-1]}\n")
    sys.stdout.write("".join(f"    {line}\n" for line in done.stderr.splitlines()[-3:]))
    sys.stdout.flush()


def kill(database, arguments):
    """Stop the command in the middle, as a lost connection would, with no time to tidy up."""
    process = subprocess.Popen(
        command(*arguments), env=environment(database), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    time.sleep(20)
    process.kill()
    process.wait()
    sys.stdout.write("killed after 20 s\n")


def command(*arguments):
    return [sys.executable, "-m", "tests.benchmarks.importing", "--step", *arguments]


def environment(database):
    return os.environ | {"DATABASE_URL": database, "DEBUG": "1"}


def run(*arguments):
    """One step, with the seconds and the memory that it took, and how many services there are then."""
    from django.core.management import CommandError, call_command

    began = time.perf_counter()
    if arguments[0] == "migrate":
        call_command("migrate", verbosity=0)
        call_command("load_reference", verbosity=0)
    elif arguments[0] == "verify_register":
        call_command("verify_register")
    else:
        try:
            call_command("import_assessments", *arguments)
        except CommandError as error:
            sys.stderr.write(f"{error}\n")
    seconds, kilobytes = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    from registry.models import Service

    services, listed = Service.objects.count(), Service.objects.listed().count()
    sys.stdout.write(f"{seconds:8.2f} s {kilobytes / 1024:6.0f} MB  {services} services, {listed} listed\n")


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    if sys.argv[1:2] == ["--step"]:
        run(*sys.argv[2:])
    else:
        main(sys.argv[1:])
