"""``python -m tools.learn MODEL``: teach the reader what sentences mean, and write its weights."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import click
import torch
from tests.corpus import entries
from torch import Tensor

from alongside.scan.meaning.inputs import lone
from alongside.scan.meaning.pieces import Pieces

from .drawn import DRAWN
from .examples import Row, listed, rows
from .export import export
from .first import learn_first
from .network import SEED, Network, learn

WEIGHTS = Path(__file__).parents[2] / "src" / "alongside" / "scan" / "meaning" / "weights"
KEPT_BACK = ("fourth-everyday", "ordinary-fifth")
"""Writers of `tune` from whom nothing is learnt: thresholds are set by what is heard of theirs."""
PACE, GOING_ON = 1e-4, 0.5
"""How fast it learns, and which part of that where it has learnt before."""
EARLIER = 0.75
"""Part of the earlier network in a blend."""
BESIDE, ALONE = 0.7, 0.3
"""Shares: of the harmless sentences beside one that says something those that a round shows, and of
all rows those that are shown without their neighbours."""


@click.command()
@click.argument("model", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--layers", default=6, show_default=True, help="how many of the model's are kept")
@click.option("--rounds", default=3, show_default=True, help="how often each row is shown")
@click.option("--keep", type=click.Path(path_type=Path), help="write the network as torch has it")
@click.option(
    "--begin",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="go on from a network that was kept, and not from MODEL alone",
)
@click.option(
    "--blend",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="mix a network that was kept into the taught one",
)
def main(
    model: Path,
    layers: int,
    rounds: int,
    keep: Path | None,
    begin: Path | None,
    blend: Path | None,
) -> None:
    """Teach with tests/corpus/tune, beginning as MODEL: a folder with `all-MiniLM-L6-v2` in it.

    The hold-out is never opened. Takes some 30 minutes on two cores.
    """
    vocabulary = (model / "vocab.txt").read_text("utf-8").split("\n")
    own = (WEIGHTS / "pieces.txt").read_text("utf-8").split("\n")[:-1]
    number = {piece: n for n, piece in enumerate(vocabulary)}
    pieces = Pieces(own)
    known = [(e.id, row) for e in entries("tune") for row in rows(e, pieces)]
    taught = [row for name, row in known if not name.startswith(KEPT_BACK)]
    lists = list(listed(pieces))
    network = Network(
        model,
        [number[p] for p in own if p not in DRAWN],
        [number[DRAWN[p]] for p in own if p in DRAWN],
        layers,
    )
    if begin:
        network.load_state_dict(torch.load(begin, weights_only=True))
    chance = random.Random(SEED + bool(begin))
    learn(
        network,
        [chosen(taught, chance) + lists for _ in range(rounds)],
        pace=PACE * GOING_ON if begin else PACE,
    )
    if blend:
        network.load_state_dict(blended(torch.load(blend, weights_only=True), network.state_dict()))
    if keep:
        torch.save(network.state_dict(), keep)
    export(network, WEIGHTS / "network.onnx")
    learn_first([row for _, row in known] + lists, own, WEIGHTS / "first.json")


def blended(earlier: Mapping[str, Tensor], later: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The mean of two networks of which one went on from the other; it errs less than either."""
    return {
        name: torch.lerp(one, earlier[name], EARLIER) if one.is_floating_point() else one
        for name, one in later.items()
    }


def chosen(those: list[Row], chance: random.Random) -> list[Row]:
    """One round's: whatever says something, and enough of what doesn't, other rows each time.

    Some of them stand alone, as a text message does and as the word lists' examples do. Were all of
    the harmless ones seen among others, the network would learn that whatever stands alone is none.
    """
    return [
        replace(row, shown=lone(row.shown)) if chance.random() < ALONE else row
        for row in those
        if row.empty or max(row.says) > 0 or chance.random() < BESIDE
    ]


if __name__ == "__main__":
    main()
