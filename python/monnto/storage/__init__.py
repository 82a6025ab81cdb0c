"""What runs leave: parameters, arrays, objects, pictures, in plain files below the folder `Data`."""

from monnto._engine import NothingStored, Run, RunStore, folder_run, folder_store
from monnto.storage.folders import get_data_folder, get_root_folder, get_settings
from monnto.storage.group import StorageManagerGroup, load_datapoints
from monnto.storage.manager import SimpleStorageManager, StorageManager

__all__ = [
    "NothingStored",
    "Run",
    "RunStore",
    "SimpleStorageManager",
    "StorageManager",
    "StorageManagerGroup",
    "folder_run",
    "folder_store",
    "get_data_folder",
    "get_root_folder",
    "get_settings",
    "load_datapoints",
]
