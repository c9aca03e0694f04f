"""Who is at the practice school: made-up names, put together by a seeded draw, so every start gives the same people."""

from collections.abc import Iterator
from random import Random

from events.frozen import frozen

BOARD = "Stichting De Regenboog"
SCHOOL = "IBS De Regenboog"
BRIN = "99zz"

GIVEN = (
    "Noor Sem Yara Daan Aylin Finn Lotte Bilal Saar Mees Nora Levi Zeynep Luuk Fenna Adam Roos Ravi Isa Thijs Amira "
    "Jurre Elif Tygo Mila Samir Jet Boaz Lina Hugo Sofia Kaan Jayden Esmee Omar Tess Milan Hanna Ilyas Lieke Stijn "
    "Maryam Cas Fleur Imran Evi Tobias Naomi Sven Dina Joep Romy Yusuf Vera Guus Selin Niek Juna Mats Aya Floris Lena "
    "Emir Bo Jip Suze Rayan Kiki Pepijn Meryem Wout Anouk Idris Lauren Ties Nina Hamza Floor Siem Leyla Koen Maud Anas "
    "Juul Tijn Sanne Malik Pien Ruben Asya Quinn Hidde Rania Oskar Merel Nour Teun Safae Wes Dewi"
).split()
FAMILY = (
    "Jansen|de Vries|van der Berg|Bakker|Yılmaz|Visser|Smit|El Amrani|Meijer|de Boer|Mulder|de Groot|Bos|Vos|Peters|"
    "Hendriks|van Leeuwen|Dekker|Brouwer|de Wit|Dijkstra|Smits|de Graaf|van der Meer|Kaya|van der Linden|Kok|Jacobs|"
    "Haddad|Vermeulen|van den Heuvel|van der Veen|Demir|Schouten|van Beek|Willems|van Vliet|Hoekstra|Maas|Verhoeven|"
    "Koster|van Dam|Prins|Blom|Huisman|Bouzid|Kuipers|van Veen|Post|Kuiper|Veenstra|Kramer|van der Wal|Çelik|Scholten|"
    "Bosman|Nowak|Ramdin|Timmer|Groen|Gerritsen|Tahiri|Jonker|van Loon|Şahin|Molenaar|Kowalski|Driessen|Pham|Sanders"
).split("|")
INFIXES = ("van der ", "van den ", "van ", "de ", "el ", "El ")

GROUPS: tuple[tuple[str, tuple[str, ...], int], ...] = (
    ("1/2a", ("1", "2"), 22),
    ("1/2b", ("1", "2"), 23),
    ("3a", ("3",), 24),
    ("3/4b", ("3", "4"), 19),
    ("4a", ("4",), 23),
    ("5a", ("5",), 24),
    ("5/6b", ("5", "6"), 19),
    ("6a", ("6",), 23),
    ("7a", ("7",), 21),
    ("8a", ("8",), 22),
)
"""Name, year groups and how many pupils: 220 in all."""


@frozen
class Member:
    """Somebody in service of the school: name, duties, and the groups they teach."""

    key: str
    given: str
    family: str
    duties: tuple[str, ...]
    groups: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        return f"{self.key}@deregenboog.example"


STAFF: tuple[Member, ...] = (
    Member("marijke", "Marijke", "Zonnevelt", ("executive_director", "head_teacher", "management_team")),
    Member("jeroen", "Jeroen", "Wolkman", ("teacher", "management_team", "emergency_responder"), ("8a",)),
    Member("hanneke", "Hanneke", "Lindeboom", ("care_coordinator", "management_team")),
    Member(
        "esther",
        "Esther",
        "Morgenster",
        (
            "confidential_adviser",
            "bullying_coordinator",
            "bullying_contact",
            "protection_officer",
            "emergency_responder",
        ),
    ),
    Member("fatima", "Fatima", "Bloemhof", ("teacher", "emergency_responder"), ("6a",)),
    Member("sander", "Sander", "Weitkamp", ("teacher",), ("6a",)),
    Member("ingrid", "Ingrid", "Duinker", ("teacher", "bullying_contact"), ("7a",)),
    Member("karim", "Karim", "Oosterlicht", ("teacher", "emergency_responder"), ("5a",)),
    Member("wilma", "Wilma", "Heidekamp", ("teacher",), ("5a",)),
    Member("tamara", "Tamara", "Veldzicht", ("teacher",), ("5/6b",)),
    Member("bas", "Bas", "Rietveldt", ("teacher", "participation_council"), ("4a",)),
    Member("nadia", "Nadia", "Zilvermeer", ("teacher", "emergency_responder"), ("3/4b",)),
    Member("carla", "Carla", "Beukenhorst", ("teacher",), ("3a",)),
    Member("joris", "Joris", "Waterloop", ("teacher",), ("3a",)),
    Member("marleen", "Marleen", "Avondrood", ("teacher", "emergency_responder"), ("1/2a",)),
    Member("petra", "Petra", "Klaverveld", ("teacher", "participation_council"), ("1/2a",)),
    Member("soraya", "Soraya", "Zeewind", ("teacher",), ("1/2b",)),
    Member("gert", "Gert", "Hazelaar", ("teacher", "emergency_responder")),
    Member("lotje", "Lotje", "Vuurvlieg", ("teaching_assistant",), ("1/2b",)),
    Member("mo", "Mo", "Sterrebos", ("teaching_assistant",), ("3/4b",)),
    Member("annemiek", "Annemiek", "Kiezel", ("teaching_assistant", "emergency_responder"), ("5/6b",)),
    Member("henk", "Henk", "Poortman", ("support_staff", "prevention_officer", "emergency_responder")),
    Member("ria", "Ria", "Papierdal", ("support_staff",)),
    Member("dennis", "Dennis", "Kabeljaar", ("administrator",)),
    Member("yvonne", "Yvonne", "Regtering", ("dpo",)),
    Member("roelof", "Roelof", "Wijdeblik", ("supervisory_board",)),
)

NEWCOMER = Member("lieve", "Lieve", "Noorderlicht", ("teacher",), ("7a",))
"""Who came to work here this school year, and has no licence of anything yet."""

CAN_BE = ("fatima", "henk", "hanneke", "esther", "marijke", "dennis", "yvonne", "roelof")
"""Whom somebody who tries the practice school is likely to want to be, in this order."""


def split_family(name: str) -> tuple[str | None, str]:
    """Return infix and family name: «van der Berg» is sorted under B."""
    for infix in INFIXES:
        if name.startswith(infix):
            return infix.strip(), name.removeprefix(infix)
    return None, name


def pupils(draw: Random) -> Iterator[tuple[str, str | None, str]]:
    """Draw names without end: given name, infix, family name; no two pupils are called the same."""
    drawn: set[tuple[str, str]] = set()
    while True:
        name = draw.choice(GIVEN), draw.choice(FAMILY)
        if name not in drawn:
            drawn.add(name)
            yield name[0], *split_family(name[1])
