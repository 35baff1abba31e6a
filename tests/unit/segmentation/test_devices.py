"""Choosing a device, threads and precision; what counts as out of memory."""

from __future__ import annotations

import pytest
import torch

from foodcal_desktop.segmentation import devices
from foodcal_desktop.segmentation.devices import DeviceError, choose, inference_threads, is_out_of_memory


def pretend(monkeypatch: pytest.MonkeyPatch, *, cuda: bool = False, mps: bool = False, capability: int = 8) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: cuda)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: mps)
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda: "Card")
    monkeypatch.setattr(torch.cuda, "get_device_capability", lambda: (capability, 0))


def test_the_cpu_is_always_there(monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch)
    assert choose("auto").kind == choose("cpu").kind == "cpu"


def test_auto_prefers_cuda_then_mps(monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch, cuda=True, mps=True)
    assert choose("auto").kind == "cuda"
    pretend(monkeypatch, mps=True)
    assert choose("auto").kind == "mps"
    assert choose("cpu").kind == "cpu"


@pytest.mark.parametrize(("capability", "precision"), [(8, torch.bfloat16), (9, torch.bfloat16), (7, None)])
def test_cuda_uses_bf16_only_where_it_is_native(
    monkeypatch: pytest.MonkeyPatch, capability: int, precision: torch.dtype | None
) -> None:
    pretend(monkeypatch, cuda=True, capability=capability)
    assert choose("cuda").autocast is precision
    assert choose("cuda", exact=True).autocast is None


@pytest.mark.parametrize("native", [True, False])
def test_the_cpu_uses_bf16_only_where_it_is_native(monkeypatch: pytest.MonkeyPatch, native: bool) -> None:
    monkeypatch.setattr(torch.cpu, "_is_amx_tile_supported", lambda: False, raising=False)
    monkeypatch.setattr(torch.cpu, "_is_avx512_bf16_supported", lambda: native, raising=False)
    device = choose("cpu")
    assert device.autocast is (torch.bfloat16 if native else None)
    assert ("bf16" in device.description) is native


def test_a_torch_without_the_probes_means_no_bf16(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(torch.cpu, "_is_amx_tile_supported", raising=False)
    monkeypatch.delattr(torch.cpu, "_is_avx512_bf16_supported", raising=False)
    assert choose("cpu").autocast is None


def test_encoding_casts_and_decoding_does_not() -> None:
    device = devices.Device(torch.device("cpu"), torch.bfloat16, "")
    a = torch.ones(4, 4)
    with device.encoding():
        assert (a @ a).dtype == torch.bfloat16
        assert torch.is_inference_mode_enabled()
    with device.decoding():
        assert (a @ a).dtype == torch.float32


def test_a_device_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch)
    with pytest.raises(DeviceError, match="no CUDA device"):
        choose("cuda")
    with pytest.raises(DeviceError, match="choose auto, cuda, mps or cpu"):
        choose("tpu")


@pytest.mark.parametrize(("cores", "threads"), [(1, 1), (2, 2), (4, 3), (7, 6), (8, 6), (16, 14)])
def test_threads_are_left_for_the_window(cores: int, threads: int) -> None:
    assert inference_threads(cores) == threads


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2 GiB"), True),
        (RuntimeError("MPS backend out of memory (MPS allocated: 5 GB)"), True),
        (RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory: you tried to allocate"), True),
        (RuntimeError("DefaultCPUAllocator: not enough memory: you tried to allocate"), True),
        (MemoryError(), True),
        (RuntimeError("shape mismatch"), False),
        (ValueError("out of memory"), False),
    ],
)
def test_what_counts_as_out_of_memory(error: Exception, expected: bool) -> None:
    assert is_out_of_memory(error) is expected
