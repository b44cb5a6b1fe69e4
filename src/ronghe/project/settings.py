"""Settings: what an installation may choose comes from the environment, ``RONGHE_…``.

``docs/reference/settings.md`` lists every variable.
"""

from __future__ import annotations

import os
from pathlib import Path

from csp.constants import NONE, SELF

from ronghe.project import database
from ronghe.project.home import prepared_home, secret_key


def _listed(name: str, default: str = "") -> list[str]:
    return [one.strip() for one in os.environ.get(name, default).split(",") if one.strip()]


def _on(name: str) -> bool:
    return os.environ.get(name, "").lower() in ("1", "on", "true", "yes")


HOME = prepared_home()
PACKAGE = Path(__file__).resolve().parents[1]
SECRET_KEY = secret_key()
RONGHE_KEYS = HOME / "keys.json"
DEBUG = _on("RONGHE_DEBUG")
HTTPS = _on("RONGHE_HTTPS")
ALLOWED_HOSTS = _listed("RONGHE_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if HTTPS else []
RONGHE_SECOND_FACTOR = os.environ.get("RONGHE_SECOND_FACTOR", "required")

INSTALLED_APPS = [
    "ronghe.ui",
    "ronghe.apps.desk",
    "ronghe.apps.accounts",
    "ronghe.apps.registry",
    "ronghe.apps.members",
    "ronghe.apps.records",
    "ronghe.apps.appraisal",
    "ronghe.apps.planning",
    "ronghe.apps.reporting",
    "ronghe.apps.procedures",
    "ronghe.apps.regulations",
    "ronghe.apps.audit",
    "ronghe.apps.complaints",
    "ronghe.apps.sealing",
    "ronghe.apps.programs",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "ronghe.project.headers.timing_middleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "ronghe.project.headers.headers_middleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "ronghe.ui.preferences.language_middleware",
    "ronghe.apps.programs.middleware.programs_middleware",
    "ronghe.ui.fragments.fragments_middleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "ronghe.apps.accounts.middleware.first_things_first",
]

ROOT_URLCONF = "ronghe.project.urls"
WSGI_APPLICATION = "ronghe.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ronghe.ui.context.shell",
                "ronghe.apps.registry.context.county",
                "ronghe.apps.desk.context.waiting",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

_ADDRESS = os.environ.get("RONGHE_DATABASE_URL", "")
DATABASES = {"default": database.postgresql(_ADDRESS) if _ADDRESS else database.sqlite(HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"},
}

# Jobs wait in the database; one whose worker shows no sign of life for so many seconds is lost.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
RONGHE_JOB_LEASE = int(os.environ.get("RONGHE_JOB_LEASE", "60"))

# So many calls of one API token a minute.
RONGHE_CALLS_A_MINUTE = int(os.environ.get("RONGHE_CALLS_A_MINUTE", "600"))

RONGHE_TIMING = _on("RONGHE_TIMING")

# Where people can be told outside, as addresses of apprise with {address} for what is theirs.
RONGHE_CHANNELS = {
    name: os.environ[f"RONGHE_NOTICE_{name.upper()}"]
    for name in ("mail", "wecom", "dingtalk", "feishu", "webhook")
    if os.environ.get(f"RONGHE_NOTICE_{name.upper()}")
}
_SCHEME = "https" if HTTPS else "http"
RONGHE_SITE = os.environ.get("RONGHE_SITE") or f"{_SCHEME}://{ALLOWED_HOSTS[0]}"

# Sign-in: by name and password, then the second factor; nobody signs up. Limits count failed
# attempts by account first: a whole office may share one address.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
_RULES = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": f"{_RULES}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "name"]},
    },
    {"NAME": f"{_RULES}.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": f"{_RULES}.CommonPasswordValidator"},
    {"NAME": f"{_RULES}.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:desk"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "ronghe.apps.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {"login": "ronghe.apps.accounts.signin.SignInForm"}
MFA_FORMS = {
    "authenticate": "ronghe.apps.accounts.signin.CodeForm",
    "reauthenticate": "ronghe.apps.accounts.signin.CodeAgainForm",
    "activate_totp": "ronghe.apps.accounts.signin.FirstCodeForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "5/5m/key,100/m/ip",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "complaint": "20/h/ip",
    "complaint_receipt": "20/h/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("RONGHE_PROXIES", "0"))
MFA_ADAPTER = "ronghe.apps.accounts.factors.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = "融合 Ronghe"
SESSION_COOKIE_AGE = 12 * 3600

# The text of record is Chinese: source strings are Chinese, so it can never be missing.
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
GUIDE = next(
    one for one in (PACKAGE / "guide", PACKAGE.parents[1] / "docs" / "guide") if one.is_dir()
)
STATICFILES_DIRS = [("guide", GUIDE / "images")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = HOME / "files"
RONGHE_EVIDENCE_MB = int(os.environ.get("RONGHE_EVIDENCE_MB", "20"))
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "ronghe.ui.errors.csrf_failure"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django.server": {"level": "INFO"}},
}
