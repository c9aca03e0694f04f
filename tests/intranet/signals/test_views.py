"""The pages of signals: writing one down, the receipt, deciding, sharing for a time, and who waits for what."""

import re
from uuid import UUID

import pytest

from events.log import clock
from intranet.signals import commands


def told_in(answer) -> UUID:
    return UUID(re.search(r"/signals/([0-9a-f-]{36})", answer.location)[1])


def test_a_signal_is_written_down_for_somebody_else(school_on_both):
    school = school_on_both
    noor = school.people["noor"]
    answer = school.client("henk").record(
        marks=["bullying_suspected"],
        source="playground_patrol",
        on_behalf_of="Daan uit 8a",
        account="Daan zag dat @Noor van der Berg alleen zat.",
        **{"account-mention": f"{noor.hex} Noor van der Berg"},
    )
    assert answer.status_code == 303
    signal = school.signal(told_in(answer))
    assert signal.account == f"Daan zag dat [[p:{noor.hex}]] alleen zat."
    assert (signal.source, signal.on_behalf_of, signal.bullying) == ("playground_patrol", "Daan uit 8a", True)
    page = school.client("henk").get(answer.location).text
    assert "De intern begeleider bekijkt dit nog." in page
    assert "De pleinwacht van leerlingen: Daan uit 8a" in school.client("hanneke").get(f"/signals/{signal.id}").text


def test_three_buttons_with_an_example_lead_to_three_forms(small_school):
    page = small_school.client("fatima").get("/signals/start").text
    ways = re.findall(r'<a class="way[^"]*" href="([^"]+)">.*?<strong>([^<]+)</strong>.*?‘([^’]+)’', page, re.DOTALL)
    assert [(title, address) for address, title, _example in ways] == [
        ("Observatie", "/signals/new?kind=observation"),
        ("Zorgsignaal", "/signals/new?kind=concern"),
        ("Incident", "/incidents/new"),
    ]
    for address, _title, example in ways:
        assert example
        form = small_school.client("fatima").get(address).text
        assert re.findall(r'name="noticed"[^>]*value="(\w+)"[^>]* checked', form) == re.findall(r"kind=(\w+)", address)


@pytest.mark.parametrize(("noticed", "kept"), [("positive", True), ("observation", False), ("concern", False)])
def test_what_goes_well_is_kept_as_what_goes_well(small_school, noticed, kept):
    told = small_school.signal(told_in(small_school.client("fatima").record(noticed=noticed)))
    assert (told.positive, told.kind == "concern") == (kept, noticed == "concern")


def test_each_source_of_the_plan_can_be_chosen_and_is_named(small_school):
    from intranet.signals.kinds import SOURCE_LABELS

    plan = {
        "pupil", "parent", "playground_patrol", "class_parent", "council_member", "parents_council", "colleague",
        "confidential_adviser", "other",
    }  # fmt: skip
    form, hanneke = small_school.client("fatima").get("/signals/new").text, small_school.client("hanneke")
    offered = form[form.index('name="source"') :].partition("</select>")[0]
    assert set(re.findall(r'value="(\w+)"', offered)) == {"self", *plan}
    for source in plan:
        signal = small_school.tell("henk", source=source, on_behalf_of="Kim")
        assert f"{SOURCE_LABELS[source]}: Kim" in hanneke.get(f"/signals/{signal}").text


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"noticed": ""}, "Kies wat het is."),
        ({"account": ""}, "Schrijf op wat je zag of hoorde."),
        ({"noticed": "positive", "marks": ["home_safety_signs"]}, "Iets moois is geen zorg."),
        ({"on_behalf_of": "Daan"}, "Zag je het zelf?"),
        ({"moment": "another_time"}, "Kies de dag waarop het gebeurde."),
        ({"people": ["00000000000000000000000000000001"]}, "staat niet in de lijst"),
    ],
)
def test_a_wrong_form_comes_back_with_what_was_written(small_school, form, sentence):
    before = small_school.size()
    answer = small_school.client("fatima").record(**form)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert form.get("account", "Noor is al weken stil.") in answer.text
    assert small_school.size() == before


def test_signs_of_abuse_show_who_to_call_and_never_block(small_school):
    answer = small_school.client("fatima").record(marks=["home_safety_signs"])
    assert answer.status_code == 303
    for path in (answer.location, f"/signals/{told_in(answer)}"):
        page = small_school.client("fatima").get(path).text
        assert page.index("Veilig Thuis 0800-2000") < page.index('class="card')
        assert "Dit lijkt op de meldcode." in page
        for address in ("tel:112", "tel:08002000"):
            assert f'href="{address}"' in page


def test_opening_a_signal_about_home_is_recorded_first(small_school):
    signal = small_school.tell(home_signs=True)
    before = small_school.size()
    assert small_school.client("hanneke").get(f"/signals/{signal}").status_code == 200
    assert small_school.size() == before + 1
    assert small_school.facts("audit.reading")[-1].record_id == signal
    plain = small_school.tell()
    before = small_school.size()
    small_school.client("hanneke").get(f"/signals/{plain}")
    assert small_school.size() == before


def test_the_writer_keeps_a_receipt_and_reads_no_more_than_that(small_school):
    signal = small_school.tell("henk")
    henk, hanneke = small_school.client("henk"), small_school.client("hanneke")
    assert hanneke.decide(signal, "talks", partner="parents", talk="Vader wil geen hulp.").status_code == 303
    assert hanneke.decide(signal, "close", closing="Wij kijken het aan.").status_code == 303
    receipt = henk.get(f"/signals/{signal}").text
    assert "Noor is al weken stil." in receipt
    assert "Dit is bekeken en afgesloten." in receipt
    for word in ("Vader wil geen hulp.", "Wij kijken het aan.", "Wat doe je ermee?"):
        assert word not in receipt
        assert word in hanneke.get(f"/signals/{signal}").text
    assert f"/signals/{signal}" in henk.get("/signals/?mine=1").text


def test_what_can_become_no_incident_opens_no_form_for_one(small_school):
    school, hanneke = small_school, small_school.client("hanneke")
    closed, became_one, positive = school.tell(), school.tell(), school.tell(positive=True, kind="observation")
    school.do("hanneke", commands.close_signal, closed, "Klaar.")
    became(school, became_one)
    for signal, sentence in (
        (closed, "Dit signaal is afgesloten. Open het eerst weer."),
        (became_one, "Van dit signaal is al een incident gemaakt."),
        (positive, "Iets moois wordt geen incident."),
    ):
        answer = hanneke.get(f"/signals/{signal}/incident")
        assert (answer.status_code, sentence in answer.text) == (409, True)


def asked_team(school, signal):
    school.do("hanneke", commands.take_to_support_team, signal, "Wat kan de groep doen?")


def became(school, signal):
    facts = {"kinds": ["threat"], "happened_at": clock.now(), "account": "Bedreigd.", "unknown_persons": True}
    school.do("hanneke", commands.make_incident, signal, **facts)


@pytest.mark.parametrize(
    ("facts", "done", "sentence"),
    [
        ({}, None, "De intern begeleider bekijkt dit nog. Hier lees je hoe het loopt."),
        ({"people": ["hanneke"]}, None, "De directeur bekijkt dit nog. Hier lees je hoe het loopt."),
        ({"people": ["marijke"]}, None, "De intern begeleider bekijkt dit nog. Hier lees je hoe het loopt."),
        (
            {"people": ["hanneke", "marijke"]},
            None,
            "Nu kan niemand dit bekijken. Vertel het daarom zelf aan het bestuur.",
        ),
        (
            {"kind": "observation", "positive": True},
            None,
            "Dit is bewaard. Er hoeft niets mee te gebeuren. Fijn dat je het zag.",
        ),
        (
            {},
            lambda school, signal: school.do("hanneke", commands.record_talk, signal, "pupil", "Gepraat."),
            "Dit is bekeken en er wordt aan gewerkt.",
        ),
        ({}, asked_team, "Het ondersteuningsteam kijkt mee."),
        ({}, became, "Dit is nu een incident. Het wordt daar opgevolgd."),
        (
            {},
            lambda school, signal: school.do("hanneke", commands.close_signal, signal, "Klaar."),
            "Dit is bekeken en afgesloten. Dank je wel dat je het zei.",
        ),
    ],
)
def test_who_wrote_it_reads_one_true_sentence_in_each_state(small_school, facts, done, sentence):
    people = [small_school.people[each] for each in facts.get("people", ["noor"])]
    signal = small_school.tell("henk", **{**facts, "people": people})
    if done:
        done(small_school, signal)
    for page in ("", "/recorded"):
        shown = small_school.client("henk").get(f"/signals/{signal}{page}").text
        assert f"<p>{sentence}</p>" in shown
        assert shown.count("Hier lees je hoe het loopt.") == sentence.count("Hier lees je hoe het loopt.")


@pytest.mark.parametrize(
    ("partner", "title"),
    [
        ("pupil", "Gepraat met het kind"),
        ("parents", "Gepraat met de ouders"),
        ("colleague", "Gepraat met een collega"),
        ("other", "Gepraat met iemand anders"),
    ],
)
def test_a_talk_is_told_with_whom_it_was(small_school, partner, title):
    signal, hanneke = small_school.tell(), small_school.client("hanneke")
    assert hanneke.decide(signal, "talks", partner=partner, talk="Het gaat al beter.").status_code == 303
    page = hanneke.get(f"/signals/{signal}").text
    assert title in page
    assert "Het gaat al beter." in page


def test_triage_leads_to_each_thing_one_can_do(small_school):
    page = small_school.client("hanneke").get(f"/signals/{small_school.tell()}").text
    page = page[page.index('id="decide"') : page.index('id="story"')]
    for words in (
        "Er is over gepraat", "Naar het ondersteuningsteam", "Leg voor aan de directeur", "Sluit af",
        "Breng samen in een zaak", "Maak er een incident van",
    ):  # fmt: skip
        assert words in page
    assert "/cases/gather/signal/" in page


def test_naming_somebody_never_lets_them_read_it(small_school):
    bas = small_school.people["bas"]
    signal = small_school.tell(account=f"Vraag het [[p:{bas.hex}]].")
    assert small_school.client("bas").get(f"/signals/{signal}").status_code == 404


def test_a_signal_about_a_colleague_is_with_the_director_and_not_with_the_colleague(small_school):
    school = small_school
    signal = school.tell("henk", people=[school.people["hanneke"]])
    assert school.client("marijke").get(f"/signals/{signal}").status_code == 200
    hanneke = school.client("hanneke")
    assert hanneke.get(f"/signals/{signal}").status_code == 404
    assert str(signal) not in hanneke.get("/signals/").text + hanneke.get("/").text
    assert str(signal) in school.client("marijke").get("/").text


def test_a_draft_is_kept_and_taken_up_again(small_school):
    browser = small_school.client("fatima")
    shown = browser.shown("/signals/new?kind=concern")
    form = {**shown, "noticed": "concern", "account": "Ik zag dat", "moment": "just_now"}
    assert browser.client.post("/signals/draft", data=form).status_code == 204
    page = browser.get("/").text
    assert "Signaal van" in page
    again = browser.get(f"/signals/new?draft={shown['once']}").text
    assert "Ik zag dat" in again
    assert browser.client.post("/signals/new", data={**form, "source": "self"}).status_code == 303
    assert "Signaal van" not in browser.get("/").text


def test_who_will_see_it_follows_what_is_chosen(small_school):
    browser = small_school.client("fatima")
    form = {**browser.shown("/signals/new"), "group": small_school.groups["7b"].hex}
    plain = browser.client.post("/signals/audience", data=form).text
    assert "de leerkracht van groep 7b" in plain
    assert "intern begeleider" in plain
    assert "anti-pestcoördinator" not in plain
    bullying = browser.client.post("/signals/audience", data={**form, "marks": ["bullying_suspected"]}).text
    assert "anti-pestcoördinator" in bullying
    about = browser.client.post("/signals/audience", data={**form, "people": [small_school.people["bas"].hex]}).text
    assert "directeur" in about.replace("De directeur alleen als dat nodig is.", "")


def test_an_incident_says_who_told_it_first_unless_reading_that_is_recorded(small_school):
    for at_home in (False, True):
        told = {"source": "parent", "on_behalf_of": "Oma Ria", "home_signs": at_home}
        signal = small_school.tell(**told)
        became(small_school, signal)
        page = small_school.client("hanneke").get(f"/incidents/{small_school.row(signal).incident}").text
        assert f"/signals/{signal}" in page
        assert ("Een ouder: Oma Ria" in page) is not at_home
