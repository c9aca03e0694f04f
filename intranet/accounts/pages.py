"""The pages of accounts: one blueprint, filled by the view modules beside it."""

from flask import Blueprint

pages = Blueprint("accounts", __name__)
