"""SAM 2's mask decoder for clicks: the numbers of sam2's MaskDecoder without the work that it repeats at every click.

What is saved against ``sam2.modeling.sam.{mask_decoder,transformer}``, the same up to the order of additions:

- The first layer's projections of the photo depend on the photo alone: made once, unless a previous mask is a prompt.
- Few tokens look at 4,096 positions. So the positions are never projected: with q·(W k) = (Wᵀ q)·k the tokens are, and
  the mean of values is taken before their projection. That halves the products, and drops constants softmax ignores.
- The transposed convolutions (kernel 2, stride 2) are matrix products whose outputs stay in patch order; only the final
  masks are put into rows and columns. The finer levels of the embedding are put into that order once per photo.

Shapes: B prompts (one annotation each), T tokens, N = 64 × 64 positions, C = 256 channels, H heads of E channels.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional


@dataclass(frozen=True, slots=True)
class PreparedPhoto:
    """What all clicks on one photo share. ``keys`` has the "no previous mask" embedding added, ``pixels`` not."""

    pixels: Tensor  # N × C
    keys: Tensor  # N × C
    first_keys: Tensor  # H × E × N: for the first attention of the tokens to the photo
    first_values: Tensor  # H × N × E
    first_queries: Tensor  # H × E × N: for the first attention of the photo to the tokens
    fine: Tensor  # 4N × C/4: the /8 level, in patch order
    finest: Tensor  # 16N × C/8: the /4 level, in patch order


class _Attention:
    """The weights of a sam2 Attention, by head; queries are scaled here by 1/√E."""

    def __init__(self, attention: Any) -> None:
        self.heads = attention.num_heads
        self.scale = (attention.internal_dim // attention.num_heads) ** -0.5
        self.project_q, self._k, self._v = attention.q_proj, attention.k_proj, attention.v_proj
        self._out = attention.out_proj
        self.q_weight, self.k_weight = self._by_head(self.project_q.weight), self._by_head(self._k.weight)  # H × E × C
        self.v_weight = self._by_head(self._v.weight).transpose(1, 2).contiguous()  # H × C × E
        self.out_weight = self._by_head(self._out.weight.T)  # H × E × C
        self.q_bias = _grouped(self.project_q.bias, 0, self.heads)[:, None]  # H × 1 × E
        self.v_bias = _grouped(self._v.bias, 0, self.heads)[:, None]  # H × 1 × E
        self.out_bias = self._out.bias

    def _by_head(self, weight: Tensor) -> Tensor:
        return _grouped(weight, 0, self.heads).contiguous()

    def split(self, x: Tensor) -> Tensor:
        """…×T×(H·E) to …×H×T×E."""
        return _grouped(x, -1, self.heads).transpose(-3, -2)

    def q(self, tokens: Tensor) -> Tensor:
        """Scaled queries of tokens, B×H×T×E."""
        queries: Tensor = self.split(self.project_q(tokens)) * self.scale
        return queries

    def k(self, x: Tensor) -> Tensor:
        """Keys by head."""
        return self.split(self._k(x))

    def v(self, x: Tensor) -> Tensor:
        """Values by head."""
        return self.split(self._v(x))

    def out(self, by_head: Tensor) -> Tensor:
        """B×H×T×E to B×T×C."""
        joined: Tensor = self._out(by_head.transpose(-3, -2).flatten(-2))
        return joined


class _TokensToPhoto:
    """Attention of the tokens to the photo's positions, which are never projected."""

    def __init__(self, attention: Any) -> None:
        self.weights = _Attention(attention)

    def __call__(self, tokens: Tensor, keys: Tensor, placed: Tensor) -> Tensor:
        """Tokens B×T×C, positions (B or 1)×N×C without and with their positional encoding, to B×T×C."""
        w = self.weights
        asked = (w.q(tokens) @ w.k_weight).flatten(1, 2)
        seen = torch.softmax(asked @ placed.transpose(1, 2), dim=-1) @ keys
        return w.out(_grouped(seen, 1, w.heads) @ w.v_weight + w.v_bias)

    def first(self, tokens: Tensor, photo: PreparedPhoto) -> Tensor:
        """The same from the photo's stored projections."""
        w = self.weights
        return w.out(torch.softmax(w.q(tokens) @ photo.first_keys, dim=-1) @ photo.first_values)


class _PhotoToTokens:
    """Attention of the photo's positions to the tokens, added to the positions."""

    def __init__(self, attention: Any) -> None:
        self.weights = _Attention(attention)

    def __call__(self, keys: Tensor, placed: Tensor, queries: Tensor, tokens: Tensor) -> Tensor:
        """Positions (B or 1)×N×C, tokens B×T×C without and with their encoding, to B×N×C."""
        w = self.weights
        k = w.k(queries + tokens) * w.scale
        asked = (k @ w.q_weight).flatten(1, 2)
        scores = asked @ placed.transpose(1, 2) + (k * w.q_bias).sum(-1).flatten(1)[..., None]
        return self._add(keys, _grouped(scores, 1, w.heads), queries)

    def first(self, photo: PreparedPhoto, queries: Tensor, tokens: Tensor) -> Tensor:
        """The same from the photo's stored projections."""
        w = self.weights
        scores = (w.k(queries + tokens) * w.scale) @ photo.first_queries
        return self._add(photo.keys[None], scores, queries)

    def _add(self, keys: Tensor, scores: Tensor, queries: Tensor) -> Tensor:
        """Positions (B or 1)×N×C plus what the tokens give by scores B×H×T×N."""
        w = self.weights
        # The positions stand last: a softmax over the few tokens of a contiguous row would be three times slower.
        shares = torch.softmax(scores, dim=-2).flatten(1, 2).transpose(1, 2)
        # Each head's shares sum to 1, so the output's bias may ride on the values, a part on each head.
        given = (w.v(queries) @ w.out_weight + w.out_bias / w.heads).flatten(1, 2)
        return torch.baddbmm(keys.expand(shares.shape[0], -1, -1), shares, given)


class _Layer:
    """A TwoWayAttentionBlock."""

    def __init__(self, block: Any) -> None:
        self._block = block
        self.to_photo = _TokensToPhoto(block.cross_attn_token_to_image)
        self.to_tokens = _PhotoToTokens(block.cross_attn_image_to_token)

    def __call__(self, queries: Tensor, tokens: Tensor, keys: Tensor, position: Tensor) -> tuple[Tensor, Tensor]:
        """Queries B×T×C, tokens B×T×C (their encoding), keys B×N×C, position N×C; queries and keys anew."""
        placed = keys + position
        queries = self._among_tokens(queries, tokens)
        queries = self._perceive(queries, self.to_photo(queries + tokens, keys, placed))
        return queries, self._block.norm4(self.to_tokens(keys, placed, queries, tokens))

    def first(self, tokens: Tensor, photo: PreparedPhoto) -> tuple[Tensor, Tensor]:
        """The first layer from the photo's stored projections."""
        queries = self._among_tokens(tokens, tokens)
        queries = self._perceive(queries, self.to_photo.first(queries + tokens, photo))
        return queries, self._block.norm4(self.to_tokens.first(photo, queries, tokens))

    def _among_tokens(self, queries: Tensor, tokens: Tensor) -> Tensor:
        block = self._block
        if block.skip_first_layer_pe:
            attended: Tensor = block.self_attn(q=queries, k=queries, v=queries)
        else:
            mixed = queries + tokens
            attended = queries + block.self_attn(q=mixed, k=mixed, v=queries)
        normed: Tensor = block.norm1(attended)
        return normed

    def _perceive(self, queries: Tensor, seen: Tensor) -> Tensor:
        queries = self._block.norm2(queries + seen)
        perceived: Tensor = self._block.norm3(queries + self._block.mlp(queries))
        return perceived


class ClickDecoder:
    """The decoder of one checkpoint, made from the loaded network; holds its constants on the network's device."""

    def __init__(self, network: Any) -> None:
        decoder, encoder = network.sam_mask_decoder, network.sam_prompt_encoder
        self._side: int = encoder.image_embedding_size[0]
        self._no_mask = encoder.no_mask_embed.weight
        self._position = encoder.get_dense_pe()[0].flatten(1).T.contiguous()
        self._layers = [_Layer(block) for block in decoder.transformer.layers]
        self._final = _TokensToPhoto(decoder.transformer.final_attn_token_to_image)
        self._norm_final = decoder.transformer.norm_final_attn
        self._upscale = _Upscale(decoder.output_upscaling)
        own = (decoder.obj_score_token.weight, decoder.iou_token.weight, decoder.mask_tokens.weight)
        self._own_tokens = torch.cat(own)
        self._mask_heads = _MaskHeads(decoder.output_hypernetworks_mlps)
        self._iou_head = decoder.iou_prediction_head

    def prepare(self, embedding: Tensor, fine: Tensor, finest: Tensor) -> PreparedPhoto:
        """C×64×64, C/4×128×128 and C/8×256×256 (no batch) to what clicks share."""
        pixels = embedding.flatten(1).T.contiguous()
        keys = pixels + self._no_mask
        placed, layer = keys + self._position, self._layers[0]
        to_photo, to_tokens = layer.to_photo.weights, layer.to_tokens.weights
        first_keys = to_photo.k(placed).transpose(-1, -2).contiguous()
        first_queries = to_tokens.split(to_tokens.project_q(placed)).transpose(-1, -2).contiguous()
        values = to_photo.v(keys).contiguous()
        return PreparedPhoto(pixels, keys, first_keys, values, first_queries, _patches(fine, 1), _patches(finest, 2))

    def decode(self, photo: PreparedPhoto, sparse: Tensor, mask: Tensor | None) -> tuple[Tensor, Tensor]:
        """Masks and their predicted IoU for B prompts.

        Args:
            photo: from ``prepare``.
            sparse: B×P×C, the prompt encoder's embedding of points and boxes.
            mask: B×C×64×64, its embedding of previous masks, or None for none.

        Returns:
            logits B×4×256×256 and predicted IoU B×4; the first is the single mask, the other three are the multimask.
        """
        tokens = torch.cat([self._own_tokens.expand(sparse.shape[0], -1, -1), sparse], dim=1)
        queries, keys = self._first_layer(tokens, photo, mask)
        for layer in self._layers[1:]:
            queries, keys = layer(queries, tokens, keys, self._position)
        queries = self._norm_final(queries + self._final(queries + tokens, keys, keys + self._position))
        rows = self._upscale(keys, photo) @ self._mask_heads(queries[:, 2:6]).transpose(1, 2)
        return _rows_and_columns(rows, self._side), self._iou_head(queries[:, 1])

    def _first_layer(self, tokens: Tensor, photo: PreparedPhoto, mask: Tensor | None) -> tuple[Tensor, Tensor]:
        if mask is None:
            return self._layers[0].first(tokens, photo)
        keys = photo.pixels + mask.flatten(2).transpose(1, 2)
        return self._layers[0](tokens, tokens, keys, self._position)


class _Upscale:
    """MaskDecoder.output_upscaling with the finer levels of the embedding, in patch order."""

    def __init__(self, layers: Any) -> None:
        first, self._norm, _, second, _ = layers
        self._first, self._second = _as_linear(first), _as_linear(second)

    def __call__(self, keys: Tensor, photo: PreparedPhoto) -> Tensor:
        batch, positions = keys.shape[0], keys.shape[1]
        x = functional.linear(keys, *self._first).view(batch, 4 * positions, -1).add_(photo.fine)
        x = functional.gelu(
            functional.layer_norm(x, (x.shape[-1],), self._norm.weight, self._norm.bias, self._norm.eps)
        )
        return functional.gelu(functional.linear(x, *self._second).view(batch, 16 * positions, -1).add_(photo.finest))


class _MaskHeads:
    """The four small perceptrons that turn mask tokens into weights over the upscaled channels, run as one."""

    def __init__(self, perceptrons: Any) -> None:
        levels = range(len(perceptrons[0].layers))
        every = [[one.layers[level] for one in perceptrons] for level in levels]
        self._weights = [torch.stack([layer.weight.T for layer in level]) for level in every]
        self._biases = [torch.stack([layer.bias for layer in level])[:, None] for level in every]

    def __call__(self, tokens: Tensor) -> Tensor:
        x = tokens.transpose(0, 1)
        for number, (weight, bias) in enumerate(zip(self._weights, self._biases, strict=True)):
            x = torch.baddbmm(bias, functional.relu(x) if number else x, weight)
        return x.transpose(0, 1)


def _grouped(x: Tensor, axis: int, groups: int) -> Tensor:
    """The axis split in two, ``groups`` of as many as there are."""
    parts: Tensor = torch.unflatten(x, axis, (groups, -1))  # type: ignore[no-untyped-call]
    return parts


def _as_linear(layer: Any) -> tuple[Tensor, Tensor]:
    """A ConvTranspose2d of kernel 2 and stride 2 as weight and bias of a linear layer to 4 patches' channels."""
    weight = layer.weight.permute(2, 3, 1, 0).flatten(0, 2).contiguous()
    return weight, layer.bias.repeat(4)


def _patches(level: Tensor, depth: int) -> Tensor:
    """C×H×W to rows in patch order: position, then its 2×2 parts, and (depth 2) each part's 2×2 parts."""
    channels, side = level.shape[0], level.shape[1] >> depth
    split = level.reshape(channels, side, *[2] * depth, side, *[2] * depth)
    pairs = [axis for step in range(depth) for axis in (2 + step, 3 + depth + step)]
    return split.permute(1, 2 + depth, *pairs, 0).reshape(-1, channels).contiguous()


def _rows_and_columns(rows: Tensor, side: int) -> Tensor:
    """B×16N×M in patch order to B×M×4side×4side."""
    batch, masks = rows.shape[0], rows.shape[2]
    split = rows.view(batch, side, side, 2, 2, 2, 2, masks)
    return split.permute(0, 7, 1, 3, 5, 2, 4, 6).reshape(batch, masks, 4 * side, 4 * side)
