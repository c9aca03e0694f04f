"""The root of a tree as sixteen short Dutch words: to read aloud, and to compare on paper."""

# One word per byte, in this order for ever: paper in a binder refers to it. No two differ by less than two letters,
# also where Dutch spells one sound in two ways (ij and ei, ou and au).
WORDS = tuple(
    """
    akker alarm album appel arena asbak atlas azijn baard baken balie bank beker beton bezem biet
    bijl blad blik bloem boei boom boord boter brief bron brood brug buurt cacao ceder cello
    cobra dadel dans deken deur dier dijk disco doos dorp draad drop druif duim echo eend
    egel emmer enkel erwt fabel feest fiets film fles fluit forel foto garen geit gids glas
    golf goud grot haai hagel halte hamer harp haven havik helm hemd hert hobby hoed hoorn
    hotel huis hulst iglo imker inkt ivoor jeugd jurk kaars kade kajak kalk kano kapel kast
    kers kies kilo kiwi klei kleur klok klomp kluis knie knoop koek kool kraan krant kreek
    krijt kroon kruid kubus lamp lava lelie lente lepel lied lijm lijst lint liter loket long
    lucht luik lunch maan maart mais mango markt melk menu meter metro mist model molen motor
    mouw munt muts muur naald nacht nest neus nylon oase olie olijf oogst opera orgel otter
    oven palm panda parel park pasta patat peer pekel piano pizza plank plein ploeg plons poema
    poort prijs raam radio raket ratel regen ring robot roer rots rups saus schip serre sjaal
    slak slee slot snaar snoep spin spons sport stad steen ster stift stoel stro tafel tarwe
    taxi tekst thee tiara toast toets toon toren tosti trap trein trui tuba tuin tulp twijg
    vaas veld vezel villa viool vlag vlek vlieg vloer voet vogel vork vorst vrede wagen wand
    water wesp wiel wilg wolk worm zaag zebra zeep zetel zijde zomer zout zwaan zwam zwerm
    """.split()
)
WORDS_SHOWN = 16
_NUMBERS = {word: number for number, word in enumerate(WORDS)}


def root_words(root: bytes) -> tuple[str, ...]:
    """Return the first sixteen bytes of a 32-byte root as words; ValueError when it is no root."""
    if len(root) != 32:
        raise ValueError("a root is 32 bytes")
    return tuple(WORDS[number] for number in root[:WORDS_SHOWN])


def words_fit(written: str, root: bytes) -> bool:
    """Tell whether the words somebody typed from paper are those of `root`; ValueError names a word not in the list."""
    words = written.lower().replace(",", " ").split()
    for word in words:
        if word not in _NUMBERS:
            raise ValueError(word)
    return tuple(words) == root_words(root)
