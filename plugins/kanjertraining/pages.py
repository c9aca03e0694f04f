"""The blueprint of Kanjertraining: views in several modules put their pages on it."""

from flask import Blueprint

pages = Blueprint("kanjertraining", __name__, template_folder="templates", static_folder="static")
