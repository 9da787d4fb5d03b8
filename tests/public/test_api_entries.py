import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from public.models import RegisterContent, RegisterEntry, RegisterHead
from public.register.redaction import redact
from public.register.triggers import lifted
from registry.changes import change
from registry.models import Service
from tests.factories import (
    AssessmentFactory,
    DataUseFactory,
    PolicyFactory,
    PolicyVersionFactory,
    SchoolOwnerFactory,
    ServiceFactory,
    StorageLocationFactory,
    SubprocessorFactory,
    UserFactory,
    VendorFactory,
    published_round,
)
from tests.public.answers import API, ask, everything

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("register")]

CANARY = "kanarifugl"
ENTRIES_QUERIES = 4


@pytest.fixture
def some():
    """A dozen entries: facts, a decision, a vendor."""
    service = published_round(ServiceFactory(name="Kahoot")).service
    DataUseFactory(service=service)
    return service


def take_off(service, reason="It is taken off the list."):
    with change(reason, "listed"):
        service.visibility = Service.Visibility.UNLISTED
        service.save()


def hidden_name(number, visibility):
    """A service with all of its own, none of which is public."""
    name = f"{CANARY}-{number}"
    vendor = VendorFactory(name=f"{name} vendor")
    service = ServiceFactory(name=name, vendor=vendor, summary=name, domains=f"{name}.no", visibility=visibility)
    published_round(service, summary=name)
    DataUseFactory(service=service, purpose=name)
    SubprocessorFactory(service=service, vendor=VendorFactory(name=f"{name} helper"))
    PolicyVersionFactory(policy=PolicyFactory(title=name, vendor=vendor, services=[service]), controller=name)
    return service


@pytest.fixture
def hidden(some):
    """Beside what is public: a draft round, internal notes, staff, a draft service, and one that was taken off."""
    SchoolOwnerFactory()
    published_round(some, internal_notes=CANARY)
    AssessmentFactory(
        service=some, draft=True, summary=CANARY, reasons=CANARY, internal_notes=CANARY,
        submitted_by=UserFactory(username=CANARY, first_name=CANARY),
    )  # fmt: skip
    StorageLocationFactory(service=some)
    hidden_name(0, "draft")
    take_off(hidden_name(1, "listed"), reason=f"The {CANARY} has flown.")
    return some


# In step with the register


def test_following_next_from_0_gives_every_entry_once_and_ends_at_the_head(client, some):
    entries, parts = everything(client, "/entries?since=0&limit=2")
    head = ask(client, "/head")

    assert [entry["header"]["serial"] for entry in entries] == list(range(1, head["serial"] + 1))
    assert entries[-1]["hash"] == head["hash"]
    assert parts == -(-head["serial"] // 2) > 2


def test_who_has_everything_gets_nothing_until_there_is_news(client, some):
    head = ask(client, "/head")["serial"]
    before = ask(client, f"/entries?since={head}")
    with change("It has a new name."):
        some.name = "Kahoot!"
        some.save()
    [new] = ask(client, f"/entries?since={head}")["entries"]

    assert (before["entries"], before["next"], before["head"]["serial"]) == ([], None, head)
    assert (new["content"]["facts"]["name"], new["details"]["reason"]) == ("Kahoot!", "It has a new name.")


def test_an_entry_is_what_was_hashed(client, some, settings):
    entry = RegisterEntry.objects.first()
    answer = ask(client, f"/entries/{entry.serial}")

    assert answer == {
        "header": entry.header(),
        "hash": entry.hash,
        "details": json.loads(entry.details.text),
        "content": json.loads(entry.content.text),
        "withheld": False,
        "page": f"{settings.SITE_URL}{reverse('entry-detail', args=[entry.serial])}",
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("kind=decision", {("decision", "service")}),
        ("subject=vendor", {("listed", "vendor")}),
        ("subject=service&key=kahoot&kind=listed", {("listed", "service")}),
        ("subject=vendor&key=kahoot", set()),
    ],
)
def test_entries_of_a_kind_or_a_subject(client, some, query, expected):
    headers = [entry["header"] for entry in ask(client, f"/entries?{query}")["entries"]]

    assert {(header["kind"], header["subject"]["kind"]) for header in headers} == expected


def test_next_keeps_what_was_asked(client, some):
    entries, parts = everything(client, "/entries?subject=service&key=kahoot&limit=1")

    assert {entry["details"]["subject"]["key"] for entry in entries} == {"kahoot"}
    assert parts == len(entries) > 2


@pytest.mark.parametrize(
    "query",
    ["since=-1", "since=x", "since=1e3", "since=", f"since={2**53}", "limit=0", "limit=501", "kind=news", "key=kahoot",
     "subject=staff", "subject=service&key=a/b", "until=9", "since=1&since=2", "since=%00"],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(client, query):
    assert ask(client, f"/entries?{query}", 400)["detail"]


@pytest.mark.parametrize("serial", [0, 999999, 2**53, 10**30])
def test_an_entry_that_there_is_not(client, serial):
    assert "There is no entry" in ask(client, f"/entries/{serial}", 404)["detail"]


def test_an_empty_register_has_a_head_and_no_beginning(client):
    assert ask(client, "/head") == {"serial": 0, "hash": ""}
    assert ask(client, "/entries") == {"head": {"serial": 0, "hash": ""}, "entries": [], "next": None}
    assert ask(client, "/")["began"] is None


def test_the_index_says_whose_it_is_and_under_which_licence(client, some, settings):
    SchoolOwnerFactory(name="Fjellvik kommune")
    settings.DATA_LICENCE, settings.RELEASE, settings.DEMONSTRATION = "CC-BY-4.0", "2026-11", True
    index = ask(client, "/")

    assert (index["publisher"], index["release"], index["demonstration"]) == ("Fjellvik kommune", "2026-11", True)
    assert index["licence"] == {
        "identifier": "CC-BY-4.0",
        "name": "Creative Commons Attribution 4.0 (CC BY 4.0)",
        "url": "https://creativecommons.org/licenses/by/4.0/",
    }
    for address in index["links"].values():
        assert client.get(address.removeprefix(settings.SITE_URL)).status_code == 200, address


def test_number_of_queries_does_not_grow(client, some):
    def ask_all():
        with CaptureQueriesContext(connection) as queries:
            ask(client, "/entries?limit=500")
        return len(queries)

    few = ask_all()
    for _ in range(5):
        take_off(published_round(ServiceFactory()).service)

    assert (few, ask_all()) == (ENTRIES_QUERIES, ENTRIES_QUERIES)


# What is shared by all answers


def test_an_answer_is_open_to_all_sites_and_is_not_sent_twice(client, some):
    response = client.get(f"{API}/head")
    again = client.get(f"{API}/head", headers={"If-None-Match": response["ETag"]})
    ServiceFactory()
    later = client.get(f"{API}/head", headers={"If-None-Match": response["ETag"]})

    assert [answer.status_code for answer in (response, again, later)] == [200, 304, 200]
    for answer in (response, again, later, client.get(f"{API}/nothing"), client.post(f"{API}/head")):
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert not answer.cookies


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
@pytest.mark.parametrize("path", ["/", "/entries", "/services/kahoot", "/nothing"])
def test_nothing_can_be_written(path, method, client):
    client.handler.enforce_csrf_checks = True
    response = getattr(client, method)(f"{API}{path}")

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
    assert response.json()["status"] == 405


def test_head_answers_without_a_body(client, some):
    response = client.head(f"{API}/entries")

    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize(
    "path", ["/nothing", "/services/", "/entries/x", "/entries/-1", "/schemas/../settings.py", "/Head"]
)
def test_what_is_not_there_is_a_problem_in_json(client, path):
    response = client.get(f"{API}{path}")

    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json; charset=utf-8")
    assert response.json()["status"] == 404


def test_thousands_of_parameters_are_a_problem_in_json(client):
    ask(client, "/entries?" + "&".join(f"a{number}=1" for number in range(2000)), 400)


# What is not public


def test_what_was_taken_off_leaves_headers_and_hashes(client, some):
    gone = ServiceFactory(name="Gone", vendor=None)
    take_off(gone, "It spied on pupils.")
    entries, _parts = everything(client, "/entries")
    withheld = [entry for entry in entries if entry["withheld"]]

    assert [entry["header"]["kind"] for entry in withheld] == ["listed", "listed"]
    for entry in withheld:
        assert (entry["details"], entry["content"], entry["page"]) == (None, None, None)
        assert entry["header"] == RegisterEntry.objects.get(serial=entry["header"]["serial"]).header()
    assert ask(client, "/entries?subject=service&key=gone")["entries"] == []


def test_what_comes_back_is_told_with_all_that_was_said_before(client, some):
    take_off(some)
    assert everything(client, "/entries?subject=service&key=kahoot")[0] == []
    with change("It is back.", "listed"):
        some.visibility = Service.Visibility.LISTED
        some.save()

    assert len(everything(client, "/entries?subject=service&key=kahoot")[0]) > 3


def test_an_alternative_that_was_taken_off_withholds_what_named_it(client, some):
    gone = ServiceFactory(name="Gone", vendor=None)
    with change("There is another."):
        some.alternatives.add(gone)
    named = RegisterEntry.objects.first().serial
    take_off(gone, reason=f"The {CANARY} has flown.")
    entry = ask(client, f"/entries/{named}")

    assert (entry["withheld"], entry["content"]) == (True, None)
    assert entry["details"]["subject"]["key"] == "kahoot"
    answer = client.get(f"{API}/entries?limit=500").content.decode().lower()
    assert ("gone" in answer, CANARY in answer) == (False, False)


PLACES = [
    "/api/v1/", "/api/v1/head", "/api/v1/services", "/api/v1/vendors", "/api/v1/policies", "/api/v1/entries?limit=500",
    "/api/v1/openapi.json", "/api/v1/services/kahoot", "/data/register.jsonl", "/data/register.csv", "/tjenester.csv",
    "/nn/tjenester.csv", "/data/", "/api/v1/reference/owner", "/api/v1/services?sorter=frist&status=approved",
]  # fmt: skip


def test_no_answer_holds_a_word_of_what_is_not_public(client, hidden):
    serials = RegisterEntry.objects.values_list("serial", flat=True)
    for path in [*PLACES, *(f"{API}/entries/{serial}" for serial in serials)]:
        response = client.get(path)
        body = response.getvalue() if response.streaming else response.content

        assert response.status_code == 200, path
        assert CANARY not in f"{response.headers} {body.decode()}".lower(), path


def test_asking_for_it_by_name_gives_nothing_away(client, hidden):
    for path in [
        "/services?q=kanari", "/services?q=kanarifugl-1.no", "/entries?subject=service&key=kanarifugl-1",
        "/entries?subject=vendor&key=kanarifugl-1-vendor", "/vendors?after=kanarifugk",
    ]:  # fmt: skip
        answer, missing = ask(client, path), ask(client, path.replace("kanari", "kanarj"))
        for name in ("count", "services", "entries", "subjects"):
            assert answer.get(name) == missing.get(name), path


def test_what_was_removed_is_a_tombstone_that_says_when_and_why(client, some):
    first = RegisterEntry.objects.filter(subject_key="kahoot").last()
    told = redact(first.serial, reason="It named a pupil.", asked_by=UserFactory(), confirmed_by=UserFactory())
    entry = ask(client, f"/entries/{first.serial}")

    assert entry["content"]["redacted"]["entry"] == told.serial
    assert entry["content"]["redacted"]["reason"] == "It named a pupil."
    assert ask(client, f"/entries/{told.serial}")["header"]["kind"] == "redacted"


# What the documentation promises


DOC = Path(settings.BASE_DIR, "docs", "register.md").read_text(encoding="utf-8")


def block(heading):
    """The program under a heading of docs/register.md."""
    return re.search(rf"(?s)^#+ {heading}\n.*?^```python\n(.*?)^```", DOC, re.MULTILINE)[1]


def run(code, *arguments):
    result = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)
    return result.returncode, result.stdout + result.stderr


CHECK = block("Check it yourself")


def test_the_program_in_the_documentation_is_short_and_the_one_that_is_served(client):
    assert len(CHECK.splitlines()) <= 30
    assert client.get("/data/verify.py").content.decode() == CHECK


def entry(number):
    return RegisterEntry.objects.order_by("serial")[number]


def alter_header():
    RegisterEntry._base_manager.filter(pk=entry(2).pk).update(effective_on="2020-01-01")
    return "the header of entry 3"


def alter_header_and_its_hash():
    row = entry(2)
    row.kind = "facts" if row.kind != "facts" else "listed"
    RegisterEntry._base_manager.filter(pk=row.pk).update(kind=row.kind, hash=row.computed_hash())
    return "entry 4 does not continue"


def alter_content():
    RegisterContent._base_manager.filter(pk=entry(3).content_id).update(text='{"facts":{"name":"Other"}}')
    return "the content of entry"


def alter_reason():
    RegisterContent._base_manager.filter(pk=entry(3).details_id).update(text='{"reason":"Other"}')
    return "the details of entry 4"


def bury_without_a_word():
    tomb = '{"redacted":{"entry":2,"on":"2026-01-01","reason":"None."}}'
    RegisterContent._base_manager.filter(pk=entry(3).content_id).update(text=tomb)
    return "entries [2] do not tell of it"


def take_out():
    RegisterEntry._base_manager.filter(pk=entry(1).pk).delete()
    return "entry 2 is missing"


def cut_the_end():
    RegisterEntry._base_manager.filter(pk=RegisterEntry.objects.first().pk).delete()
    return "does not end at its head"


def move_the_head():
    RegisterHead.objects.update(hash="0" * 64)
    return "does not end at its head"


@pytest.mark.django_db(transaction=True)
def test_the_program_finds_the_register_whole_and_every_tampering(live_server, some):
    take_off(ServiceFactory(name="Gone"))
    first = RegisterEntry.objects.filter(subject_key="kahoot").last()
    redact(first.serial, reason="It named a pupil.", asked_by=UserFactory(), confirmed_by=UserFactory())
    head = RegisterHead.objects.get()

    assert run(CHECK, live_server.url, head.hash) == (0, f"The register is whole, from entry 1 to {head}\n")
    assert run(CHECK, live_server.url, "0" * 64)[0] == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "tamper",
    [
        alter_header, alter_header_and_its_hash, alter_content, alter_reason, bury_without_a_word, take_out,
        cut_the_end, move_the_head,
    ],
)  # fmt: skip
def test_the_program_names_what_is_off(live_server, some, tamper):
    with lifted():
        expected = tamper()
    code, said = run(CHECK, live_server.url)

    assert (code, expected in said) == (1, True), said


@pytest.mark.django_db(transaction=True)
def test_the_rebuilt_dossier_is_the_one_that_the_api_gives(live_server, client, monkeypatch):
    program = block("Mentimeter's dossier as of a day")
    service = published_round(ServiceFactory(name="Mentimeter")).service
    with change("It has a new name."):
        service.name = "Mentimeter!"
        service.save()
    day = str(RegisterEntry.objects.first().effective_on)
    rebuilt = json.loads(run(program, live_server.url, "mentimeter", day)[1])

    assert rebuilt == ask(client, f"/services/mentimeter?on={day}")["content"]
    assert run(program, live_server.url, "mentimeter", "2020-01-01")[0] == 1
