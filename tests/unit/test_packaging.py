"""A quick check of what packaging says, without building anything: that takes a quarter of an hour (make package)."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from foodcal_desktop import cli
from foodcal_desktop.commands import doctoring
from foodcal_desktop.storage.photos import SUFFIXES

REPOSITORY = Path(__file__).resolve().parents[2]
PACKAGING = REPOSITORY / "packaging"


def _load(name: str) -> ModuleType:
    specification = importlib.util.spec_from_file_location(f"packaging_{name}", PACKAGING / f"{name}.py")
    assert specification is not None and specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


contents = _load("contents")


def _spec() -> dict[str, object]:
    """Run build.spec with PyInstaller's building blocks replaced by recorders; what they were given."""
    given: dict[str, object] = {}

    class Recorded:
        pure = scripts = ()
        binaries = [
            ("libfoo.so", "", "BINARY"),
            ("PySide6/Qt/plugins/sqldrivers/libqsqlite.so", "", "BINARY"),
            ("torch/lib/libjitbackend_test.so", "", "BINARY"),
        ]
        datas = [("resources/foods.csv", "", "DATA"), ("numpy/__init__.pyi", "", "DATA")]

        def __init__(self, *arguments: object, **options: object) -> None:
            self.arguments, self.options = arguments, options

    def recorder(name: str):
        def make(*arguments: object, **options: object) -> Recorded:
            made = Recorded(*arguments, **options)
            given[name] = made
            return made

        return make

    names = {name: recorder(name) for name in ("Analysis", "PYZ", "EXE", "COLLECT", "BUNDLE")}
    source = (REPOSITORY / "build.spec").read_text(encoding="utf-8")
    exec(compile(source, "build.spec", "exec"), {**names, "SPECPATH": str(REPOSITORY)})
    return given


@pytest.fixture(scope="module")
def spec() -> dict[str, object]:
    before = list(sys.path)
    try:
        return _spec()
    finally:
        sys.path[:] = before
        sys.modules.pop("contents", None)


def test_spec_collects_every_module_of_ours(spec) -> None:
    hidden = set(spec["Analysis"].options["hiddenimports"])
    for path in (REPOSITORY / "foodcal_desktop").rglob("*.py"):
        parts = path.relative_to(REPOSITORY).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        assert name in hidden, f"{name} would be missing in the frozen program"


def test_spec_collects_what_hydra_imports_by_name(spec) -> None:
    """The configs of sam2 name classes; each class's module must come along."""
    hidden = set(spec["Analysis"].options["hiddenimports"])
    configs = list((Path(importlib.util.find_spec("sam2").origin).parent / "configs" / "sam2.1").glob("*.yaml"))
    assert configs
    for config in configs:
        for line in config.read_text().splitlines():
            if "_target_:" in line and "sam2.modeling" in line:
                assert line.split("_target_:")[1].strip().rpartition(".")[0] in hidden, line


def test_spec_brings_what_the_program_reads(spec) -> None:
    datas = spec["Analysis"].options["datas"]
    assert {target for source, target in datas if Path(source).is_dir()} == {"resources", "models", "recipes"}
    assert {Path(source).name for source, _target in datas if not Path(source).is_dir()} == {"METADATA"}


def test_spec_filters_what_was_collected(spec) -> None:
    analysis = spec["Analysis"]
    assert [entry[0] for entry in analysis.binaries] == ["libfoo.so"]
    assert [entry[0] for entry in analysis.datas] == ["resources/foods.csv"]
    assert spec["COLLECT"].options["name"] == "foodcal-desktop"


def test_nothing_excluded_is_imported_by_us() -> None:
    """Every module that is excluded may be absent: none of ours, and nothing of sam2's networks, asks for it."""
    wanted = ("foodcal_desktop", "sam2.modeling")
    assert not [name for name in contents.EXCLUDED_MODULES if name.startswith(wanted)]
    absent = ("torchvision", "scipy", "pandas", "av", "onnxruntime", "pycocotools", "networkx", "rich", "jinja2")
    for path in (REPOSITORY / "foodcal_desktop").rglob("*.py"):
        for line in path.read_text(encoding="utf-8").splitlines():
            words = line.split()
            if words[:1] in (["import"], ["from"]) and not line.startswith(" "):
                assert words[1].split(".")[0] not in absent, f"{path.name}: {line}"


@pytest.mark.parametrize(
    "name",
    [
        "_internal/torchvision/_C.so",
        "_internal/torch/lib/libtorch_cuda.so",
        "_internal/nvidia/cublas/lib/libcublas.so.12",
        "_internal/libcudart-d0da41ae.so.11.0",
        "_internal/cv2/qt/plugins/platforms/libqxcb.so",
        "_internal/PyQt6/QtCore.abi3.so",
        "_internal/PySide6/Qt/lib/libQt6WebEngineCore.so.6",
        "_internal\\PySide6\\Qt6Quick.dll",
        "_internal/hypothesis/core.pyc",
    ],
)
def test_unwelcome_files_are_found(name: str) -> None:
    assert contents.forbidden(["_internal/torch/lib/libtorch_cpu.so", name]) == [name]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/plugins/platforms/libqeglfs.so", False),
        ("PySide6\\plugins\\platforms\\qwindows.dll", True),
        ("PySide6/Qt/plugins/iconengines/libqsvgicon.so", True),
        ("PySide6/Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so", True),
        ("PySide6/Qt/plugins/sqldrivers/libqsqlite.so", False),
        ("PySide6/Qt/translations/qtbase_ko.qm", True),
        ("PySide6/Qt/translations/qt_help_ko.qm", False),
        ("PySide6/Qt/lib/libQt6Quick.so.6", False),
        ("torch/lib/libtorch_cpu.so", True),
        ("torch/lib/libtorchbind_test.so", False),
        ("torch/bin/torch_shm_manager", True),
        ("torch/include/ATen/ATen.h", False),
        ("sam2/configs/sam2.1/sam2.1_hiera_t.yaml", True),
        ("libxcb-cursor.so.0", True),
        ("libglib-2.0.so.0", False),
        ("av-18.1.0.dist-info/METADATA", False),
    ],
)
def test_files_are_chosen(name: str, wanted: bool) -> None:
    assert contents.is_wanted(name) is wanted


def test_sizes_are_counted_once(tmp_path: Path) -> None:
    sizes = _load("sizes")
    (tmp_path / "_internal" / "torch" / "lib").mkdir(parents=True)
    (tmp_path / "foodcal-desktop").write_bytes(b"x" * 3_000_000)
    library = tmp_path / "_internal" / "torch" / "lib" / "libtorch_cpu.so"
    library.write_bytes(b"x" * 5_000_000)
    (tmp_path / "_internal" / "libtorch_cpu.so").symlink_to(library)
    assert sum(sizes.measured(tmp_path).values()) == 8_000_000
    assert "| torch: libraries | 5.0 |" in sizes.table(tmp_path)
    assert "| **all** | **8.0** |" in sizes.table(tmp_path)


def test_desktop_entry_opens_every_photo_format() -> None:
    entry = (PACKAGING / "linux" / "foodcal-desktop.desktop").read_text(encoding="utf-8")
    offered = next(line for line in entry.splitlines() if line.startswith("MimeType="))
    types = {"jpeg", "png", "webp", "heic", "avif", "tiff", "bmp", "gif"}
    assert all(f"image/{kind};" in offered for kind in types)
    assert {suffix.lstrip(".").replace("jpg", "jpeg") for suffix in SUFFIXES} & types == types
    assert "Exec=foodcal-desktop %F" in entry


def test_manual_page_knows_the_commands() -> None:
    page = (PACKAGING / "linux" / "foodcal-desktop.1").read_text(encoding="utf-8")
    described = page.partition(".SH COMMANDS")[2].partition(".SH OPTIONS")[0]
    headings = " ".join(line for line in described.splitlines() if line.startswith((".BI", ".B ")))
    missing = [name for name in cli.cli.list_commands(None) if name not in headings]
    assert missing == []


@pytest.mark.skipif(sys.platform == "win32", reason="scripts for bash")
@pytest.mark.parametrize("script", ["test_frozen.sh", "macos/dmg.sh"])
def test_scripts_are_well_formed(script: str) -> None:
    assert subprocess.run(["bash", "-n", str(PACKAGING / script)]).returncode == 0


def test_icon_is_drawn_in_every_size(tmp_path: Path, qapp) -> None:
    from PIL import Image

    pngs = _load("icons").render(tmp_path)
    for path in pngs:
        with Image.open(path) as image:
            assert image.size == (int(path.stem), int(path.stem))
            assert image.getchannel("A").getextrema() == (0, 255)
    assert (tmp_path / "foodcal-desktop.ico").stat().st_size > 1000
    assert (tmp_path / "foodcal-desktop.icns").stat().st_size > 1000


def test_doctor_can_tell_the_version_of_every_package_it_names() -> None:
    assert set(contents.DESCRIBED_PACKAGES) == set(doctoring._PACKAGES)
    described = contents.descriptions()
    assert len(described) == len(contents.DESCRIBED_PACKAGES)
    for file, folder in described:
        assert "Version: " in Path(file).read_text(encoding="utf-8", errors="replace")
        assert contents.is_wanted(f"{folder}/METADATA")
