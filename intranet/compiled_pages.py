"""Keeps templates as compiled beside the database, so that whoever shows a page reads it instead of making it again."""

import shutil
from pathlib import Path

import jinja2
from flask import Flask
from jinja2.bccache import Bucket

FOLDER = "compiled-pages"


class CompiledPages(jinja2.FileSystemBytecodeCache):
    """Jinja's cache, in a folder that only the server enters: what lies there is run."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template; a disk that is full or read-only only makes the next page slower."""
        try:
            super().dump_bytecode(bucket)
        except OSError:
            return


def keep_compiled(app: Flask) -> None:
    """Compile each page the first time that anybody asks for it, and never again.

    Reading all of them at the start, for the workers to share, cost more memory than it saved: few are daily pages.
    """
    app.jinja_env.bytecode_cache = _cache(Path(app.config["INSTANCE"]) / FOLDER)


def _cache(folder: Path) -> CompiledPages | None:
    """Return the cache for this version of Jinja, without what others left; None where there can be none.

    It knows itself when a template or Python changed.
    """
    mine = folder / jinja2.__version__
    try:
        mine.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        for other in folder.iterdir():
            if other != mine:
                shutil.rmtree(other, ignore_errors=True)
    except OSError:
        return None
    return CompiledPages(str(mine), "%s")
