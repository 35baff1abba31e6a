"""torch for inference and fine-tuning on a CPU: its libraries and the modules that are imported, nothing else.

Stands in for PyInstaller's own hook, which collects every module of torch twice, as bytecode and as source.
"""

from pathlib import Path

from PyInstaller.utils.hooks import PY_DYLIB_PATTERNS, collect_dynamic_libs, get_package_paths

folder = Path(get_package_paths("torch")[1])
warn_on_missing_hiddenimports = False
# What no import statement leads to. An optimizer's first step imports torch._dynamo, which loads its polyfills by name.
hiddenimports = [
    "torch._C",
    "torch._VF",
    "torch._functorch.deprecated",
    "torch._functorch.make_functional",
    "torch.onnx.operators",
    "torch.testing._internal.distributed.fake_pg",
    *(f"torch._dynamo.polyfills.{path.stem}" for path in (folder / "_dynamo" / "polyfills").glob("[a-z]*.py")),
]
binaries = [
    (source, target)
    for source, target in collect_dynamic_libs("torch", search_patterns=[*PY_DYLIB_PATTERNS, "*.so.*"])
    if "test" not in source.rpartition("torch")[2]
]
# Settings modules that read comments in their own source when they are imported; no other source is asked for.
module_collection_mode = {
    ".".join(path.relative_to(folder.parent).with_suffix("").parts): "pyz+py"
    for path in folder.rglob("*config*.py")
    if "install_config_module(sys.modules" in path.read_text(encoding="utf-8")
}
# A small program for sharing memory between processes; torch refuses to be imported without it.
manager = folder / "bin" / "torch_shm_manager"
if manager.exists():
    binaries.append((str(manager), "torch/bin"))
# torch looks for its libraries beside themselves; links to them at the top would mislead it.
bindepend_symlink_suppression = ["**/torch/lib/*.so*"]
