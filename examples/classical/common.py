"""What the classical examples share: their option, and where figures go."""

import sys
from pathlib import Path


def options(text):
    """True where --quick was given; --help prints the text of the example."""
    if "--help" in sys.argv:
        print(text)
        sys.exit()
    import matplotlib

    matplotlib.use("Agg")  # figures are saved, not shown
    return "--quick" in sys.argv


def saved(name):
    """The path of a figure, out/classical/<name>.png of the folder that the script runs in."""
    folder = Path("out/classical")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.png"
    print(f"figure: {path}")
    return path
