"""torch for inference and fine-tuning on a CPU: its libraries and the modules that are imported, nothing else.

Stands in for PyInstaller's own hook, which collects every module of torch twice, as bytecode and as source.
"""

from pathlib import Path

from PyInstaller.utils.hooks import PY_DYLIB_PATTERNS, collect_dynamic_libs, get_package_paths

hiddenimports = ["torch._C", "torch._VF"]
warn_on_missing_hiddenimports = False
binaries = [
    (source, target)
    for source, target in collect_dynamic_libs("torch", search_patterns=[*PY_DYLIB_PATTERNS, "*.so.*"])
    if "test" not in source.rpartition("torch")[2]
]
# A small program for sharing memory between processes; torch refuses to be imported without it.
manager = Path(get_package_paths("torch")[1]) / "bin" / "torch_shm_manager"
if manager.exists():
    binaries.append((str(manager), "torch/bin"))
# torch looks for its libraries beside themselves; links to them at the top would mislead it.
bindepend_symlink_suppression = ["**/torch/lib/*.so*"]
