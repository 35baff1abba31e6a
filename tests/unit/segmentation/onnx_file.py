"""A tiny ONNX file written byte by byte, so that no test needs the onnx package.

The network adds its input's mean, times a factor, to a constant answer: with factor 0 its boxes are known, with another
one a test sees what the input was. Field numbers are those of onnx.proto (ONNX 1.16, IR version 8, opset 13).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_FLOAT = 1


def _varint(number: int) -> bytes:
    out = bytearray()
    while True:
        number, low = number >> 7, number & 0x7F
        out.append(low | (0x80 if number else 0))
        if not number:
            return bytes(out)


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, value: bytes | str) -> bytes:
    data = value.encode() if isinstance(value, str) else value
    return _varint(field << 3 | 2) + _varint(len(data)) + data


def _tensor(name: str, values: NDArray[np.float32]) -> bytes:
    dims = b"".join(_number(1, n) for n in values.shape)
    return dims + _number(2, _FLOAT) + _bytes(8, name) + _bytes(9, values.astype("<f4").tobytes())


def _value(name: str, shape: tuple[int | str, ...]) -> bytes:
    dims = b"".join(_bytes(1, _number(1, n) if isinstance(n, int) else _bytes(2, n)) for n in shape)
    return _bytes(1, name) + _bytes(2, _bytes(1, _number(1, _FLOAT) + _bytes(2, dims)))


def _node(kind: str, inputs: list[str], output: str, attribute: bytes = b"") -> bytes:
    return b"".join(_bytes(1, i) for i in inputs) + _bytes(2, output) + _bytes(4, kind) + attribute


def _keepdims(value: int) -> bytes:
    return _bytes(5, _bytes(1, "keepdims") + _number(3, value) + _number(20, 2))


def write_onnx(
    path: Path,
    answer: NDArray[np.float32],
    names: str = "",
    shape: tuple[int | str, ...] = (1, 3, 64, 64),
    factor: float = 0.0,
) -> Path:
    """A file whose first output is ``answer`` + factor × the input's mean."""
    nodes = [
        _node("ReduceMean", ["images"], "mean", _keepdims(0)),
        _node("Mul", ["mean", "factor"], "part"),
        _node("Add", ["answer", "part"], "output0"),
    ]
    graph = b"".join(_bytes(1, node) for node in nodes) + _bytes(2, "tiny")
    graph += _bytes(5, _tensor("answer", answer)) + _bytes(5, _tensor("factor", np.float32([factor])[0:1].reshape(())))
    graph += _bytes(11, _value("images", shape)) + _bytes(12, _value("output0", answer.shape))
    model = _number(1, 8) + _bytes(7, graph) + _bytes(8, _bytes(1, "") + _number(2, 13))
    if names:
        model += _bytes(14, _bytes(1, "names") + _bytes(2, names))
    path.write_bytes(model)
    return path
