"""Who will see an incident, in words and before it is saved: read from the access table itself."""

from collections.abc import Collection, Sequence

from flask_babel import gettext as _

from events.frozen import frozen
from intranet.access import ANY, rules_of
from intranet.incidents.kinds import HOME, is_staff_matter, with_mark
from intranet.incidents.readable import permission_for
from intranet.people.duties import DUTIES


@frozen
class Audience:
    """Who sees it, and what more there is to say about that."""

    who: list[str]
    note: str | None = None


def audience_of(kinds: Collection[str], *, confidential: bool, groups: Sequence[str], by_me: bool = True) -> Audience:
    """Return who sees an incident of these kinds in which these groups are concerned."""
    staff_matter = is_staff_matter(kinds)
    return audience(
        staff_matter=staff_matter,
        confidential=confidential,
        flagged=not with_mark(HOME).isdisjoint(kinds),
        groups=groups,
        by_me=by_me,
    )


def audience(*, staff_matter: bool, confidential: bool, flagged: bool, groups: Sequence[str], by_me: bool) -> Audience:
    """Return who sees an incident that is closed or flagged like this."""
    permission = permission_for(staff_matter=staff_matter, confidential=confidential)
    who: dict[str, None] = {}
    when_serious = []
    for rule in rules_of(permission):
        if rule.relation == "serious":
            when_serious.append(str(DUTIES[rule.duty]))
        elif rule.relation == "reporter":
            who[_("jij") if by_me else _("wie het vastlegde")] = None
        elif rule.relation == "own_group":
            who.update(dict.fromkeys(_("het team van groep %(group)s", group=group) for group in groups))
        elif rule.relation == ANY or (rule.relation == "flagged" and flagged):
            who[str(DUTIES[rule.duty])] = None
    return Audience(list(who), _note(staff_matter, when_serious))


def _note(staff_matter: bool, when_serious: list[str]) -> str | None:
    if staff_matter:
        return _("Dit gaat meteen naar het bestuur, niet via een collega.")
    if when_serious:
        return _("Is het ernstig? Dan ziet ook de %(duty)s het.", duty=_(" en de ").join(when_serious))
    return None
