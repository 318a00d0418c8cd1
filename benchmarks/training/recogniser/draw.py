"""Draw words, and keep what the recogniser's convolutions make of them.

python draw.py --seed 1 --count 32000 --to words.npz
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import openvino
from openvino import opset13
from pictures import picture
from words import made_up, vocabulary

from figpath.reading import recognise, weights
from figpath.reading.alphabet import alphabet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from figpath.figure import Pixels
    from figpath.reading.network import Floats

_WIDEST = 640  # pixels; longer lines slow the fitting down and teach nothing more
_BATCH = 256


class Convolutions:
    """The recogniser's network up to the pooling that ends its convolutions."""

    def __init__(self, recogniser: Path) -> None:
        core = openvino.Core()
        model = core.read_model(recogniser)
        pooling = [node for node in model.get_ordered_ops() if node.get_type_name() == "AvgPool"][-1]
        ends = openvino.Model([opset13.result(pooling.output(0))], model.get_parameters(), "convolutions")
        self._request = core.compile_model(ends, "CPU", {"NUM_STREAMS": 1}).create_infer_request()

    def __call__(self, batches: Sequence[Floats]) -> list[Floats]:
        """Return (N, T, 384) float32 for each batch of crops."""
        return [self._run(batch) for batch in batches]

    def _run(self, batch: Floats) -> Floats:
        self._request.infer([batch])
        found: Floats = np.array(self._request.get_output_tensor().data[:, :, 0], np.float32)
        return found.transpose(0, 2, 1)


def main() -> None:
    """Draw, recognise and keep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=32_000)
    parser.add_argument("--to", type=Path, required=True)
    args = parser.parse_args()
    files = weights.find()
    known = {text for text in alphabet(weights.characters(files.recogniser)).texts if len(text) == 1}
    convolutions = Convolutions(files.recogniser)
    rng, names = random.Random(args.seed), vocabulary()  # noqa: S311 - no secret, words
    features: list[Floats] = []
    said: list[str] = []
    waiting: list[tuple[Pixels, str]] = []
    while len(said) < args.count:
        text = made_up(names, rng)
        crop = picture(text, rng) if set(text) <= known else None
        if crop is not None and crop.shape[1] <= _WIDEST:
            waiting.append((crop, text))
        if len(waiting) == _BATCH:
            features += recognise.recognise(convolutions, [pixels for pixels, _ in waiting])
            said += [text for _, text in waiting]
            waiting.clear()
            print(f"{len(said)} of {args.count}", flush=True)
    lengths = np.array([len(steps) for steps in features])
    np.savez(args.to, features=np.concatenate(features).astype(np.float16), lengths=lengths, said=np.array(said))


if __name__ == "__main__":
    main()
