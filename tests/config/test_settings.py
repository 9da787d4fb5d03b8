import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

PRODUCTION = {
    "DEBUG": "0",
    "SECRET_KEY": "mkK3Q0bTtYxw8dZlV2cJr5uPqHn7sEaGf9yLiRo1WXBzN4vCjD6",
    "ALLOWED_HOSTS": "apper.example.no",
    "SITE_URL": "https://apper.example.no",
    "DATABASE_URL": "postgres://web:password@db.example.no:5432/registry",
    "ADMIN_PATH": "redaksjon/",
    "HSTS_PRELOAD": "1",
    "DEMONSTRATION": "0",
    "TRUST_X_FORWARDED_PROTO": "0",
    "DATA_LICENCE": "NLOD-2.0",
}


def start(*arguments, **environment):
    """Run manage.py as on a server. Variables set here hide those of a developer's .env."""
    environment = PRODUCTION | {"PATH": os.environ["PATH"]} | environment
    command = [sys.executable, "manage.py", *(arguments or ["check"])]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def setting(expression, **environment):
    code = f"from config.settings import *; print({expression})"
    return start("shell", "--no-imports", "-c", code, **environment).stdout


def test_production_settings_pass_every_check():
    result = start("check", "--deploy", "--fail-level", "WARNING")

    assert (result.returncode, "no issues (0 silenced)" in result.stdout) == (0, True), result.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("DEBUG", "flase", id="misspelt switch"),
        pytest.param("SECRET_KEY", "", id="no secret"),
        pytest.param("SECRET_KEY", "too-short", id="short secret"),
        pytest.param("SECRET_KEY", "a" * 60, id="secret of one letter"),
        pytest.param("SECRET_KEY", f"django-insecure-{PRODUCTION['SECRET_KEY']}", id="secret of a template"),
        pytest.param("ALLOWED_HOSTS", "", id="no host"),
        pytest.param("ALLOWED_HOSTS", "*", id="any host"),
        pytest.param("ALLOWED_HOSTS", "https://apper.example.no", id="host with a scheme"),
        pytest.param("ALLOWED_HOSTS", "apper.example.no:8000", id="host with a port"),
        pytest.param("DATABASE_URL", "", id="no database"),
        pytest.param("DATABASE_URL", "mysql://web@db.example.no/registry", id="another database"),
        pytest.param("DATABASE_URL", "postgres://web:password@db.example.no", id="database without a name"),
        pytest.param("DATABASE_URL", "postgres://web@db.example.no:port/registry", id="port in letters"),
        pytest.param("SITE_URL", "", id="no address"),
        pytest.param("SITE_URL", "http://apper.example.no", id="address without https"),
        pytest.param("SITE_URL", "https://apper.example.no/", id="address with a slash"),
        pytest.param("SITE_URL", "https://other.example.no", id="address of another host"),
        pytest.param("ADMIN_PATH", "/redaksjon/", id="admin from the root"),
        pytest.param("ADMIN_PATH", "redaksjon", id="admin without a slash"),
        pytest.param("HSTS_PRELOAD", "perhaps", id="undecided"),
        pytest.param("STATEMENT_TIMEOUT", "5s", id="limit with a unit"),
        pytest.param("DATA_LICENCE", "MIT", id="licence for software"),
    ],
)
def test_nonsense_stops_the_process_and_names_the_variable(name, value):
    result = start(**{name: value})

    assert result.returncode != 0
    assert f"ImproperlyConfigured: {name}: " in result.stderr.splitlines()[-1]


def test_refusals_do_not_repeat_secrets():
    result = start(SECRET_KEY="hunter2", DATABASE_URL="postgres://web:hunter2@db.example.no")

    assert "hunter2" not in result.stderr


def test_development_needs_nothing_but_debug():
    nothing = dict.fromkeys(PRODUCTION, "")

    result = start("check", **nothing | {"DEBUG": "1"})

    assert result.returncode == 0, result.stderr


def test_development_says_that_it_is_a_demonstration_and_production_does_not():
    shown = setting("DEMONSTRATION", DEBUG="1", DEMONSTRATION="")
    hidden = setting("DEMONSTRATION", DEMONSTRATION="")

    assert (shown, hidden) == ("True\n", "False\n")


def test_data_is_under_the_norwegian_licence_unless_the_owner_chooses_the_other():
    default, chosen = setting("DATA_LICENCE", DATA_LICENCE=""), setting("DATA_LICENCE", DATA_LICENCE="CC-BY-4.0")

    assert (default, chosen) == ("NLOD-2.0\n", "CC-BY-4.0\n")


def test_forwarded_protocol_is_believed_only_when_asked_for():
    silent = setting("'SECURE_PROXY_SSL_HEADER' in globals()")
    asked = setting("SECURE_PROXY_SSL_HEADER", TRUST_X_FORWARDED_PROTO="1")

    assert (silent, asked) == ("False\n", "('HTTP_X_FORWARDED_PROTO', 'https')\n")


def test_cookies_of_production_are_bound_to_the_host():
    names = setting("[SESSION_COOKIE_NAME, CSRF_COOKIE_NAME, SESSION_COOKIE_SECURE, CSRF_COOKIE_SECURE]")

    assert names == "['__Host-sessionid', '__Host-csrftoken', True, True]\n"


def test_database_address_keeps_its_own_options_and_gets_ours():
    address = f"{PRODUCTION['DATABASE_URL']}?sslmode=require"

    options = setting("DATABASES['default']['OPTIONS']", DATABASE_URL=address)

    assert "'sslmode': 'require'" in options
    assert "lock_timeout=2s" in options
