"""Where and how the site runs: one file, read from the environment (and from `.env` beside manage.py).

There is no silent default for anything that matters in production: without DEBUG a missing or nonsensical
value stops the process, with a message that names the variable and the cure. See `.env.example`.
"""

import os
import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.http.request import validate_host

BASE_DIR = Path(__file__).resolve().parent.parent

environ.Env.read_env(BASE_DIR / ".env")


# Reading the environment

ON = {"1", "true", "yes", "on"}
OFF = {"0", "false", "no", "off"}
POSTGRESQL_FORM = "postgres://user:password@host:5432/name"
DATA_LICENCES = ["NLOD-2.0", "CC-BY-4.0"]  # public.licence knows their names


def refuse(name, cure):
    raise ImproperlyConfigured(f"{name}: {cure}")


def text(name, default=""):
    """The value of a variable; one that is set but empty counts as not set."""
    return os.environ.get(name, "").strip() or default


def switch(name, default):
    """On or off, and nothing else: a misspelt "DEBUG=flase" shall not be guessed at."""
    value = text(name).lower()
    if value not in {"", *ON, *OFF}:
        refuse(name, f"is {value!r}. Set it to 1 or 0.")
    return value in ON if value else default


def secret_key(debug):
    key = text("SECRET_KEY")
    if not key and debug:
        return "development only"
    if not key:
        refuse("SECRET_KEY", "is missing. Set it to 50 or more random characters, or set DEBUG=1 to develop.")
    if len(key) < 50 or len(set(key)) < 10 or re.search("insecure|development|changeme|secret", key.lower()):
        refuse("SECRET_KEY", "can be guessed. Set it to 50 or more random characters.")
    return key


def allowed_hosts(debug):
    hosts = [host.strip() for host in text("ALLOWED_HOSTS").split(",") if host.strip()]
    if not hosts and debug:
        return ["localhost", "127.0.0.1", "[::1]"]
    if not hosts:
        refuse("ALLOWED_HOSTS", "is missing. Set it to the host names of the site, separated by commas.")
    for host in hosts:
        if not re.fullmatch(r"\.?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*|\[[0-9A-Fa-f:]+\]", host):
            refuse("ALLOWED_HOSTS", f"holds {host!r}. Name hosts in full: no scheme, port, path or *.")
    return hosts


def site_url(debug, hosts):
    """What addresses in feeds, exports and canonical links begin with; some are made without a request."""
    url = text("SITE_URL", f"http://{hosts[0].lstrip('.')}:{text('PORT', '8000')}" if debug else "")
    if not url:
        refuse("SITE_URL", "is missing. Set it to the address of the site, such as https://apper.example.no")
    if not re.fullmatch(r"https?://[^/?#@]+" if debug else r"https://[^/?#@]+", url):
        refuse("SITE_URL", f"is {url!r}. Write https:// and the host name, without a slash at the end.")
    if not validate_host(urlsplit(url).hostname, hosts):
        refuse("SITE_URL", f"is {url!r}, a host that is not among ALLOWED_HOSTS. Add it there.")
    return url


def admin_path(debug):
    path = text("ADMIN_PATH", "admin/" if debug else "redaksjon/")
    if not re.fullmatch(r"([a-z0-9_-]+/)+", path):
        refuse("ADMIN_PATH", f"is {path!r}. Write lower-case words that end in a slash, such as redaksjon/")
    return path


def data_licence():
    name = text("DATA_LICENCE", DATA_LICENCES[0])
    if name not in DATA_LICENCES:
        refuse("DATA_LICENCE", f"is {name!r}. Set it to {' or '.join(DATA_LICENCES)}.")
    return name


def seconds(name, default):
    value = text(name, default)
    if not re.fullmatch(r"[0-9]{1,5}", value):
        refuse(name, f"is {value!r}. Set it to a number of seconds; 0 means no limit.")
    return int(value)


def database(debug):
    url = text("DATABASE_URL")
    if not url and debug:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": BASE_DIR / "db.sqlite3",
            "OPTIONS": SQLITE_OPTIONS,
        }
    if not url:
        refuse("DATABASE_URL", f"is missing. Set it to {POSTGRESQL_FORM}")
    if not re.match(r"(postgres|postgresql|sqlite)://.", url):
        refuse("DATABASE_URL", f"names another database. Write {POSTGRESQL_FORM} or sqlite:///path")
    try:
        config = environ.Env.db_url_config(url)
    except ValueError:
        config = {}
    if not config.get("NAME"):
        refuse("DATABASE_URL", f"cannot be read. Write {POSTGRESQL_FORM}, with % codes in the password")
    if config["ENGINE"] == "django.db.backends.sqlite3":
        return config | {"OPTIONS": SQLITE_OPTIONS}
    return POSTGRESQL | config | {"OPTIONS": config.get("OPTIONS", {}) | {"options": POSTGRESQL_LIMITS}}


# What the environment says

DEBUG = switch("DEBUG", default=False)
SECRET_KEY = secret_key(DEBUG)
ALLOWED_HOSTS = allowed_hosts(DEBUG)
SITE_URL = site_url(DEBUG, ALLOWED_HOSTS)
ADMIN_PATH = admin_path(DEBUG)
DEMONSTRATION = switch("DEMONSTRATION", default=DEBUG)  # each page says so; a public site may be one, too
RELEASE = text("RELEASE", "development")
DATA_LICENCE = data_licence()  # under which everybody may use what we publish


# Applications, from the one that knows least to the one that knows most

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",  # style sheets get the same headers under runserver as in production
    "django.contrib.staticfiles",
    "django.forms",  # so that templates/ can override the templates of form fields
    "simple_history",
    "django_filters",
    "csp",
    "axes",
    "registry",
    "policies",
    "assessments",
    "public",
]

# The headers come first, so that style sheets, redirects and error pages carry them as well.
MIDDLEWARE = [
    "config.middleware.isolation_headers",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.middleware.working_day",
    "django.contrib.messages.middleware.MessageMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "config.middleware.AdminInput",
    "axes.middleware.AxesMiddleware",
    "config.middleware.own_missing_page",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "public.context.site",
            ],
        },
    },
]


# Database. On PostgreSQL a page gives up after some seconds (wsgi.py says how many); commands such as migrate
# and nightly may take their time.

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",  # a transaction that reads and then writes would fail at once, not wait
    "timeout": 20,
    # NORMAL would be faster, and may lose the last publication when the power fails.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL",
}
POSTGRESQL = {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
POSTGRESQL_LIMITS = (
    f"-c statement_timeout={seconds('STATEMENT_TIMEOUT', '0')}s"
    " -c lock_timeout=2s -c idle_in_transaction_session_timeout=30s"
)
DATABASES = {"default": database(DEBUG)}


# Languages, time

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Oslo"
USE_TZ = True


# Style sheets and scripts

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False


# What a browser may do with our pages

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = not DEBUG
SECURE_REDIRECT_EXEMPT = [r"^helse/$"]  # asked from inside, over plain http
SECURE_HSTS_SECONDS = 0 if DEBUG else 63072000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not DEBUG
SECURE_HSTS_PRELOAD = switch("HSTS_PRELOAD", default=False)  # only the owner of the domain may decide this
if switch("TRUST_X_FORWARDED_PROTO", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")


# Cookies: only staff get any. Browsers refuse the prefix on plain http.

COOKIE_PREFIX = "" if DEBUG else "__Host-"
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
SESSION_COOKIE_SECURE = not DEBUG
SESSION_COOKIE_AGE = 30 * 60  # idle; config.middleware.working_day ends the day
SESSION_SAVE_EVERY_REQUEST = True  # counts idleness from the last page; an empty session is still not saved
SESSION_LONGEST = timedelta(hours=8)
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
CSRF_COOKIE_SECURE = not DEBUG
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_AGE = None
# The other storage has a cookie whose name is fixed and cannot take the prefix.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"


# Staff who log in

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "admin:login"

# The default counts by address alone: mistakes behind a school's one address would shut out everyone there.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False  # its pages are in English only, and hold addresses
AXES_LOCKOUT_TEMPLATE = "429.html"
AXES_VERBOSE = False  # or the log would hold addresses and browsers
AXES_ALLOWED_CORS_ORIGINS = SITE_URL

# A restored version would be a change without a reason.
SIMPLE_HISTORY_REVERT_DISABLED = True
SIMPLE_HISTORY_ENFORCE_HISTORY_MODEL_PERMISSIONS = True


# Errors go to the console; no address, no query and no user agent does.

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        # Anyone can fill the log by asking for a host that is not ours.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
