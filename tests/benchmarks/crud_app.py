"""The baseline: the report form as an ordinary Flask application with Flask-SQLAlchemy would have it, rows and no log.

It signs people in with Flask-Login and a row for the user, checks the same fields and a CSRF token with Flask-WTF,
writes the same rows of the register in one durable transaction, and leads to the next page. It encrypts, proves, hides
and remembers nothing.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from flask import Flask, redirect, render_template_string, url_for
from flask_login import LoginManager, UserMixin, current_user, login_required
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import FlaskForm
from pysqlite3 import dbapi2 as sqlite
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from wtforms import BooleanField, DateField, RadioField, SelectField, SelectMultipleField, TextAreaField, TimeField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from events.involvement import ROLES
from intranet.incidents.kinds import ANOTHER_TIME, JUST_NOW, KINDS, MAIN, MOMENTS, PLACES


class Base(DeclarativeBase):
    """The base Flask-SQLAlchemy asks for."""


db = SQLAlchemy(model_class=Base)


class User(UserMixin, db.Model):
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    name: Mapped[str]


class Group(db.Model):
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    name: Mapped[str]


class Person(db.Model):
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    name: Mapped[str]
    group_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("group.id"))


class Incident(db.Model):
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    happened_at: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True), index=True)
    recorded_at: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True))
    reporter_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user.id"))
    group_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("group.id"))
    place: Mapped[str | None]
    moment: Mapped[str | None]
    account: Mapped[str]
    unknown_persons: Mapped[bool]
    confidential: Mapped[bool]
    kinds: Mapped[list["IncidentKind"]] = relationship()
    involved: Mapped[list["Involved"]] = relationship()


class IncidentKind(db.Model):
    incident_id: Mapped[UUID] = mapped_column(sa.ForeignKey("incident.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)


class Involved(db.Model):
    incident_id: Mapped[UUID] = mapped_column(sa.ForeignKey("incident.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"), primary_key=True, index=True)
    role: Mapped[str] = mapped_column(primary_key=True)


def _choices(words: Iterable[Any]) -> list[SelectChoice]:
    return [SelectChoice(word.code, word.code) for word in words]


class People(SelectMultipleField):
    """People with a part each, as the product's field posts them."""

    def process(self, formdata: Any, *arguments: Any, **options: Any) -> None:
        super().process(formdata, *arguments, **options)
        self.roles = {each: formdata.get(f"people-role-{each}") or ROLES[0] for each in self.data or ()}

    def pre_validate(self, form: Any) -> None:
        wanted = [UUID(each) for each in self.data]
        found = set(db.session.scalars(sa.select(Person.id).where(Person.id.in_(wanted))))
        if found != set(wanted) or not set(ROLES).issuperset(self.roles.values()):
            raise ValidationError("Somebody you chose is not in the list.")


class ReportForm(FlaskForm):
    kinds = SelectMultipleField(choices=_choices(kind for kind in KINDS if MAIN in kind.marks))
    more_kinds = SelectMultipleField(choices=_choices(kind for kind in KINDS if MAIN not in kind.marks))
    people = People(choices=[])
    unknown_persons = BooleanField()
    moment = RadioField(choices=[SelectChoice(JUST_NOW, ""), *_choices(MOMENTS), SelectChoice(ANOTHER_TIME, "")])
    happened_on = DateField(validators=[Optional()])
    happened_time = TimeField(validators=[Optional()])
    place = RadioField(choices=_choices(PLACES), validators=[Optional()])
    group = SelectField(choices=[])
    account = TextAreaField(validators=[DataRequired(), Length(max=10_000)])
    confidential = BooleanField()

    def validate_kinds(self, field: Any) -> None:
        if not field.data and not self.more_kinds.data:
            raise ValidationError("Choose what happened.")

    def validate_people(self, field: Any) -> None:
        if not field.data and not self.unknown_persons.data:
            raise ValidationError("Choose who were there.")

    def validate_happened_on(self, field: Any) -> None:
        if self.moment.data == ANOTHER_TIME and not (field.data and self.happened_time.data):
            raise ValidationError("Choose when it happened.")
        if self.happened_at > datetime.now(UTC):
            raise ValidationError("This is still to come.")

    @property
    def happened_at(self) -> datetime:
        if self.moment.data == ANOTHER_TIME and self.happened_on.data:
            return datetime.combine(self.happened_on.data, self.happened_time.data or time(), UTC)
        return datetime.now(UTC)


def create_app(url: str) -> Flask:
    """Return the baseline on an empty database, whose commits survive a power cut as the product's do."""
    app = Flask("crud")
    app.config.update(SECRET_KEY="made up", SQLALCHEMY_DATABASE_URI=url)  # noqa: S106
    if url.startswith("sqlite"):
        app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"module": sqlite}
    db.init_app(app)
    login = LoginManager(app)
    login.user_loader(lambda user_id: db.session.get(User, UUID(user_id)))
    with app.app_context():
        if url.startswith("sqlite"):
            sa.event.listen(db.engine, "connect", _durable)
        db.create_all()
    app.add_url_rule("/incidents/new", view_func=login_required(report), methods=["GET", "POST"])
    app.add_url_rule("/incidents/<uuid:incident_id>", endpoint="incident", view_func=lambda incident_id: "")
    return app


def _durable(connection: Any, _record: Any) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def report() -> Any:
    """The form."""
    form = ReportForm()
    groups = db.session.scalars(sa.select(Group).order_by(Group.name))
    form.group.choices = [SelectChoice("", ""), *(SelectChoice(group.id.hex, group.name) for group in groups)]
    if not form.validate_on_submit():
        return render_template_string("{{ form.csrf_token }} {{ form.errors }}", form=form)
    incident = Incident(
        happened_at=form.happened_at,
        recorded_at=datetime.now(UTC),
        reporter_id=current_user.id,
        group_id=UUID(form.group.data) if form.group.data else None,
        place=form.place.data,
        moment=form.moment.data,
        account=form.account.data,
        unknown_persons=form.unknown_persons.data,
        confidential=form.confidential.data,
        kinds=[IncidentKind(kind=kind) for kind in (*form.kinds.data, *form.more_kinds.data)],
        involved=[Involved(person_id=UUID(each), role=form.people.roles[each]) for each in form.people.data],
    )
    db.session.add(incident)
    db.session.commit()
    return redirect(url_for("incident", incident_id=incident.id), 303)
