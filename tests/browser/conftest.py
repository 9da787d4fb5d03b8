"""Chromium as it is installed on the machine, with everything that a visitor should be spared made into a failure."""

import os
import shutil
import threading

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.conftest import member_of

# Playwright keeps an event loop running in the thread of the test, where Django would refuse to use the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",  # containers run as root
    "--disable-gpu",
    "--disable-dev-shm-usage",
    # Chromium itself asks hosts of its maker for this and that.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

# Told by the browser itself, so that a page that hides its violations from the console is found out too.
WATCH_POLICY = """
    window.violations = [];
    document.addEventListener("securitypolicyviolation", (event) =>
        window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
"""


@pytest.fixture(scope="session", autouse=True)
def every_request_ends_before_the_server_does(live_server):
    """A thread that still holds a connection of the browser's closes the database's, which is the server's no more."""
    yield
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(10)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.fail("No Chromium: apt-get install chromium, or set CHROMIUM to the path of one.")
    return {**browser_type_launch_args, "executable_path": path, "args": ARGUMENTS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "nb-NO"}


@pytest.fixture
def context(context):
    """A visitor to whom nothing may happen unseen: no script fails, nothing leaves the machine, no cookie stays."""
    errors, outside = [], []
    context.add_init_script(WATCH_POLICY)
    context.on("weberror", lambda error: errors.append(str(error.error)))
    context.on("request", lambda request: None if is_here(request.url) else outside.append(request.url))
    yield context
    assert (errors, outside, context.cookies()) == ([], [], [])


def is_here(url):
    return url.startswith(("http://localhost:", "http://127.0.0.1:", "data:", "blob:", "about:"))


@pytest.fixture
def axe():
    """What axe-core finds on a page: WCAG 2.0 to 2.2, A and AA, and its list of best practice."""
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

    def findings(page, part="html"):
        found = Axe().run(page, context=part, options={"runOnly": {"type": "tag", "values": tags}}).response
        return [
            (rule["id"], kind, [node["target"] for node in rule["nodes"]])
            for kind in ("violations", "incomplete")
            for rule in found[kind]
        ]

    return findings


PASSWORD = "riktig hest batteri stift"


@pytest.fixture
def staff(browser, site):
    """Opens the administration as somebody, in a browser of their own, and sees that the policy holds there too."""
    contexts = []
    for role in ("editor", "approver"):
        user = member_of(role)
        user.set_password(PASSWORD)
        user.save()

    def opened(role):
        context = browser.new_context(locale="nb-NO", viewport={"width": 1280, "height": 900})
        context.add_init_script(WATCH_POLICY)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{site}/admin/")
        page.locator("#id_username").fill(role)
        page.locator("#id_password").fill(PASSWORD)
        page.locator("input[type=submit]").click()
        page.wait_for_url("**/admin/")
        return page

    yield opened
    violations = [page.evaluate("window.violations") for context in contexts for page in context.pages]
    for context in contexts:
        context.close()
    assert not any(violations)


def save(page, reason):
    """Save the form of an administration page for a reason."""
    page.locator("#id_reason").fill(reason)
    page.locator("input[name=_save]").click()
    page.wait_for_load_state()
    assert page.locator(".errornote, .errorlist").count() == 0, page.locator(".errornote, .errorlist").all_inner_texts()
