"""How the register bears its size: `python -m tests.benchmarks.register [SERVICES ENTRIES EXPORTED]`.

Makes a database of its own in a temporary folder, through the same doors as everybody, and prints seconds and resident
memory (MB, of a process that does nothing else) of: renaming a vendor that has 300 services, verifying 2,000 services
with 20 entries each, exporting the register and the list of 10,000 services. Takes about a quarter of an hour.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time

SIZES = {"services": 2000, "entries": 20, "exported": 10_000}
BATCH = 50
PARTS = 4  # rows of each kind that a service has


def main(arguments):
    sizes = dict(zip(SIZES, map(int, arguments), strict=False))
    sizes = SIZES | sizes
    with tempfile.TemporaryDirectory() as folder:
        large, wide = f"sqlite:///{folder}/large.sqlite3", f"sqlite:///{folder}/wide.sqlite3"
        report("make the tables", large, "migrate")
        report("make services and entries", large, "services", str(sizes["services"]), str(sizes["entries"] - 1))
        report("rename a vendor that has 300 services", large, "rename")
        report("verify_register", large, "verify")
        report("make the tables", wide, "migrate")
        report("make many services", wide, "services", str(sizes["exported"]), "0")
        for path in ("/data/register.jsonl", "/data/register.csv", "/tjenester.csv"):
            report(f"export {path}", wide, "export", path)


def report(name, database, *step):
    """Run one step in a process of its own and print what it cost."""
    environment = os.environ | {"DATABASE_URL": database, "DEBUG": "1"}
    command = [sys.executable, "-m", "tests.benchmarks.register", "--step", *step]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    sys.stdout.write(f"{name:45} {done.stdout}")
    sys.stdout.flush()


def run(step, *arguments):
    """One step, with the seconds and the memory that it took."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    began = time.perf_counter()
    said = STEPS[step](*arguments)
    seconds, kilobytes = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    sys.stdout.write(f"{seconds:8.2f} s {kilobytes / 1024:6.0f} MB  {said or ''}\n")


def migrate(*_sizes):
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_reference", verbosity=0)


def services(count, edits):
    """Services with parts, a round and a vendor in common for every 300, then so many edits of each."""
    from registry.changes import change
    from registry.models import Vendor
    from tests import factories

    count, edits, made = int(count), int(edits), []
    vendors = [factories.VendorFactory(name=f"Vendor {number}", country=None) for number in range(count // 300 + 1)]
    for start in range(0, count, BATCH):
        with change("Entered.", "listed"):
            made += [_service(number, vendors[number // 300]) for number in range(start, min(start + BATCH, count))]
    for edit in range(edits):
        for start in range(0, count, BATCH):
            with change(f"Edit {edit}."):
                for service in made[start : start + BATCH]:
                    service.price_note = f"Price {edit}"
                    service.save()
    return f"{count} services, {Vendor.objects.count()} vendors, {_entries()} entries"


def _service(number, vendor):
    from registry.models import DataCategory, StorageRegion
    from tests import factories

    service = factories.ServiceFactory(name=f"Service {number}", slug=f"service-{number}", vendor=vendor)
    for category in DataCategory.objects.all()[:PARTS]:
        factories.DataUseFactory(service=service, category=category, purpose="So that the service can be used. " * 3)
    for region in StorageRegion.objects.all()[:PARTS]:
        factories.StorageLocationFactory(service=service, region=region, note="As the vendor's statement says.")
    conditions = [{"text": f"Condition {n}: do not write names. " * 3} for n in range(PARTS)]
    factories.published_round(service, conditions=conditions, reasons="It asks for few data. " * 20)
    return service


def _entries():
    from public.register.reading import head

    return head().serial


def rename():
    from registry.changes import change
    from registry.models import Vendor

    before = _entries()
    vendor = Vendor.objects.order_by("pk").first()
    with change("It has a new name."):
        vendor.name = "Renamed"
        vendor.save()
    return f"{vendor.services.count()} services, {_entries() - before} entry"


def verify():
    from public.register.verification import verify as found

    return f"{_entries()} entries, {len(list(found()))} things off"


def export(path):
    from django.test import Client

    response, size = Client(headers={"host": "localhost"}).get(path), 0
    for part in response:
        size += len(part)
    return f"{response.status_code}, {size / 1e6:.1f} MB sent"


STEPS = {"migrate": migrate, "services": services, "rename": rename, "verify": verify, "export": export}

if __name__ == "__main__":
    if sys.argv[1:2] == ["--step"]:
        run(*sys.argv[2:])
    else:
        main(sys.argv[1:])
