"""The blueprint of patterns: views in several modules put their pages on it."""

from flask import Blueprint

pages = Blueprint("patterns", __name__, template_folder="templates", static_folder="static")
