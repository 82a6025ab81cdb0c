"""Where the folder `Data` is, and the settings in it."""

from __future__ import annotations

from pathlib import Path

from monnto import _engine


def get_data_folder(create_when_not_found=True, default="./Data") -> str:
    """The absolute path of the first folder `Data` in the working directory or above it.

    Where there is none, `default` is made (unless told otherwise) and returned.
    """
    found = Path(_engine.data_folder(str(Path.cwd()), False))
    if not found.is_dir():
        found = Path(default).resolve()
        if create_when_not_found:
            found.mkdir(parents=True, exist_ok=True)
    return str(found)


def get_root_folder(create_when_not_found=True) -> str:
    """The folder that contains `Data`: the root of a project."""
    return str(Path(get_data_folder(create_when_not_found)).parent)


def get_settings(section) -> dict:
    """All options of a section of Data/settings.ini, as the values that their texts stand for."""
    from monnto.storage.values import CaseBlindDict, value_of_text

    folder = Path(get_data_folder(create_when_not_found=False))
    if not (folder / "settings.ini").is_file():
        return CaseBlindDict()
    import configparser

    parser = configparser.RawConfigParser()
    parser.optionxform = str
    parser.read(folder / "settings.ini", encoding="utf-8")
    options = parser.items(section) if parser.has_section(section) else ()
    return CaseBlindDict((key, value_of_text(text)) for key, text in options)
