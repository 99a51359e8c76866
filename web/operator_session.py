"""Who may add pages: whoever logged in with ARCHIVE_OPERATOR_TOKEN.

A signed cookie says so, under a key made from the token: another token ends every session. A hidden field in each
form proves that the form is ours, beside SameSite=Strict.
"""

import hmac
from datetime import timedelta
from hashlib import sha256
from http import HTTPStatus
from secrets import compare_digest, token_urlsafe

from flask import Flask, abort, current_app, request, session

FORM_FIELD = "form_token"
_TOKEN = "OPERATOR_TOKEN"
_SESSION_HOURS = 12


def allow(app: Flask, token: str, *, secure: bool) -> None:
    """Let the keeper log in to `app`; a `secure` cookie is sent over https alone."""
    app.config[_TOKEN] = token
    app.secret_key = hmac.digest(token.encode(), b"disclosure-archive operator session", "sha256")
    app.config.update(
        SESSION_COOKIE_NAME="operator",
        SESSION_COOKIE_PATH="/add",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        SESSION_COOKIE_SECURE=secure,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=_SESSION_HOURS),
    )


def try_token(given: str) -> bool:
    """Log in with the right token; return whether it was. Right and wrong ones take the same time."""
    wanted = str(current_app.config[_TOKEN])
    digests = (sha256(text.strip().encode("utf-8", "surrogatepass")).digest() for text in (given, wanted))
    if not compare_digest(*digests):
        return False
    session.clear()
    session.permanent = True
    session["operator"] = True
    return True


def is_operator() -> bool:
    """Whether this request comes from a keeper who logged in."""
    return session.get("operator") is True


def end_session() -> None:
    """Log out."""
    session.clear()


def form_token() -> str:
    """Return what each form of this session carries."""
    if "form" not in session:
        session["form"] = token_urlsafe(24)
    return str(session["form"])


def check_form() -> None:
    """Refuse a form that is not of this session, with 403."""
    wanted, given = session.get("form"), request.form.get(FORM_FIELD, "")
    if not wanted or not compare_digest(str(wanted).encode(), given.encode("utf-8", "surrogatepass")):
        abort(HTTPStatus.FORBIDDEN, "The form is not one that this session was given.")
