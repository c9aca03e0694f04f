"""The headers every answer carries, whatever its status: what a browser may load, keep, show and tell."""

from flask import Flask, Response, current_app, request

from intranet import assets

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "manifest-src 'self'",
    )
)

ALWAYS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), midi=(), "
        "accelerometer=(), gyroscope=(), magnetometer=(), display-capture=(), browsing-topics=()"
    ),
}

TWO_YEARS = "max-age=63072000; includeSubDomains"

# Not "cookies": browsers then remove those of every site under the school's domain, other systems' logins included.
FORGET_PAGES = '"cache", "storage"'


def register(app: Flask) -> None:
    """Put the headers on every answer. Register it first: what is registered later then runs before it."""
    app.after_request(_put)


def _put(response: Response) -> Response:
    for name, value in ALWAYS.items():
        # A download may have a stricter policy of its own, such as a sandbox.
        response.headers.setdefault(name, value)
    if current_app.config["HTTPS"] or request.is_secure:
        response.headers["Strict-Transport-Security"] = TWO_YEARS
    if not (assets.asked() and response.status_code in (200, 206, 304)):
        response.headers["Cache-Control"] = "no-store"
    return response
