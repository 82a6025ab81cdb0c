"""StorageManager: the folder of one run, with all that belongs to it."""

from __future__ import annotations

import pickle
import sys
import time
from pathlib import Path

from monnto import _engine
from monnto.storage.folders import get_data_folder
from monnto.storage.values import CaseBlindDict, text_of_value, value_of_text
from monnto.tagged import bad_parameter

PARAMETERS = "Parameters"


class SimpleStorageManager:
    """Keeps parameters, arrays, objects, texts and pictures in a folder of your choice.

    Every file is replaced as a whole: after a crash there is the old one or the new one.
    """

    def __init__(self, folder):
        self._open(_engine.folder_run(str(folder)))

    def _open(self, run) -> None:
        self.run = run
        self.absolute_path = run.location.rstrip("/") + "/"
        self.folder_name = run.name
        self._frames = {}

    def get_path(self) -> str:
        """The folder, with a slash at its end."""
        return self.absolute_path

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.absolute_path}>"

    # -- parameters

    def save_param(self, key, value, section=PARAMETERS) -> None:
        """Keep a number, text, truth value, None, list, tuple, dict or set under a name."""
        self.run.set(section, [(str(key), text_of_value(value))])

    def save_param_dict(self, d: dict, section=PARAMETERS) -> None:
        self.run.set(section, [(str(k), text_of_value(v)) for k, v in d.items()])

    def load_param(self, key, section=PARAMETERS, default=None, return_string=False):
        """What was kept under that name, or `default`.

        A text that reads as a number, a truth value, None or a list comes back as such
        (`return_string` gives the text itself). Case matters only where two names differ in it.
        """
        text = self.run.get(section, str(key))
        if text is None:
            return default
        return text if return_string else value_of_text(text)

    def load_param_list(
        self, keys, section=PARAMETERS, return_dict=False, default=None, return_string=False
    ):
        """Several parameters, as list or dict."""
        values = [self.load_param(key, section, default, return_string) for key in keys]
        return dict(zip(keys, values)) if return_dict else values

    def get_all_params(self, section=PARAMETERS) -> dict:
        """All parameters of a section."""
        return CaseBlindDict((k, value_of_text(text)) for k, text in self.run.all(section))

    # -- arrays, objects, texts

    def save_np(self, key, obj) -> None:
        """Keep an array as `<key>.npy`."""
        try:
            self.run.save_array(key, obj)
        except (TypeError, ValueError):  # texts, complex numbers, objects: NumPy's business
            self.run.write(f"{key}.npy", _npy_bytes(obj))

    def load_np(self, key):
        """The ndarray that was kept."""
        import io

        import numpy as np

        return np.load(io.BytesIO(self.run.read(f"{key}.npy")))

    def save_obj(self, key, obj) -> None:
        """Keep anything that can be pickled as `<key>.obj`."""
        self.run.write(f"{key}.obj", pickle.dumps(obj))

    def load_obj(self, key):
        """What was pickled. Loading runs code of the file: load only what you trust."""
        return pickle.loads(self.run.read(f"{key}.obj"))

    def has_obj(self, key) -> bool:
        return self.run.has(f"{key}.obj")

    def save_str(self, key, string) -> None:
        self.run.write(f"{key}.txt", str(string).encode())

    def load_str(self, key) -> str:
        return self.run.read(f"{key}.txt").decode()

    def save_recorder(self, tag, recorder, keys=()) -> None:
        """Each recorded variable (or those in `keys`) as `<tag><variable>.npy`; `/` as `%2F`."""
        for text, history in recorder.variables.items():
            if not keys or text in keys:
                self.save_np(f"{tag}{text}".replace("/", "%2F"), history.to_numpy())

    # -- pictures

    def get_next_frame_name(self, key) -> str:
        """The path of the next picture, which is then taken."""
        return f"{self.absolute_path}{key}{self._next_frame(key)}.png"

    def _next_frame(self, key) -> int:
        number = self._frames.get(key, 0)
        while key not in self._frames and self.run.has(f"{key}{number}.png"):
            number += 1  # of an earlier run in the same folder
        self._frames[key] = number + 1
        return number

    def save_frame(self, image, key) -> None:
        """Keep a picture (height, width[, 3 or 4]) as the next `<key><n>.png`.

        uint8 counts from 0 to 255, floats from 0 to 1.
        """
        pixels = _pixels(image)
        self.run.write(f"{key}{self._next_frame(key)}.png", _engine.png_bytes(pixels))

    def render_video(self, key, delete_images, reset_frame_counter=True, fps=30) -> str:
        """Make `<key>.mp4` of all pictures of that key; returns its path. Needs ffmpeg."""
        import shutil
        import subprocess

        program = shutil.which("ffmpeg")
        if program is None:
            raise bad_parameter("ffmpeg", "missing", "install it, then render_video works")
        video = f"{self.absolute_path}{key}.mp4"
        command = [program, "-y", "-framerate", str(fps), "-i", f"{self.absolute_path}{key}%d.png"]
        command += ["-c:v", "libx264", "-preset", "slow", "-pix_fmt", "yuv420p"]
        # Codecs want even sizes.
        command += ["-vf", "pad=ceil(iw/2)*2:ceil(ih/2)*2", video]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        if result.returncode != 0:
            last = "\n".join(result.stderr.splitlines()[-5:])
            raise _engine.BadState(f"ffmpeg ended with code {result.returncode}:\n{last}")
        if delete_images:
            for name in self.run.files():
                if name.startswith(key) and name[len(key) : -4].isdigit() and name[-4:] == ".png":
                    self.run.remove(name)
        if reset_frame_counter:
            self._frames.pop(key, None)
        return video

    # -- copies of sources

    def backup(self, file_or_folder) -> None:
        """Keep a copy of a file, or of a folder with all that is in it."""
        source = Path(file_or_folder)
        if source.is_dir():
            import shutil

            shutil.copytree(source, Path(self.absolute_path) / source.name, dirs_exist_ok=True)
        else:
            self.run.write(source.name, source.read_bytes())

    def backup_execued_file(self) -> None:
        """Keep a copy of the script that runs."""
        self.backup(sys.argv[0])

    def copy_project_files(self, base_folder="../../") -> None:
        """Keep the project (without Data, .git, .idea) as backup.zip."""
        import io
        import zipfile

        base, buffer = Path(base_folder).resolve(), io.BytesIO()
        left_out = {"Data", ".git", ".idea", "__pycache__"}
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(base.rglob("*")):
                inside = path.relative_to(base)
                if path.is_file() and not left_out.intersection(inside.parts):
                    archive.write(path, inside)
        self.run.write("backup.zip", buffer.getvalue())


class StorageManager(SimpleStorageManager):
    """The folder of one run: ``Data/StorageManager/<main_folder_name>/<folder_name>``.

    A run of a name that exists gets `_0`, `_1`, ... behind it, also where several processes start
    at once; `add_new_when_exists=False` reuses the folder, with `last` that with the highest
    number. A dict as `main_folder_name` becomes ``k1=v1_k2=v2``.
    """

    def __init__(
        self,
        main_folder_name,
        folder_name=None,
        random_nr=False,
        print_msg=True,
        add_new_when_exists=True,
        data_folder=None,
        use_evolution_path=True,
        last=False,
    ):
        main, name = _names(main_folder_name, folder_name, random_nr)
        if use_evolution_path:
            from monnto.evolution_slave import run_folder

            main, name = run_folder() or (main, name)
        store = _engine.folder_store(str(Path(data_folder or get_data_folder()) / "StorageManager"))
        found = store.last(main, name) if last and not add_new_when_exists else None
        is_new = add_new_when_exists or not (found or name in store.names(main))
        if found is None:
            found = store.create(main, name) if is_new else store.open(main, name)
        self._open(found)
        self.main_folder_name = main
        if is_new:
            self.save_param("time", time.time())
            if print_msg:
                print(self.absolute_path)


def _names(main, name, random_nr) -> tuple[str, str]:
    if isinstance(main, dict):
        main = "_".join(f"{key}={value}" for key, value in main.items()).replace(" ", "")
    name = main if name is None else name
    if random_nr is True:
        import numpy as np

        name += str(int(np.random.rand() * 10000))
    elif random_nr is not False and random_nr is not None:
        name += str(random_nr)
    return main, name


def _npy_bytes(data) -> bytes:
    import io

    import numpy as np

    buffer = io.BytesIO()
    np.save(buffer, data)
    return buffer.getvalue()


def _pixels(image):
    import numpy as np

    pixels = np.asarray(image)
    if pixels.dtype == bool:
        return pixels.astype(np.uint8) * 255
    if pixels.dtype.kind == "f":
        return np.clip(np.rint(pixels * 255), 0, 255).astype(np.uint8)
    return np.clip(pixels, 0, 255).astype(np.uint8)
