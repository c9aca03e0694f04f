"""The application as a WSGI server starts it."""

from intranet.app import create_app

app = create_app()
