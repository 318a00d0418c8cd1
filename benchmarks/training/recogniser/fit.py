"""Fit the layers of the recogniser above its convolutions by CTC on drawn words.

python fit.py words1.npz words2.npz --to ../../../src/figpath/data/recogniser.npz
"""

from __future__ import annotations

import argparse
import random
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from layers import Layers, parameters_of
from torch import nn

from figpath.reading import weights
from figpath.reading.alphabet import alphabet

if TYPE_CHECKING:
    from collections.abc import Sequence

BATCH, RATE, DECAY, OTHERS = 64, 1e-3, 1e-3, 200
SHARE = 0.5
"""How far from the network's own numbers to the fitted ones: between them it reads real figures best."""


class Words:
    """Drawn words: features by step, and the classes that each says."""

    def __init__(self, paths: Sequence[Path], texts: Sequence[str]) -> None:
        index = {text: i for i, text in reversed(list(enumerate(texts))) if len(text) == 1}
        files = [np.load(path) for path in paths]
        self.features = np.concatenate([file["features"] for file in files])
        self.lengths = np.concatenate([file["lengths"] for file in files])
        self.starts = np.concatenate([[0], np.cumsum(self.lengths)])
        self.said = [[index[char] for char in text] for file in files for text in file["said"]]

    def fitting(self) -> list[int]:
        """Indexes of the words that CTC can say in as many steps as they have."""
        return [i for i, said in enumerate(self.said) if _steps(said) <= self.lengths[i]]

    def batch(self, members: Sequence[int]) -> tuple[torch.Tensor, ...]:
        """Features, what is absent, classes end to end, steps and numbers of classes."""
        longest = max(self.lengths[i] for i in members)
        x = np.zeros((len(members), longest, self.features.shape[1]), np.float32)
        absent = np.full((len(members), longest), -1e4, np.float32)
        for row, i in enumerate(members):
            x[row, : self.lengths[i]] = self.features[self.starts[i] : self.starts[i + 1]]
            absent[row, : self.lengths[i]] = 0
        said = [self.said[i] for i in members]
        counts = torch.tensor([len(classes) for classes in said])
        steps = torch.tensor([int(self.lengths[i]) for i in members])
        classes = torch.tensor([one for classes in said for one in classes])
        return torch.tensor(x), torch.tensor(absent), classes, steps, counts


def _steps(said: Sequence[int]) -> int:
    return len(said) + sum(a == b for a, b in pairwise(said))


def fit(words: Words, layers: Layers, *, epochs: int, seed: int = 1) -> None:
    """Fit with one cycle of the learning rate; words of like length share a batch."""
    torch.manual_seed(seed)
    rng, usable = random.Random(seed), words.fitting()  # noqa: S311 - no secret, order of batches
    optimiser = torch.optim.AdamW(layers.parameters(), lr=RATE, weight_decay=DECAY)
    steps = epochs * (-(-len(usable) // BATCH))
    cycle = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps + 1, pct_start=0.1)
    ctc = nn.CTCLoss(zero_infinity=True)
    layers.train()
    for epoch in range(epochs):
        usable.sort(key=lambda i: words.lengths[i] + 4 * rng.random())
        batches = [usable[i : i + BATCH] for i in range(0, len(usable), BATCH)]
        rng.shuffle(batches)
        total = 0.0
        for members in batches:
            x, absent, classes, lengths, counts = words.batch(members)
            loss = ctc(layers(x, absent).log_softmax(-1).transpose(0, 1), classes, lengths, counts)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(layers.parameters(), 1.0)
            optimiser.step()
            cycle.step()
            total += loss.item()
        print(f"epoch {epoch + 1} of {epochs}: loss {total / len(batches):.4f}", flush=True)


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("words", type=Path, nargs="+")
    parser.add_argument("--epochs", type=int, default=7)
    parser.add_argument("--to", type=Path, required=True)
    args = parser.parse_args()
    recogniser = weights.find().recogniser
    kept = alphabet(weights.characters(recogniser))
    numbers = parameters_of(recogniser)
    rest = sorted(set(range(numbers["linear_8.w_0"].shape[1])) - set(kept.columns))
    others = random.Random(3).sample(rest, OTHERS)  # noqa: S311 - no secret
    layers = Layers(numbers, kept.columns, others)
    own = layers.numbers()
    fit(Words(args.words, kept.texts), layers, epochs=args.epochs)
    found = {name: (1 - SHARE) * own[name] + SHARE * fitted for name, fitted in layers.numbers().items()}
    halves: dict[str, Any] = {name: values.astype(np.float16) for name, values in found.items()}
    np.savez_compressed(args.to, **halves)


if __name__ == "__main__":
    main()
