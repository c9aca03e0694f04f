"""What stands on a page of the log, as tests read it."""

import html
import re

LINE = re.compile(r'<p class="event-title">(.*?)</p>', re.S)
OPTION = re.compile(r'<option value="([^"]*)"(?: selected)?>([^<]*)</option>')


def lines(page):
    """Return the sentences of a page, without markup."""
    return [html.unescape(re.sub(r"<[^>]+>", "", each)).strip() for each in LINE.findall(page.text)]


def options(page):
    """Return the choices of the filters of a page, by value."""
    return {value: html.unescape(label) for value, label in OPTION.findall(page.text)}
