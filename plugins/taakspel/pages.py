"""The blueprint on which all pages of Taakspel are."""

from flask import Blueprint

pages = Blueprint("taakspel", __name__, template_folder="templates", static_folder="static")
