"""Where a checkpoint runs: CUDA, Apple's MPS or the CPU, with how many threads and in which precision."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace

import torch

CHOICES = ("auto", "cuda", "mps", "cpu")


class DeviceError(ValueError):
    """The wanted device is not there; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Device:
    """A device, the precision its encoder runs in, and a description for people.

    ``autocast`` is the lower precision that is both supported and faster there, or None for plain float32. Prompts are
    always decoded in float32: it takes milliseconds, and thresholds are sharp.
    """

    torch_device: torch.device
    autocast: torch.dtype | None
    description: str

    @property
    def kind(self) -> str:
        """ "cuda", "mps" or "cpu"."""
        return str(self.torch_device.type)

    @contextlib.contextmanager
    def encoding(self) -> Iterator[None]:
        """Inference of encoder and memory on this device: no gradients, and autocast where it helps."""
        with torch.inference_mode(), torch.autocast(self.kind, dtype=self.autocast, enabled=self.autocast is not None):
            yield

    @contextlib.contextmanager
    def decoding(self) -> Iterator[None]:
        """Inference of prompts on this device, in float32."""
        with torch.inference_mode(), torch.autocast(self.kind, enabled=False):
            yield


def available() -> tuple[str, ...]:
    """The kinds of device this machine's torch can use, the fastest first."""
    kinds = [("cuda", torch.cuda.is_available()), ("mps", torch.backends.mps.is_available()), ("cpu", True)]
    return tuple(kind for kind, there in kinds if there)


def choose(wanted: str = "auto", *, exact: bool = False) -> Device:
    """The fastest device, or the wanted one; prepares the CPU's threads.

    Args:
        wanted: "auto", "cuda", "mps" or "cpu".
        exact: all in float32, for comparisons.

    Raises:
        DeviceError: there is no such device on this machine.
    """
    there = available()
    if wanted not in (*CHOICES, *there):
        raise DeviceError(f"'{wanted}' is no device; choose auto, cuda, mps or cpu.")
    if wanted != "auto" and wanted not in there:
        raise DeviceError(f"This computer has no {wanted.upper()} device that torch can use; choose auto or cpu.")
    kind = there[0] if wanted == "auto" else wanted
    device = {"cuda": _cuda, "mps": _mps, "cpu": _cpu}[kind]()
    return replace(device, autocast=None) if exact else device


def _cuda() -> Device:
    name = torch.cuda.get_device_name()
    # From Ampere (compute capability 8) on bf16 is native; before, torch only emulates it, slower than float32.
    native = torch.cuda.get_device_capability()[0] >= 8
    precision = torch.bfloat16 if native else None
    return Device(torch.device("cuda"), precision, f"{name} (CUDA, {'bf16' if native else 'float32'})")


def _mps() -> Device:
    os.environ.setdefault("PYTORCH_ENABLE_MPS_FALLBACK", "1")
    return Device(torch.device("mps"), None, "Apple GPU (MPS, float32)")


def _cpu() -> Device:
    threads = inference_threads(os.cpu_count() or 1)
    torch.set_num_threads(threads)
    plural = "thread" if threads == 1 else "threads"
    autocast = cpu_autocast()
    precision = "bf16" if autocast else "float32"
    return Device(torch.device("cpu"), autocast, f"CPU ({threads} {plural}, {precision}, {instruction_set()})")


def inference_threads(cores: int) -> int:
    """Threads for inference, so that the window keeps a core: all but one, all but two from eight cores on.

    Two cores are both used: half the speed would cost more than the window gains, whose thread the system favours over
    the niced encoder's.
    """
    if cores <= 2:
        return max(cores, 1)
    return cores - (2 if cores >= 8 else 1)


def instruction_set() -> str:
    """What torch's kernels use on this CPU, such as "AVX2", "AVX512" or "DEFAULT"."""
    return str(torch.backends.cpu.get_cpu_capability())


def _has(probe: str) -> bool:
    """Ask one of torch.cpu's probes; a torch without it does not know the instruction either."""
    function = getattr(torch.cpu, probe, None)
    return bool(function()) if callable(function) else False


def cpu_autocast() -> torch.dtype | None:
    """bf16 where the CPU multiplies it natively (AMX tiles or AVX-512 BF16: half the time), else None.

    Without such instructions bf16 is emulated and up to 15 times slower than float32.
    """
    native = _has("_is_amx_tile_supported") or _has("_is_avx512_bf16_supported")
    return torch.bfloat16 if native else None


def is_out_of_memory(error: BaseException) -> bool:
    """Whether an error of torch (any device) or Python means that memory ran out."""
    if isinstance(error, MemoryError | torch.OutOfMemoryError):
        return True
    text = str(error).lower()
    return isinstance(error, RuntimeError) and any(
        words in text for words in ("out of memory", "can't allocate memory", "not enough memory")
    )


def release_memory(kind: str) -> None:
    """Give the device's cached memory back."""
    if kind == "cuda":
        torch.cuda.empty_cache()
    elif kind == "mps":
        torch.mps.empty_cache()
