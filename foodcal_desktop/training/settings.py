"""The settings of a training, without what trains: a recipe is read in a moment, for torch is not loaded for it."""

from __future__ import annotations

from dataclasses import dataclass, field

FROZEN, TRAINED = "frozen", "trained"
PRECISIONS = ("auto", "float32", "bf16")


@dataclass(frozen=True, slots=True)
class LossWeights:
    """How much each part counts."""

    focal: float = 20.0
    dice: float = 1.0
    iou: float = 1.0


@dataclass(frozen=True, slots=True)
class PromptMix:
    """Shares of first prompts, and how corrections stray.

    ``again`` is the share of corrections that say nothing new: the same prompts with what was found, as in a closer
    look (segmentation/closer_look.py). ``coarse`` is the share of found masks that are shown as a whole photo has them.
    """

    box: float = 0.3
    centre: float = 0.6
    box_jitter: float = 0.08
    again: float = 0.0
    coarse: float = 0.0


@dataclass(frozen=True, slots=True)
class Augmentation:
    """How far a sample may stray: probabilities 0 to 1, zooms as the share of the photo's side that is kept.

    ``close`` is the share of samples that show one object enlarged, as a second look at it does (second_look.py).
    """

    smallest_crop: float = 0.45
    zoom_out: float = 0.25
    largest_zoom_out: float = 1.8
    rotate_deg: float = 20.0
    paste: float = 0.35
    most_pasted: int = 4
    recolour: float = 0.8
    scene: float = 0.0
    close: float = 0.0


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a checkpoint is fine-tuned.

    ``encoder`` is "frozen" (its embeddings are kept, only decoder and prompt encoder learn) or "trained" (all learns,
    each layer from the heads to the input at ``layer_decay`` times the rate of the one before). ``batch`` photos with
    up to ``objects`` objects each make a step, worked on in ``split`` parts; an epoch has at least ``steps``, for which
    few photos are seen more than once. Of a frozen encoder ``views`` differently cropped and coloured views of each
    photo are kept. ``rounds`` are the shares of one, two, three … prompts in a row. ``minutes`` ends the training
    early, 0 never. ``patience`` is how many epochs may pass without a better one. ``base_share`` of the base's weights
    is in the checkpoint that comes of it.
    """

    name: str = "heads"
    encoder: str = FROZEN
    epochs: int = 12
    minutes: float = 0.0
    batch: int = 4
    split: int = 1
    objects: int = 4
    views: int = 4
    steps: int = 20
    rounds: tuple[float, ...] = (0.25, 0.35, 0.2, 0.2)
    rate: float = 2e-4
    layer_decay: float = 0.8
    warm_up: float = 0.1
    weight_decay: float = 0.05
    clip: float = 1.0
    ema: float = 0.98
    patience: int = 5
    base_share: float = 0.0
    precision: str = "auto"
    seed: int = 0
    loss: LossWeights = field(default_factory=LossWeights)
    prompts: PromptMix = field(default_factory=PromptMix)
    augmentation: Augmentation = field(default_factory=Augmentation)


@dataclass(frozen=True, slots=True)
class LiteRecipe:
    """Settings of a run. Sides are used one after another, each for its share of the time."""

    minutes: float = 60.0
    sides: tuple[int, ...] = (352, 448)
    side_shares: tuple[float, ...] = (0.5, 0.5)
    batch: int = 6
    objects: int = 4
    rounds: tuple[float, ...] = (0.25, 0.4, 0.35)
    rate: float = 4e-4
    trunk_rate_share: float = 0.15
    warm_up_share: float = 0.03
    weight_decay: float = 0.05
    clip: float = 1.0
    ema: float = 0.9985
    frozen_stages: int = 2
    seed: int = 0
    loss: LossWeights = field(default_factory=LossWeights)
    prompts: PromptMix = field(default_factory=PromptMix)
    augmentation: Augmentation = field(default_factory=Augmentation)

    @property
    def encoder(self) -> str:
        """It learns too."""
        return "trained"

    @property
    def epochs(self) -> int:
        """Time is what bounds such a run; it counts as one epoch."""
        return 1
