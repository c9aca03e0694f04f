"""The QR code of an address, drawn here."""


def picture(address: str) -> str:
    """Return the QR code of an address as an image inside the page: it is fetched from nowhere."""
    import segno  # not at the start: it brings XML along, and few pages have a code

    return segno.make(address, error="m").svg_data_uri(scale=5, border=3, dark="#111", light="#fff")
