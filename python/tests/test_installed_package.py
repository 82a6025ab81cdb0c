"""What `pip install` leaves behind, seen from outside."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

import monnto

CONSUMER = Path(__file__).parent.parent.parent / "tests" / "package"


def output_of(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_info_names_version_compiler_and_executor():
    text = output_of(sys.executable, "-m", "monnto", "info")
    assert text.startswith(f"monnto     {version('monnto')} ")
    assert "compiler   GCC" in text
    assert "executor   " in text


def test_the_console_script_is_installed_beside_python():
    script = Path(sys.executable).parent / "monnto"
    module = (sys.executable, "-m", "monnto")
    assert output_of(script, "info", "--cmake-dir") == output_of(*module, "info", "--cmake-dir")


def test_the_module_knows_the_version_of_the_package():
    assert monnto.__version__ == version("monnto")


def test_the_package_is_typed():
    package = Path(monnto.__file__).parent
    assert (package / "py.typed").exists()
    assert "__version__" in (package / "__init__.py").read_text()
    assert (package / "_engine.pyi").stat().st_size > 0


def test_a_program_in_cpp_builds_against_the_wheel(tmp_path):
    if not CONSUMER.exists():
        pytest.skip("the consumer project is only in the source tree")
    folder = output_of(sys.executable, "-m", "monnto", "info", "--cmake-dir").strip()
    output_of("cmake", "-S", CONSUMER, "-B", tmp_path, "-G", "Ninja", f"-Dmonnto_DIR={folder}")
    output_of("cmake", "--build", tmp_path)
    text = output_of(tmp_path / "consumer")
    assert text == f"monnto {monnto.__version__} caught its own error\n"
