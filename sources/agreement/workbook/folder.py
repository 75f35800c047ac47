"""The files of an agreement as the workbook sees them: their trees, and what they were."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from sources.agreement.workbook.places import Trees, stem
from sources.strict_yaml import scan

_FOLDERS = ("goals", "indicators", "partners", "agreements", "conversations")
_SINGLE = ("agreement.yaml", "areas.yaml", "questions.yaml")


class Shelf(NamedTuple):
    """An agreement as texts: the tree and the bytes of every file, by its name, in order."""

    trees: Trees
    files: dict[str, bytes]

    def checksum(self, file: str) -> str:
        """Return what tells whether a file is still the one that was exported."""
        return hashlib.sha256(self.files[file]).hexdigest()

    def names(self, folder: str) -> dict[str, str]:
        """Return the ids in a folder with what people call each."""
        found = ((f, tree) for f, tree in self.trees.items() if f.startswith(f"{folder}/"))
        return {stem(file): _called(tree) for file, tree in found}


def _called(tree: Mapping[str, Any]) -> str:
    return next(str(tree[key]) for key in ("name", "partner", "place") if tree.get(key))


def read(folder: Path) -> Shelf:
    """Return the files of an agreement that can be read; a file that is empty is left out."""
    paths = [path for name in _FOLDERS for path in sorted((folder / name).glob("*.yaml"))]
    paths += [folder / name for name in _SINGLE if (folder / name).is_file()]
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    trees = {name: scan(folder / name).tree for name in files}
    return Shelf({n: tree for n, tree in trees.items() if isinstance(tree, dict)}, files)
