"""What tests of the core may ask for besides the app."""

from tests.intranet.plugins_made_here import make_plugin
from tests.patience import patient

__all__ = ["make_plugin", "patient"]
