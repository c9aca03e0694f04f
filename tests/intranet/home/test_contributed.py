"""What waits with a date is grouped: late, today, the coming week; what is later is not shown."""

from datetime import date, timedelta

from intranet.contributions import DueDate
from intranet.home.contributed import grouped

TODAY = date(2026, 11, 25)


def test_dates_are_grouped_and_later_ones_left_out(app):
    days = {"a": -3, "b": 0, "c": 7, "d": 8, "e": -1}
    dates = [DueDate(TODAY + timedelta(days=away), name, f"/{name}", "noot") for name, away in days.items()]
    with app.test_request_context():
        groups = {heading: [item["label"] for item in items] for heading, items in grouped(dates, TODAY)}
        assert groups == {"Te laat": ["a", "e"], "Vandaag": ["b"], "Komende 7 dagen": ["c"]}
        assert grouped([], TODAY) == []
