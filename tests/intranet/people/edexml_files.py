"""Rosters as an administration writes them, made for these tests."""

from xml.sax.saxutils import escape, quoteattr

SCHOOL = (
    "<school><schooljaar>{year}</schooljaar><peildatum>2026-10-01</peildatum><brincode>{brin}</brincode>"
    "<dependancecode>00</dependancecode><schoolkey>41</schoolkey><xsdversie>{version}</xsdversie></school>"
)


def edexml(
    *,
    pupils: str = "",
    groups: str | None = None,
    staff: str | None = None,
    year="2026-2027",
    brin="99ZZ",
    version="2.1",
) -> bytes:
    """Return a file; `groups` and `staff` left out are absent, as in real files."""
    parts = [SCHOOL.format(year=year, brin=brin, version=version)]
    parts += [f"<groepen>{groups}</groepen>"] if groups is not None else []
    parts += [f"<leerlingen>{pupils}</leerlingen>"]
    parts += [f"<leerkrachten>{staff}</leerkrachten>"] if staff is not None else []
    start = '<?xml version="1.0" encoding="UTF-8"?><EDEX xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    return f"{start}{''.join(parts)}</EDEX>".encode()


def pupil(key: str, given: str, family: str = "", *, infix: str = "", group: str = "", year: str = "", more="") -> str:
    parts = [_element("achternaam", family), _element("voorvoegsel", infix), _element("roepnaam", given)]
    parts += [_element("jaargroep", year), f"<groep key={quoteattr(group)}/>" if group else "", more]
    return f"<leerling key={quoteattr(key)}>{''.join(parts)}</leerling>"


def teacher(key: str, given: str, family: str = "", *, infix: str = "", groups=(), roles=(), more: str = "") -> str:
    parts = [_element("achternaam", family), _element("voorvoegsel", infix), _element("roepnaam", given)]
    parts += [_element("rol", role) for role in roles]
    refs = "".join(f"<groep key={quoteattr(group)}/>" for group in groups)
    parts += [f"<groepen>{refs}</groepen>"] if refs else []
    return f"<leerkracht key={quoteattr(key)}>{''.join(parts)}{more}</leerkracht>"


def group(key: str, name: str, *years: str) -> str:
    parts = [_element("naam", name), *(_element("jaargroep", year) for year in years)]
    return f"<groep key={quoteattr(key)}>{''.join(parts)}</groep>"


def small_school(**changes) -> bytes:
    """Return a school of two groups, four pupils and two members of staff."""
    parts = {
        "groups": group("G6", "6a", "6") + group("G12", "1/2a", "C"),
        "pupils": pupil("L1", "Noor", "Berg", infix="van der", group="G6", year="6")
        + pupil("L2", "Sem", "Yilmaz", group="G6", year="6")
        + pupil("L3", "Zoë", "Bakker", group="G12", year="1")
        + pupil("L4", "Emre", group="G12", year="2"),
        "staff": teacher("M1", "Lia", "Vries", infix="de", groups=["G6"], roles=["LRK"])
        + teacher("M2", "Sam", "Bakker", roles=["IB"]),
    }
    return edexml(**(parts | changes))


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(text)}</{name}>" if text else ""
