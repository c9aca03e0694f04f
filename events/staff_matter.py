"""What can happen to a suspicion about a member of staff: it goes to the board, with each step of the law."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from events.log.aggregate import Code, Personal, event
from events.log.errors import Refused
from events.notes import Noted

ADDRESSEES = ("executive_director", "supervisory_board")
"""Who receives it: the competent authority, or who oversees it when one of its directors is named."""

INFORMED = ("pupil", "parents", "staff_member", "other")
"""Those involved, who hear of it before a report to the police is made (WPO art. 4a)."""

MEASURES = ("no_contact", "supervised", "leave", "suspended", "other")
"""What the board can do meanwhile; none of them is a verdict."""


def _(sentence: str) -> str:
    """Mark a sentence for the catalogs; it is translated where it is shown."""
    return sentence


class StaffMatter(Noted):
    """A suspicion that somebody who works at the school goes too far with a pupil (WPO art. 4a).

    A record of its own, never an incident or a signal: whatever counts, lists or searches those cannot meet it.
    """

    log_name = "staff_matters.matter"

    @classmethod
    def report(
        cls,
        *,
        account: str,
        addressee: str,
        named: Iterable[UUID] = (),
        named_otherwise: str = "",
        unknown: bool = False,
        pupils: Iterable[UUID] = (),
        happened_on: date | None = None,
        today: date,
    ) -> "StaffMatter":
        """Return a new matter for `addressee`; `named_otherwise` is somebody who is not in the roster.

        Raises `Refused` without an account, without anybody named (or the statement that nobody is known), and for a
        day to come.
        """
        named = tuple(dict.fromkeys(named))
        if not account.strip():
            raise Refused(_("Schrijf op wat je zag of hoorde."))
        if not named and not named_otherwise.strip() and not unknown:
            raise Refused(_("Kies om wie het gaat, of zet het vinkje dat je het niet weet."))
        _refuse_addressee(addressee)
        if happened_on is not None:
            _refuse_to_come(happened_on, today)
        return cls(
            account=account,
            addressee=addressee,
            named=named,
            named_otherwise=named_otherwise.strip() or None,
            pupils=tuple(dict.fromkeys(pupils)),
            happened_on=happened_on,
        )

    @event("Reported")
    def __init__(
        self,
        *,
        account: Personal,
        addressee: Code,
        named: tuple[UUID, ...],
        named_otherwise: Personal | None,
        pupils: tuple[UUID, ...],
        happened_on: date | None,
    ):
        self.account = account
        self.addressee = addressee
        self.named = named
        self.named_otherwise = named_otherwise
        self.pupils = pupils
        self.happened_on = happened_on
        self.received = False
        self.consulted = 0
        self.reasonable: bool | None = None
        self.informed: tuple[str, ...] = ()
        self.filed = 0
        self.closed = False
        self.closing_asked_by: UUID | None = None
        self._no_notes_yet()

    def name(self, people: Iterable[UUID], addressee: str) -> None:
        """Say that it is about these members of staff too; from this event on they do not reach it.

        Raises `Refused` without anybody new, or when it is closed.
        """
        self._refuse_closed()
        _refuse_addressee(addressee)
        new = tuple(each for each in dict.fromkeys(people) if each not in self.named)
        if not new:
            raise Refused(_("Kies iemand die hier nog niet bij staat."))
        self._name(people=new, addressee=addressee)

    @event("StaffNamed")
    def _name(self, *, people: tuple[UUID, ...], addressee: Code) -> None:
        self.named = (*self.named, *people)
        self.addressee = addressee
        self.closing_asked_by = None

    def confirm_receipt(self) -> None:
        """Say that the board has it. Raises `Refused` a second time."""
        if self.received:
            raise Refused(_("De ontvangst is al bevestigd."))
        self._confirm_receipt()

    @event("ReceiptConfirmed")
    def _confirm_receipt(self) -> None:
        self.received = True

    def consult_inspector(self, *, on: date, advice: str, today: date) -> None:
        """Record that the board spoke with the confidential inspector. Raises `Refused` without what was advised."""
        self._refuse_step(on, today)
        if not advice.strip():
            raise Refused(_("Schrijf op wat de vertrouwensinspecteur adviseerde."))
        self._consult_inspector(consulted_on=on, advice=advice)

    @event("InspectorConsulted")
    def _consult_inspector(self, *, consulted_on: date, advice: Personal) -> None:
        self.consulted += 1
        self.closing_asked_by = None

    def judge(self, *, reasonable: bool, reasons: str, on: date, today: date) -> None:
        """Record what the board decided: is there a reasonable suspicion? Raises `Refused` without its reasons.

        Nothing here weighs or computes; a judgement can be given again when more is known.
        """
        self._refuse_step(on, today)
        if not reasons.strip():
            raise Refused(_("Schrijf op waarom het bestuur dit besluit."))
        self._judge(reasonable=reasonable, reasons=reasons, judged_on=on)

    @event("SuspicionJudged")
    def _judge(self, *, reasonable: bool, reasons: Personal, judged_on: date) -> None:
        self.reasonable = reasonable
        self.closing_asked_by = None

    def inform(self, *, who: str, on: date, remark: str = "", today: date) -> None:
        """Record that somebody involved was told. Raises `Refused` for who is not in the list."""
        self._refuse_step(on, today)
        if who not in INFORMED:
            raise Refused(_("Kies wie je hebt geïnformeerd."))
        self._inform(who=who, informed_on=on, remark=remark.strip() or None)

    @event("PeopleInformed")
    def _inform(self, *, who: Code, informed_on: date, remark: Personal | None) -> None:
        self.informed = (*self.informed, who)
        self.closing_asked_by = None

    def report_to_police(self, *, on: date, where: str, today: date) -> None:
        """Record the report to the police. Raises `Refused` without where it was made."""
        self._refuse_step(on, today)
        if not where.strip():
            raise Refused(_("Schrijf op bij welke politie de aangifte is gedaan."))
        self._report_to_police(filed_on=on, where=where)

    @event("PoliceReportFiled")
    def _report_to_police(self, *, filed_on: date, where: Personal) -> None:
        self.filed += 1
        self.closing_asked_by = None

    def take_measure(self, *, measure: str, on: date, words: str, today: date) -> None:
        """Record what the board does meanwhile about the member of staff. Raises `Refused` without what was agreed."""
        self._refuse_step(on, today)
        if measure not in MEASURES:
            raise Refused(_("Kies wat het bestuur doet."))
        if not words.strip():
            raise Refused(_("Schrijf kort op wat er is afgesproken."))
        self._take_measure(measure=measure, since=on, words=words)

    @event("MeasureTaken")
    def _take_measure(self, *, measure: Code, since: date, words: Personal) -> None:
        self.closing_asked_by = None

    def close(self, *, by: UUID, reason: str, second_exists: bool) -> bool:
        """Close it, or ask a second pair of eyes where there is one. Returns whether it is closed.

        Raises `Refused` without a reason, without the board's judgement, and when somebody agrees with themselves while
        another can; who asked closes it alone when there is nobody else any more.
        """
        self._refuse_closed()
        if self.reasonable is None:
            raise Refused(_("Leg eerst vast of het bestuur een redelijk vermoeden ziet."))
        if not reason.strip():
            raise Refused(_("Schrijf kort op waarom dit klaar is."))
        if second_exists and self.closing_asked_by == by:
            raise Refused(_("Een ander dan jij sluit dit af. Die persoon kan het nu lezen."))
        if second_exists and self.closing_asked_by is None:
            self._ask_closing(by=by, reason=reason)
            return False
        self._close(reason=reason, four_eyes=self.closing_asked_by not in (None, by))
        return True

    @event("ClosingAsked")
    def _ask_closing(self, *, by: UUID, reason: Personal) -> None:
        """From this event on the second pair of eyes can read it."""
        self.closing_asked_by = by

    @event("Closed")
    def _close(self, *, reason: Personal, four_eyes: bool) -> None:
        self.closed = True
        self.closing_asked_by = None

    def reopen(self, reason: str) -> None:
        """Open it again. Raises `Refused` without a reason, or when it is open."""
        if not self.closed:
            raise Refused(_("Deze melding is nog open."))
        if not reason.strip():
            raise Refused(_("Schrijf kort op waarom dit weer open moet."))
        self._reopen(reason=reason)

    @event("Reopened")
    def _reopen(self, *, reason: Personal) -> None:
        self.closed = False

    def _refuse_to_note(self) -> None:
        self._refuse_closed()

    def _notes_changed(self) -> None:
        self.closing_asked_by = None

    def _refuse_closed(self) -> None:
        if self.closed:
            raise Refused(_("Deze melding is afgesloten. Open haar eerst weer."))

    def _refuse_step(self, on: date, today: date) -> None:
        self._refuse_closed()
        _refuse_to_come(on, today)


def _refuse_addressee(addressee: str) -> None:
    if addressee not in ADDRESSEES:
        raise Refused(_("Deze ontvanger bestaat niet."))


def _refuse_to_come(day: date, today: date) -> None:
    if day > today:
        raise Refused(_("Deze dag moet nog komen. Kies wanneer het gebeurde."))
