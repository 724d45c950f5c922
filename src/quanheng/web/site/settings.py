"""Django's settings, from the folder of the site. Nothing else of the site asks where it is kept."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from csp.constants import NONE, SELF

from quanheng.web.site.kept.database import database_of
from quanheng.web.site.kept.folder import folder_of_the_environment
from quanheng.web.site.kept.options import read_options
from quanheng.web.site.kept.outside import sign_in_of

_FOLDER: Final = folder_of_the_environment()
_OPTIONS: Final = read_options(_FOLDER.options)
_YEAR: Final = int(dt.timedelta(days=365).total_seconds())

_SIGN_IN: Final = sign_in_of(_OPTIONS.sign_in)

# --- the site -------------------------------------------------------------------------------------

SITE_NAME = _OPTIONS.name
CONTACT = _OPTIONS.contact
SITE_FOLDER = _FOLDER
RUNS_FOLDER = _FOLDER.runs
PUBLICATIONS_FOLDER = _FOLDER.publications
PUBLIC_FOLDER = _FOLDER.public
BEHIND_PROXY = _OPTIONS.behind_proxy
DEMONSTRATION = _OPTIONS.demonstration
IDLE = dt.timedelta(minutes=_OPTIONS.idle_minutes)
LOG_ALGORITHM = _OPTIONS.log
EVIDENCE_FOLDER = _FOLDER.evidence
EVIDENCE_FILES = _OPTIONS.evidence_files
EVIDENCE_MEBI = _OPTIONS.evidence_megabytes

SECRET_KEY = _FOLDER.secret_key()
DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *_OPTIONS.addresses]
ROOT_URLCONF = "quanheng.web.site.urls"
WSGI_APPLICATION = "quanheng.web.site.wsgi.application"
APPEND_SLASH = False

INSTALLED_APPS = [
    "quanheng.web.base",
    "quanheng.web.audit",
    "quanheng.web.people",
    "quanheng.web.people.by_code",
    "quanheng.web.jobs",
    "quanheng.web.library",
    "quanheng.web.rounds",
    "quanheng.web.results",
    "quanheng.web.appeals",
    "quanheng.web.publication",
    "quanheng.web.boards",
    "quanheng.web.site",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.dingtalk",
    "allauth.socialaccount.providers.feishu",
    "allauth.usersessions",
    "csp",
    "django_htmx",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "quanheng.web.base.looks.looks",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "quanheng.web.site.walls.reader.reads",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "quanheng.web.site.sessions.sessions",
    "quanheng.web.site.guard.Guard",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["quanheng.web.base.templatetags.words"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "quanheng.web.base.looks.looks_of",
                "quanheng.web.site.menu.menu_of",
                "quanheng.web.people.outside.outside_of",
            ],
        },
    }
]

# --- what is stored -------------------------------------------------------------------------------

DATABASES = {"default": database_of(_OPTIONS.database, _FOLDER.database)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# In the database, so that tries at a password are counted over all processes.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "site_cache"}}
# A page of the grid has 2,000 cells, and each of them may be in question; a scheme is a text of a megabyte.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES: dict[str, dict[str, Any]] = {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
}

# --- what is told to whoever runs it --------------------------------------------------------------

# Django tells of errors by mail, and to a terminal while it is debugged only: whoever runs the site reads
# what is written where it runs. Addresses that are not this site's are a stranger's, not an error of ours.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "django.security.DisallowedHost": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}

# --- words and time -------------------------------------------------------------------------------

LANGUAGE_CODE = "en" if _OPTIONS.language == "en" else "zh-hans"
LANGUAGES = [(code, code) for code in ("zh-hans", "en")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = _OPTIONS.time_zone

# --- what browsers may do -------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *_SIGN_IN.origins],  # a form that signs in elsewhere is sent on there
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = _YEAR if _OPTIONS.https else 0
SECURE_SSL_REDIRECT = False  # the proxy that speaks https does it
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY and _OPTIONS.https else None
CSRF_TRUSTED_ORIGINS = [f"https://{name}" for name in _OPTIONS.addresses] if _OPTIONS.https else []
SESSION_ENGINE = "quanheng.web.site.kept.session_keys"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _OPTIONS.https
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "quanheng-session", "quanheng-csrf"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_FAILURE_VIEW = "quanheng.web.site.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- how people sign in ---------------------------------------------------------------------------

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("code", "name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "quanheng.web.people.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "code"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_USER_DISPLAY = "quanheng.web.people.adapter.display"
ACCOUNT_EMAIL_NOTIFICATIONS = False
# Lock-out: of an address, and of an account whatever the address.
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/15m/key"}
MFA_ADAPTER = "quanheng.web.people.adapter.SecondFactorAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = SITE_NAME
MFA_TOTP_TOLERANCE = 1
SOCIALACCOUNT_ADAPTER = "quanheng.web.people.outside.OutsideAdapter"
SOCIALACCOUNT_PROVIDERS = _SIGN_IN.providers
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False
OUTSIDE_SIGN_IN = _SIGN_IN.ways
INTERNAL_HOSTS = _OPTIONS.internal_hosts
USERSESSIONS_TRACK_ACTIVITY = True
