"""monnto: a modular neural network simulator."""

from monnto._engine import __version__ as __version__
