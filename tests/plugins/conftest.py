"""What all tests of bundled plugins share."""

from tests.patience import patient

__all__ = ["patient"]
