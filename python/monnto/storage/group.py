"""StorageManagerGroup: all runs of an experiment, sorted and compared."""

from __future__ import annotations

import math
from pathlib import Path

from monnto import _engine
from monnto.storage.folders import get_data_folder
from monnto.storage.manager import PARAMETERS, SimpleStorageManager
from monnto.storage.values import CaseBlindDict

MANAGERS = "#SM#"  # a parameter of this name stands for the managers themselves


class StorageManagerGroup:
    """All runs in ``Data/StorageManager/<Tag>/`` whose name contains `Tag`, sorted by name.

    `main_folder_name` is another folder to look in. ``for sm in group`` walks over the managers.
    """

    def __init__(self, Tag, main_folder_name=None, data_folder=None):  # noqa: N803
        self.Tag = Tag
        self.main_folder_name = main_folder_name or Tag
        self.data_folder = str(data_folder or get_data_folder(create_when_not_found=False))
        self.virtual_parameters = {}
        self.refresh()

    def refresh(self) -> None:
        """Look for runs again."""
        base = Path(self.data_folder) / "StorageManager"
        names = _engine.folder_store(str(base)).names(self.main_folder_name)
        self.StorageManagerList = [
            SimpleStorageManager(base / self.main_folder_name / name)
            for name in names
            if self.Tag in name
        ]

    def __iter__(self):
        return iter(self.StorageManagerList)

    def __len__(self) -> int:
        return len(self.StorageManagerList)

    def __getitem__(self, expression: str) -> list:
        """The managers of runs where the expression is true: ``group['n == 10']``, ``group['a>b']``.

        Runs that lack one of its parameters are left out.
        """
        from monnto.storage.query import Missing

        found = []
        for index, manager in enumerate(self.StorageManagerList):
            try:
                if self._value(expression, self._params(manager, index)):
                    found.append(manager)
            except Missing:
                continue
        return found

    def _value(self, expression: str, params: dict):
        from monnto.storage.query import evaluate

        # Names that are no names of Python's ("learning rate") are put in as they are written.
        names = CaseBlindDict(params)
        odd = sorted((k for k in params if not k.isidentifier()), key=len, reverse=True)
        for i, key in enumerate(odd):
            if key in expression:
                expression = expression.replace(key, f"odd_name_{i}")
                names[f"odd_name_{i}"] = params[key]
        return evaluate(expression, names)

    def _params(self, manager, index, section=PARAMETERS) -> dict:
        virtual = {name: values[index] for name, values in self.virtual_parameters.items()}
        return CaseBlindDict(manager.get_all_params(section) | virtual)

    # -- columns

    def get_param_list(self, param, section=PARAMETERS, remove_None=False) -> list:  # noqa: N803
        """One value per run; the managers themselves for ``'#SM#'``."""
        if param == MANAGERS:
            return list(self.StorageManagerList)
        values = [
            self._params(manager, index, section).get(param)
            for index, manager in enumerate(self.StorageManagerList)
        ]
        return [v for v in values if v is not None] if remove_None else values

    def get_multi_param_list(self, params, section=PARAMETERS, remove_None=True):  # noqa: N803
        """An array (parameters, runs); without runs that lack one of them, unless told otherwise."""
        import numpy as np

        rows = [self.get_param_list(param, section) for param in params]
        columns = [c for c in zip(*rows) if not remove_None or all(v is not None for v in c)]
        # Not of ints and floats together: ids must stay whole numbers.
        kinds = {type(value) for column in columns for value in column}
        if len(kinds) < 2 and kinds <= {bool, int, float}:
            return np.array(columns).T if columns else np.zeros((len(params), 0))
        values = np.empty((len(params), len(columns)), dtype=object)
        for i, column in enumerate(columns):
            for j, value in enumerate(column):
                values[j, i] = value
        return values

    def get_multi_param_dict(self, params, section=PARAMETERS, remove_None=True) -> dict:  # noqa: N803
        """The rows of get_multi_param_list by name."""
        return dict(zip(params, self.get_multi_param_list(params, section, remove_None)))

    def get_all_params(self, section=PARAMETERS, include_virtual_parameters=True) -> list:
        """The names of all parameters that any run has, in order of their first appearance."""
        names = {}
        for manager in self.StorageManagerList:
            names.update(dict.fromkeys(manager.get_all_params(section)))
        if include_virtual_parameters:
            names.update(dict.fromkeys(self.virtual_parameters))
        return list(names)

    def add_virtual_multi_parameter(self, param, value) -> None:
        """A column that is not stored: one value for all runs, or a list of one for each."""
        count = len(self.StorageManagerList)
        is_list = isinstance(value, (list, tuple)) or hasattr(value, "tolist")
        values = list(value) if is_list else [value] * count
        if len(values) != count:
            raise _engine.ShapeMismatch(f"{param}: {len(values)} values for {count} runs")
        self.virtual_parameters[param] = values

    def get_np_list(self, np_name, remove_None=False) -> list:  # noqa: N803
        """One array per run; a run without it is an error, or left out with `remove_None`."""
        return [m.load_np(np_name) for m in self._with(f"{np_name}.npy", remove_None)]

    def get_obj_list(self, obj_name, remove_None=False) -> list:  # noqa: N803
        """One object per run, as get_np_list."""
        return [m.load_obj(obj_name) for m in self._with(f"{obj_name}.obj", remove_None)]

    def _with(self, file, is_needed) -> list:
        return [m for m in self.StorageManagerList if not is_needed or m.run.has(file)]

    # -- order

    def sort_by(self, param, section=PARAMETERS) -> None:
        """Sort the runs, ascending; those that lack the parameter come first."""
        values = self.get_param_list(param, section)
        order = sorted(range(len(values)), key=lambda i: _rank(values[i]))
        self.StorageManagerList = [self.StorageManagerList[i] for i in order]
        for name, column in self.virtual_parameters.items():
            self.virtual_parameters[name] = [column[i] for i in order]

    def remove_duplicates_get_eval(self, x, y, evalstr="np.average(a)"):
        """Groups `y` by equal `x`: (each x once, sorted, the expression of the group `a`)."""
        import numpy as np

        from monnto.storage.query import evaluate

        x, y = np.asarray(x), np.asarray(y)
        unique = np.unique(x)
        values = [evaluate(evalstr, {"a": y[x == one], "np": np}) for one in unique]
        return unique, np.array(values)


def _rank(value) -> tuple:
    """Missing before numbers before texts; a NaN counts as missing."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return (0, 0)
    return (1, value) if isinstance(value, (bool, int, float)) else (2, str(value))


def load_datapoints(
    param_list,
    project_name="test",
    plot_evo_folder="Plot_Project_Clones",
    sort_by_param=None,
    return_dict=False,
):
    """Columns of the runs that a clone of the project in ``Data/<plot_evo_folder>`` has made."""
    clone = Path(get_data_folder(create_when_not_found=False)) / plot_evo_folder / project_name
    group = StorageManagerGroup(project_name, data_folder=clone / "Data")
    if sort_by_param is not None:
        group.sort_by(sort_by_param)
    if return_dict:
        return group.get_multi_param_dict(param_list)
    return group.get_multi_param_list(param_list)
