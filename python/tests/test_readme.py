"""What the README shows, runs."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

README = Path(__file__).parent.parent.parent / "README.md"


def test_the_readme_s_model_runs_and_spikes(tmp_path):
    script = re.search(r"```python\n(.*?)```", README.read_text(), re.DOTALL)[1]
    (tmp_path / "my_model.py").write_text(script)
    done = subprocess.run(
        [sys.executable, "my_model.py"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    last = done.stdout.strip().splitlines()[-1]
    found = re.fullmatch(r"\(1000, 100\) samples; (\d+) spikes", last)
    # About 530 in 100,000 chances; the count of a run varies by some 25.
    assert found and 300 < int(found[1]) < 800, last
