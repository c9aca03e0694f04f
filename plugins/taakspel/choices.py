"""The words of the game, by the code that stays in the log: lessons, phases, rules, rewards, names of teams.

All words and all drawings are our own. What stands on the board comes from these lists, so no name can get there.
"""

from flask_babel import lazy_gettext as _l

PHASES = {
    "introduction": _l("Introductie"),
    "extension": _l("Uitbreiding"),
    "generalisation": _l("Generalisatie"),
}
PHASE_HINTS = {
    "introduction": _l("Leren spelen. Begin met 10 minuten."),
    "extension": _l("In meer lessen, en steeds langer."),
    "generalisation": _l("Een heel dagdeel. Op andere momenten gaat het zonder kaarten."),
}
FIRST_MINUTES = {"lesson": 10, "playground": 15}

VARIANTS = {"lesson": _l("In de klas"), "playground": _l("Op het plein")}

PLAYGROUND = "playground"
BREAK = "break"
"""What is played on the playground: there is no lesson to choose."""

LESSONS = {
    "arithmetic": _l("Rekenen"),
    "reading": _l("Lezen"),
    "language": _l("Taal"),
    "spelling": _l("Spelling"),
    "writing": _l("Schrijven"),
    "world": _l("Wereldoriëntatie"),
    "own_work": _l("Zelfstandig werken"),
    "creative": _l("Tekenen en handvaardigheid"),
    "gym": _l("Gym"),
    "change": _l("Wisselen en opruimen"),
    "break": _l("Pauze op het plein"),
}

RULES = {
    "work_quietly": _l("We werken stil"),
    "stay_seated": _l("We blijven op onze plek"),
    "raise_hand": _l("We steken onze hand op"),
    "listen": _l("We luisteren naar wie praat"),
    "begin_at_once": _l("We beginnen meteen"),
    "walk": _l("We lopen rustig"),
    "help": _l("We helpen elkaar"),
    "tidy_up": _l("We ruimen op"),
    "whisper": _l("We fluisteren"),
    "wait_turn": _l("We wachten op onze beurt"),
    "let_join": _l("Iedereen mag meedoen"),
    "own_things": _l("We gebruiken onze eigen spullen"),
}
PLAYGROUND_RULES = frozenset({"walk", "help", "tidy_up", "wait_turn", "let_join", "listen"})
"""What can be asked of children who play outside; nobody has to be quiet there."""

REWARDS = {
    "choose_game": _l("Samen een spel kiezen"),
    "outside": _l("Even langer naar buiten"),
    "music": _l("Muziek tijdens het werken"),
    "read_aloud": _l("Een extra stuk voorlezen"),
    "draw": _l("Vrij tekenen"),
    "seat": _l("Kiezen waar je zit"),
    "film": _l("Een filmpje kijken"),
    "dance": _l("Samen bewegen"),
    "first_out": _l("Als eerste naar buiten"),
    "as_agreed": _l("Wat we samen afspraken"),
}

WEEK_REWARDS = {
    "play_outside": _l("Een half uur buiten spelen"),
    "game_hour": _l("Een spelletjesmiddag"),
    "film": _l("Samen een film kijken"),
    "cook": _l("Samen iets lekkers maken"),
    "choose_lesson": _l("Zelf een les kiezen"),
    "as_agreed": _l("Wat we samen afspraken"),
}

MOMENTS = {"before": _l("Vóór het spelen"), "after": _l("Na een tijd spelen")}
KEPT = {"yes": _l("Gelukt"), "partly": _l("Deels gelukt"), "no": _l("Nog niet gelukt")}

WENT = {
    "well": _l("Goed"),
    "partly": _l("Soms goed, soms lastig"),
    "hard": _l("Lastig"),
}

TEAM_NAMES = {
    "stars": _l("Sterren"),
    "moons": _l("Manen"),
    "suns": _l("Zonnen"),
    "clouds": _l("Wolken"),
    "leaves": _l("Bladeren"),
    "drops": _l("Druppels"),
    "mountains": _l("Bergen"),
    "waves": _l("Golven"),
    "flashes": _l("Flitsen"),
    "kites": _l("Vliegers"),
    "rockets": _l("Raketten"),
    "flowers": _l("Bloemen"),
}
