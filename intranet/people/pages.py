"""The pages of people: one blueprint, filled by the view modules beside it."""

from flask import Blueprint

pages = Blueprint("people", __name__)
