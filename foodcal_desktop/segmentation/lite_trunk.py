"""EfficientNet-Lite0 (Tan & Le 2019; ImageNet weights, Apache-2.0), batch norms folded into the convolutions."""

from __future__ import annotations

from torch import Tensor, nn
from torch.nn import functional

# Expanded blocks: repeats, kernel, stride of the first, channels (EfficientNet-B0's table, width and depth 1).
_STAGES = ((2, 3, 2, 24), (2, 5, 2, 40), (3, 3, 2, 80), (3, 5, 1, 112), (4, 5, 2, 192), (1, 3, 1, 320))
_EXPANSION = 6
_OUTPUTS = (1, 2, 4, 6)
CHANNELS = (24, 40, 112, 320)
"""Channels of the outputs, /4 to /32."""


class SameConv(nn.Conv2d):
    """A convolution with TensorFlow's "SAME" padding: at stride 2 the odd pixel is added at the right and bottom."""

    def forward(self, input: Tensor) -> Tensor:
        """B×C×H×W to B×C'×⌈H/stride⌉×⌈W/stride⌉."""
        kernel, stride = self.kernel_size[0], self.stride[0]
        rows, columns = (_padding(n, kernel, stride) for n in input.shape[-2:])
        padded = functional.pad(input, (columns // 2, columns - columns // 2, rows // 2, rows - rows // 2))
        return functional.conv2d(padded, self.weight, self.bias, self.stride, 0, 1, self.groups)


def _padding(n: int, kernel: int, stride: int) -> int:
    return max((-(-n // stride) - 1) * stride + kernel - n, 0)


def _conv(inner: int, outer: int, kernel: int = 1, stride: int = 1, groups: int = 1) -> nn.Conv2d:
    if stride == 1:
        return nn.Conv2d(inner, outer, kernel, padding=kernel // 2, groups=groups)
    return SameConv(inner, outer, kernel, stride, groups=groups)


class SeparableBlock(nn.Module):
    """The first block: depthwise, then pointwise without activation."""

    def __init__(self, inner: int, outer: int) -> None:
        super().__init__()
        self.conv_dw = _conv(inner, inner, 3, groups=inner)
        self.conv_pw = _conv(inner, outer)

    def forward(self, x: Tensor) -> Tensor:
        """Same size, other channels."""
        out: Tensor = self.conv_pw(functional.relu6(self.conv_dw(x)))
        return out


class InvertedResidual(nn.Module):
    """Expand, depthwise, project; added to its input where the size stays."""

    def __init__(self, inner: int, outer: int, kernel: int, stride: int) -> None:
        super().__init__()
        wide = inner * _EXPANSION
        self.conv_pw = _conv(inner, wide)
        self.conv_dw = _conv(wide, wide, kernel, stride, groups=wide)
        self.conv_pwl = _conv(wide, outer)
        self.skip = stride == 1 and inner == outer

    def forward(self, x: Tensor) -> Tensor:
        """B×inner×H×W to B×outer×H/stride×W/stride."""
        out = functional.relu6(self.conv_dw(functional.relu6(self.conv_pw(x))))
        projected: Tensor = self.conv_pwl(out)
        return x + projected if self.skip else projected


class EfficientNetLite(nn.Module):
    """EfficientNet-Lite0 without its classifier: levels /4, /8, /16 and /32 with 24, 40, 112 and 320 channels."""

    def __init__(self) -> None:
        super().__init__()
        self.conv_stem = _conv(3, 32, 3, 2)
        stages: list[nn.Module] = [nn.Sequential(SeparableBlock(32, 16))]
        inner = 16
        for repeats, kernel, stride, outer in _STAGES:
            blocks = [
                InvertedResidual(inner if i == 0 else outer, outer, kernel, stride if i == 0 else 1)
                for i in range(repeats)
            ]
            stages.append(nn.Sequential(*blocks))
            inner = outer
        self.blocks = nn.Sequential(*stages)

    def forward(self, x: Tensor) -> list[Tensor]:
        """B×3×S×S to four levels, the finest first."""
        x = functional.relu6(self.conv_stem(x))
        levels = []
        for i, stage in enumerate(self.blocks):
            x = stage(x)
            if i in _OUTPUTS:
                levels.append(x)
        return levels
