"""Django settings. Everything that differs between machines comes from the environment; docs/operating.md lists it."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from techamp.campus.databases import from_url
from techamp.paths import data_root, vendor_root

HOME = data_root()
HERE = Path(__file__).parent


def _secret() -> str:
    """The signing key: from the environment, or made once and kept in the data folder, readable by its owner only."""
    if key := os.environ.get("TECHAMP_SECRET_KEY"):
        return key
    path = HOME / "secret_key"
    if not path.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()


SECRET_KEY = _secret()
DEBUG = os.environ.get("TECHAMP_DEBUG") == "1"
DEMO = os.environ.get("TECHAMP_DEMO") == "1"
AUTHOR = os.environ.get("TECHAMP_AUTHOR") == "1"
ALLOWED_HOSTS = os.environ.get("TECHAMP_HOSTS", "*" if DEMO or DEBUG else "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("TECHAMP_ORIGINS", "").split(",") if o]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "techamp.campus.ui",
    "techamp.campus.people",
    "techamp.campus.partners",
    "techamp.campus.program",
    "techamp.campus.learning",
    "techamp.campus.practice",
    "techamp.campus.play",
    "techamp.campus.data",
    "techamp.campus.workshop",
    "techamp.campus.labs",
    "techamp.campus.games",
    "techamp.campus.capstone",
    "techamp.campus.teaching",
    "techamp.campus.narration",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "techamp.campus.ui.nul.NulMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "techamp.campus.people.middleware.OwnPagesMiddleware",
    "techamp.campus.ui.middleware.PageMiddleware",
]

ROOT_URLCONF = "techamp.campus.urls"
WSGI_APPLICATION = "techamp.campus.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "ui" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "techamp.campus.ui.templatetags.ui"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "techamp.campus.ui.context.page",
            ],
        },
    }
]

DATABASES = {"default": from_url(os.environ.get("DATABASE_URL", f"sqlite:///{HOME / 'campus.sqlite3'}"))}
# What limits sign-in attempts, and nothing else, is counted here: no page of somebody who is signed in asks it.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "techamp_limits",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FILES = HOME / "files"
MEDIA_ROOT = FILES

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend", "sesame.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "learning:home"
ACCOUNT_LOGOUT_REDIRECT_URL = "front"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]  # without a password she signs in by passkey or mailed link
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_CHANGE_EMAIL = True  # one address; a new one counts once its owner has opened the link mailed there
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_ADAPTER = "techamp.campus.people.adapter.JoinByInvitation"
ACCOUNT_FORMS = {
    "signup": "techamp.campus.people.forms.JoinForm",
    "login": "techamp.campus.people.forms.LoginForm",
    "add_email": "techamp.campus.people.forms.NewEmailForm",
    "change_password": "techamp.campus.people.forms.ChangePasswordForm",
    "set_password": "techamp.campus.people.forms.SetPasswordForm",
    "reset_password_from_key": "techamp.campus.people.forms.ResetPasswordKeyForm",
}
# A class of thirty joins at the same minute from one address of the college. So the limits of an address are wide, and
# those of an account are narrow. All processes count together; TECHAMP_PROXIES says how many proxies stand in front.
ACCOUNT_RATE_LIMITS = {
    "signup": "100/m/ip",
    "login": "100/m/ip",
    "login_failed": "50/m/ip,5/5m/key",
    "reset_password": "60/m/ip,3/m/key",
    "reset_password_from_key": "60/m/ip",
    "mailed_link": "60/m/ip,3/m/key",
    "wrong_code": "30/m/ip",
}
PROXIES = int(os.environ.get("TECHAMP_PROXIES", "0"))
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
SESAME_MAX_AGE = 15 * 60
SESAME_ONE_TIME = True
SESAME_INVALIDATE_ON_EMAIL_CHANGE = True
SESAME_TOKENS = ["sesame.tokens_v2"]
MFA_ADAPTER = "techamp.campus.people.adapter.PasskeyIsAWayIn"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG or DEMO

EMAIL_BACKEND = (
    "techamp.campus.people.outbox.OutboxBackend"
    if DEMO and "EMAIL_HOST" not in os.environ
    else "django.core.mail.backends.smtp.EmailBackend"
)
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_TLS") == "1"
DEFAULT_FROM_EMAIL = os.environ.get("TECHAMP_MAIL_FROM", "campus@localhost")

LANGUAGE_CODE = "en-us"
LANGUAGES = [("en", "English"), ("es", "Español")]
LOCALE_PATHS = [HERE / "locale"]
TIME_ZONE = os.environ.get("TECHAMP_TIME_ZONE", "America/New_York")
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "techamp.campus.ui.finders.VendorFinder",
    "techamp.campus.ui.finders.SceneFinder",
    "techamp.campus.ui.finders.KernelFinder",
]
VENDOR_ROOT = vendor_root()
HASHED_STATIC = os.environ.get("TECHAMP_HASHED_STATIC") == "1"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "techamp.campus.ui.storage.HashedStatic"
        if HASHED_STATIC
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not HASHED_STATIC
WHITENOISE_AUTOREFRESH = DEBUG or AUTHOR

SECURE_HSTS_SECONDS = 31_536_000 if os.environ.get("TECHAMP_HTTPS") == "1" else 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = os.environ.get("TECHAMP_HTTPS") == "1"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
SESSION_ENGINE = "techamp.campus.people.sessions"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE, "'wasm-unsafe-eval'"],
        "worker-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF, "blob:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 40 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
