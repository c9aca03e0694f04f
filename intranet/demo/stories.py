"""What happens at the practice school: made-up stories, told as a colleague writes them down."""

from events.frozen import frozen

A, B, C = "alleged_perpetrator", "victim", "witness"


@frozen
class Story:
    """Kinds, places, the parts of {a}, {b}, {c}, how often it is told, and the words."""

    kinds: tuple[str, ...]
    places: tuple[str, ...]
    parts: tuple[str, ...]
    weight: int
    words: tuple[str, ...]
    severity: int = 1
    confidential: bool = False
    year_groups: str = "12345678"


STORIES: tuple[Story, ...] = (
    Story(("quarrel",), ("playground", "gym"), ("involved", "involved"), 16, (
        "{a} en {b} kregen ruzie over de bal. Ze trokken er allebei aan. Ik heb de bal weggelegd en met ze gepraat.",
        "Ik hoorde {a} en {b} schreeuwen bij de goal. {a} zei: 'Hij was uit!' Ze wilden niet meer samen spelen.",
        "Ruzie over wie er mocht tikken. {b} liep boos weg. Na een kwartier speelden {a} en {b} weer samen.",
    )),
    Story(("quarrel",), ("classroom",), ("involved", "involved"), 9, (
        "{a} en {b} werkten samen en werden het niet eens. {b} schoof het schrift van tafel. We hebben het opgeraapt.",
        "{a} pakte de stift van {b}. {b} pakte hem terug en riep hard. De les lag even stil.",
    )),
    Story(("quarrel",), ("playground",), ("involved", "involved", "defender"), 5, (
        "{a} en {b} maakten ruzie bij de klimrekken. {c} ging ertussen staan en haalde mij erbij. Goed gedaan.",
    )),
    Story(("physical_aggression",), ("playground",), (A, B), 11, (
        "{a} schopte {b} tegen het been bij het voetballen. {b} huilde. Ik heb het been gekoeld en {a} apart genomen.",
        "Ik zag dat {a} {b} duwde. {b} viel op de tegels en had een schaafwond. {a} zei: 'Hij begon.'",
        "{a} gaf {b} een klap op de arm na een tik-spel. Ze hebben allebei hun verhaal verteld.",
    ), severity=2),
    Story(("physical_aggression",), ("hallway", "changing_room"), (A, B, C), 6, (
        "{a} duwde {b} tegen de kapstok. {c} stond erbij en zag het gebeuren. {b} had pijn aan de schouder.",
        "In de rij sloeg {a} {b} met een gymtas. {c} vertelde dat {b} eerst iets had gezegd.",
    ), severity=2),
    Story(("verbal_aggression",), ("playground", "hallway", "classroom"), (A, B), 10, (
        "{a} schold {b} uit. Ik hoorde zelf de woorden 'dikke' en 'loser'. {b} zei niets terug.",
        "{a} riep lelijke dingen over de moeder van {b}. {b} werd rood en ging zitten.",
        "Tijdens het buitenspelen riep {a} steeds een bijnaam naar {b}. Ik heb gevraagd hoe dat voelt.",
    )),
    Story(("exclusion",), ("playground",), (A, B, "follower"), 6, (
        "{b} mocht niet meedoen van {a}. {c} deed mee met wegsturen. {b} stond de hele pauze alleen bij het hek.",
        "{a} en {c} zeiden tegen {b} dat het spel vol was. Even later mocht een ander kind wel meedoen.",
    ), year_groups="345678"),
    Story(("teasing",), ("classroom", "playground"), ("involved", "involved"), 7, (
        "{a} verstopte de pet van {b}. {b} kon er om lachen en deed het daarna terug.",
        "{a} en {b} plaagden elkaar met briefjes. Het ging over en weer. Ik heb gezegd dat het nu klaar is.",
    )),
    Story(("ran_away",), ("classroom", "playground"), ("involved",), 4, (
        "{a} liep boos de klas uit na het nakijken. Ik vond {a} bij de fietsen. We zijn samen terug gelopen.",
        "{a} was na de pauze niet in de rij. Na tien minuten gevonden in het speelhuisje.",
    ), severity=2),
    Story(("accident",), ("gym", "playground"), (B,), 5, (
        "{b} gleed uit bij de trapkast en viel op de pols. Gekoeld. Moeder gebeld, die is naar de huisarts gegaan.",
        "{b} botste tegen een klasgenoot bij tikkertje. Bult op het voorhoofd, gekoeld en in de gaten gehouden.",
    )),
    Story(("vandalism",), ("toilets", "hallway", "elsewhere"), ("involved",), 2, (
        "Er lag wc-papier door de hele ruimte. {a} vertelde uit zichzelf dat het een grap was en heeft opgeruimd.",
    )),
    Story(("theft",), ("classroom",), (B,), 1, (
        "{b} mist sinds vanochtend een nieuwe etui. We hebben samen gezocht. Nog niet gevonden.",
    )),
    Story(("threat",), ("on_the_way", "playground"), (A, B), 2, (
        "{b} vertelde dat {a} zei: 'Na school pak ik je.' {b} durfde niet alleen naar huis. Vader heeft {b} opgehaald.",
    ), severity=3, year_groups="5678"),
    Story(("discrimination", "verbal_aggression"), ("playground",), (A, B, C), 2, (
        "{a} zei tegen {b}: 'Ga terug naar je eigen land.' {c} hoorde het ook. {b} was erg verdrietig.",
    ), severity=3, year_groups="5678"),
    Story(("cyberbullying_suspected",), ("online",), (A, B, "follower"), 3, (
        "{b} liet berichten zien uit de groepsapp. {a} maakt grappen over {b} en {c} zet er lachende gezichten onder.",
        "Er gaat een bewerkte foto van {b} rond. {b} denkt dat {a} de foto heeft gemaakt.",
    ), severity=3, year_groups="678"),
    Story(("visitor_transgression",), ("playground", "hallway"), (), 1, (
        "Een ouder riep hard tegen de pleinwacht over het parkeren. De toon was dreigend. Kinderen stonden erbij.",
    ), severity=2),
    Story(("home_safety_signs",), ("classroom",), (B,), 1, (
        "{b} wilde niet naar huis en huilde. {b} zei: 'Thuis is het weer zo.' Ik heb geluisterd en niets beloofd.",
    ), severity=3, confidential=True),
    Story(("sexual_transgression",), ("changing_room", "toilets"), (A, B), 1, (
        "{b} vertelde dat {a} de deur van het toilet opendeed en bleef kijken. {b} vond dat heel naar.",
    ), severity=3, confidential=True, year_groups="5678"),
)  # fmt: skip

BULLYING = (
    "{a} en {c} lachten toen {b} een beurt kreeg. Dit is de derde keer deze week.",
    "De tas van {b} lag weer in de prullenbak. {c} keek naar {a} toen ik het vroeg.",
    "{b} zat alleen bij de lunch. {a} zei tegen anderen dat ze niet naast {b} mogen zitten.",
    "{a} deed de stem van {b} na in de gang. {c} deed mee. {b} ging naar de wc en bleef lang weg.",
    "{b} vertelde dat het al sinds de herfst zo gaat. {b} heeft er thuis niets over gezegd.",
)
"""One course of things in group 6a, told in pieces: what a single record does not show."""

NOTES = (
    "Met {a} gesproken. Het kind snapt wat het deed en wil het goedmaken.",
    "Ouders van {b} gebeld. Ze zijn blij dat we bellen en willen volgende week horen hoe het gaat.",
    "Herstelgesprek gehad met de kinderen erbij. Afspraak: elke vrijdag kort samen terugkijken.",
    "Nog een keer gevraagd hoe het gaat. Volgens {b} gaat het beter.",
    "Besproken met de intern begeleider. We kijken het twee weken aan.",
)

CORRECTIONS = (
    "Ik had de verkeerde plaats gekozen.",
    "Een ander kind was er niet bij, dat hoorde ik later.",
    "Het was in de kleine pauze, niet in de grote.",
)

REASONS = (
    "Het gebeurde vaker en er was pijn.",
    "Eenmalig en samen opgelost.",
    "Er is angst om naar school te gaan.",
)

OUTCOMES = (
    "Rustig gesproken. Het gaat weer beter.",
    "Even kort gepraat op de gang. Geen nieuwe ruzie deze week.",
    "Goed gesprek. We hebben afgesproken dat het naar mij toe komt als het weer gebeurt.",
    "Het was een kort gesprek, meer was niet nodig.",
    "Samen gekeken wat helpt. Volgende week vraag ik het weer.",
)
"""What came of a promise."""

CONCLUSIONS = (
    "Het is niet meer gebeurd. Iedereen is gehoord.",
    "Ze spelen weer samen. De ouders zijn tevreden.",
    "De afspraken werken. We houden het in de gaten.",
)
"""How it ended."""

NOTHING_NEEDED = (
    "Op de plek zelf opgelost. Daarna speelden ze weer samen.",
    "Een misverstand. Beide kinderen vonden het goed zo.",
    "Eenmalig, en ze zeiden zelf sorry.",
)
"""Why nothing more was needed."""

WAIVED = (
    "De ouders hebben het thuis zelf opgepakt.",
    "Het kind wil er niet meer over praten. Dat is goed zo.",
)
"""Why a promise need not be kept any more."""
