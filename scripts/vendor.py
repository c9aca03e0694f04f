"""Copy the front-end files we did not write from npm packages into intranet/static/vendor, with licences and hashes.

Runs on a developer's machine only (`python scripts/vendor.py`); the product and its tests never call npm.
"""

import hashlib
import re
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

STATIC = Path(__file__).resolve().parent.parent / "intranet" / "static"
VENDOR = STATIC / "vendor"

# package, version, licence, {file in the package: file here}
PACKAGES = [
    ("htmx.org", "4.0.1", "0BSD", {"dist/htmx.min.js": "htmx.min.js"}),
    (
        "@fontsource-variable/atkinson-hyperlegible-next",
        "5.3.0",
        "OFL-1.1",
        {
            "files/atkinson-hyperlegible-next-latin-wght-normal.woff2": "latin.woff2",
            "files/atkinson-hyperlegible-next-latin-ext-wght-normal.woff2": "latin-ext.woff2",
        },
    ),
    ("lucide-static", "1.62.0", "ISC", {}),
]

ICONS = """
activity arrow-left arrow-right at-sign bandage bell bell-ring book-open bookmark calendar-check calendar-clock
calendar-days calendar-x camera chart-column chart-line check chevron-down chevron-left chevron-right circle-alert
circle-check circle-minus circle-plus circle-question-mark clipboard-list clock construction copy door-open download
ellipsis eye eye-off fast-forward file-check file-spreadsheet file-text fingerprint-pattern flag flask-conical
footprints gauge gift globe graduation-cap grid-3x3 hammer hand hand-fist hash heart-handshake history house image
info key-round life-buoy lightbulb link list-checks list-todo lock lock-open log-in log-out mail map-pin maximize
megaphone menu message-circle message-square message-square-warning minus monitor moon notebook-pen package paperclip
pause pencil phone play plus printer puzzle qr-code refresh-cw rotate-ccw scale scan-eye school search settings
share-2 shield shield-alert shield-check sliders-horizontal smartphone sparkles square-check star stethoscope sun
swords target thumbs-up timer trash-2 trees trending-up triangle-alert trophy undo-2 upload user user-plus user-x
users volume-2 wallet wifi-off x
""".split()

# Our own mark: a roof within a shield, and somebody under it.
OWN_SYMBOLS = {
    "geborgen": (
        '<path d="M12 2.4c2.6 1.9 5.2 2.8 8 2.9v7.2c0 4.9-3.3 7.7-8 9.1-4.7-1.4-8-4.2-8-9.1V5.3'
        'c2.8-.1 5.4-1 8-2.9z"/><path d="M7.7 12.3 12 8.6l4.3 3.7"/><circle cx="12" cy="14.7" r="1.5"/>'
    ),
}


def folder_of(package: str, version: str) -> Path:
    return VENDOR / f"{package.split('/')[-1].removesuffix('.org')}-{version}"


def unpack(package: str, version: str, into: Path) -> Path:
    """Fetch one package with the npm client and return its unpacked folder."""
    subprocess.run(["npm", "pack", "--silent", f"{package}@{version}"], cwd=into, check=True, capture_output=True)
    (archive,) = into.glob("*.tgz")
    with tarfile.open(archive) as tar:
        tar.extractall(into, filter="data")
    return into / "package"


def symbol(name: str, svg: str) -> str:
    inner = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.DOTALL).group(1)
    inner = re.sub(r"\s+", " ", inner).replace(" />", "/>").replace("> <", "><").strip()
    return f'<symbol id="{name}" viewBox="0 0 24 24">{inner}</symbol>'


def write_sprite(icons: Path) -> None:
    symbols = [symbol(name, (icons / f"{name}.svg").read_text()) for name in ICONS]
    symbols += [f'<symbol id="{name}" viewBox="0 0 24 24">{inner}</symbol>' for name, inner in OWN_SYMBOLS.items()]
    sprite = '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"
    (STATIC / "icons" / "sprite.svg").write_text(sprite)


def write_list_of_hashes() -> None:
    files = sorted(path for path in VENDOR.rglob("*") if path.is_file() and path.name != "SHA256SUMS")
    files.append(STATIC / "icons" / "sprite.svg")
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(STATIC).as_posix()}" for path in files
    ]
    (VENDOR / "SHA256SUMS").write_text("\n".join(lines) + "\n")


def write_origin() -> None:
    lines = [
        "# Files we did not write",
        "",
        "Made by `python scripts/vendor.py`; `SHA256SUMS` is checked by a test.",
        "",
    ]
    lines += ["| Package | Version | Licence | Files |", "| --- | --- | --- | --- |"]
    for package, version, licence, files in PACKAGES:
        listed = ", ".join(files.values()) or f"`icons/sprite.svg`, made from {len(ICONS)} icons"
        lines.append(f"| {package} | {version} | {licence} | {listed} |")
    (VENDOR / "VENDOR.md").write_text("\n".join(lines) + "\n")


def main() -> None:
    shutil.rmtree(VENDOR, ignore_errors=True)
    (STATIC / "icons").mkdir(parents=True, exist_ok=True)
    for package, version, _licence, files in PACKAGES:
        with tempfile.TemporaryDirectory() as scratch:
            source, target = unpack(package, version, Path(scratch)), folder_of(package, version)
            target.mkdir(parents=True)
            shutil.copyfile(source / "LICENSE", target / "LICENSE")
            for inside, here in files.items():
                shutil.copyfile(source / inside, target / here)
            if package == "lucide-static":
                write_sprite(source / "icons")
    write_origin()
    write_list_of_hashes()


if __name__ == "__main__":
    main()
