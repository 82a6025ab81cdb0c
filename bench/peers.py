"""Other simulators: each in an environment of its own under build/peers, their figures cached.

A figure is measured again when the processor, the peer's version, Python or the bench changed.
"""

from __future__ import annotations

import hashlib
import json
import platform
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "build" / "peers"
CACHE = FOLDER / "cache.json"


@dataclass(frozen=True)
class Peer:
    title: str
    package: str  # what the bench imports
    requirement: str
    needs: tuple[str, ...] = ()

    def python(self) -> Path:
        """The interpreter that has this peer, which is installed on first use."""
        folder = FOLDER / self.requirement
        python = folder / "bin" / "python"
        ready = folder / "ready"
        if not ready.exists():
            print(f"  installing {self.title} into build/peers", flush=True)
            pip = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
            for command in (
                [sys.executable, "-m", "venv", "--clear", folder],
                # Its own list asks for a desktop toolkit that a simulation never loads.
                [*pip, "--no-deps", self.requirement],
                [*pip, *self.needs],
            ):
                subprocess.run(command, check=True, capture_output=True)
            ready.touch()
        return python


PEERS = {
    "pymonnto": Peer(
        "PymoNNto 3.0.6",
        "PymoNNto",
        "pymonnto==3.0.6",
        ("numpy", "scipy", "matplotlib", "imageio", "Pillow", "sympy"),
    ),
    "nest": Peer("NEST 3.10.0", "nest", "nest-simulator==3.10.0", ("numpy", "scipy")),
    "brian2": Peer(
        "Brian2 2.9.0",
        "brian2",
        "brian2==2.9.0",
        (
            "numpy==1.26.*",
            "sympy",
            "pyparsing",
            "jinja2",
            "py-cpuinfo",
            "setuptools",
            "packaging",
            "cython",
        ),
    ),
}


def processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    wanted = ("model name", "cpu family", "model", "stepping")
    found: dict[str, str] = {}
    for line in cpuinfo.read_text().splitlines() if cpuinfo.exists() else []:
        key, _, value = line.partition(":")
        if key.strip() in wanted:
            found.setdefault(key.strip(), value.strip())
    return " ".join(found.values()) or platform.processor()


def busy_share(seconds: float = 0.5) -> float:
    """How much of the machine others use just now, 0 to 1; 0 where nobody can tell."""

    def ticks() -> tuple[int, int]:
        numbers = [int(word) for word in Path("/proc/stat").read_text().split()[1:9]]
        return sum(numbers), numbers[3] + numbers[4]  # all, of which idle or waiting for a disk

    if not Path("/proc/stat").exists():
        return 0.0
    before, idle_before = ticks()
    time.sleep(seconds)
    after, idle_after = ticks()
    return 1 - (idle_after - idle_before) / max(1, after - before)


def cache_key(peer: Peer, bench: Path, case: dict[str, object], quick: bool) -> str:
    source = hashlib.sha256(bench.read_bytes()).hexdigest()[:12]
    version = platform.python_version()
    mode = "quick" if quick else "full"
    return json.dumps([processor(), peer.requirement, version, bench.name, source, case, mode])


def cached(key: str) -> dict | None:
    return json.loads(CACHE.read_text()).get(key) if CACHE.exists() else None


def remember(key: str, result: dict) -> None:
    known = json.loads(CACHE.read_text()) if CACHE.exists() else {}
    CACHE.parent.mkdir(parents=True, exist_ok=True)
    CACHE.write_text(json.dumps(known | {key: result}, indent=1) + "\n")
