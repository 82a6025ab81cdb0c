"""Runs the programs of a range of seeds: `python -m fuzz --seeds 0:1000000`."""

import sys

from fuzz.run import main

sys.exit(main())
