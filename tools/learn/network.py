"""The network while it learns: a small English language model, and one judgement a kind on top."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import torch
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
from transformers import BertModel

from alongside.scan.meaning.kinds import KINDS

from .examples import Row

WIDTH = 384
SEED = 2026
HIDDEN, MEAN = 0.08, 0.998
UNKNOWN, LAST_MARK = 1, 3
"""Numbers of pieces: the one for what is unknown, and the last of those that are no words."""


class Network(nn.Module):
    """Pieces in, one logit a kind out. ``keep``: the numbers of the model's pieces that stay.

    What each piece stands for isn't taught: the words that tune doesn't have would stay where they
    are while their neighbours move away from them.
    """

    def __init__(self, model: Path, keep: Sequence[int], drawn: Sequence[int], layers: int) -> None:
        super().__init__()
        self.base = BertModel.from_pretrained(model, add_pooling_layer=False)
        self.base.encoder.layer = self.base.encoder.layer[:layers]
        old = self.base.embeddings.word_embeddings.weight.data
        self.base.embeddings.word_embeddings = nn.Embedding.from_pretrained(
            old[torch.tensor([*keep, *drawn])].clone(), freeze=True, padding_idx=0
        )
        self.drop = nn.Dropout(0.1)
        self.judge = nn.Linear(2 * WIDTH, len(KINDS))
        nn.init.constant_(self.judge.bias, -3.0)

    def forward(self, pieces: Tensor, own: Tensor, there: Tensor) -> Tensor:
        seen = self.base(
            input_ids=pieces, token_type_ids=own, attention_mask=there
        ).last_hidden_state
        mine = (own * there).unsqueeze(-1).to(seen.dtype)
        mean = (seen * mine).sum(1) / mine.sum(1).clamp(min=1)
        most = (seen + (mine - 1) * 1e4).max(1).values
        return self.judge(self.drop(torch.cat([mean, most], 1)))


def batches(
    rows: Sequence[Row], size: int, chance: random.Random | None
) -> Iterator[tuple[list[int], Tensor, Tensor, Tensor, Tensor]]:
    """Rows of like length together, the batches in any order where there is a ``chance``."""
    order = list(range(len(rows)))
    if chance:
        chance.shuffle(order)
    many = size * 50 if chance else len(order)
    order = [
        n
        for at in range(0, len(order), many)
        for n in sorted(order[at : at + many], key=lambda n: len(rows[n].shown.pieces))
    ]
    groups = [order[at : at + size] for at in range(0, len(order), size)]
    if chance:
        chance.shuffle(groups)
    for group in groups:
        yield (group, *tensors([rows[n] for n in group]))


def tensors(rows: Sequence[Row]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    longest = max(len(row.shown.pieces) for row in rows)
    pieces = torch.zeros(len(rows), longest, dtype=torch.long)
    own, there = torch.zeros_like(pieces), torch.zeros_like(pieces)
    for at, row in enumerate(rows):
        length = len(row.shown.pieces)
        pieces[at, :length] = torch.tensor(row.shown.pieces)
        own[at, :length] = torch.tensor(row.shown.own)
        there[at, :length] = 1
    return pieces, own, there, torch.tensor([row.says for row in rows], dtype=torch.float)


def learn(
    network: Network, rounds: Sequence[Sequence[Row]], *, pace: float, size: int = 32
) -> None:
    """Adam with warm-up and a straight way down. What nobody knows doesn't count.

    Now and then a piece is hidden, so that no single word is leant on. What is kept in the end is a
    running mean of the weights: it errs less than where the last steps happened to lead.
    """
    torch.manual_seed(SEED)
    chance = random.Random(SEED)
    network.train()
    optimiser = torch.optim.AdamW(
        [
            {"params": [p for p in network.base.parameters() if p.requires_grad], "lr": pace},
            {"params": network.judge.parameters(), "lr": 10 * pace},
        ],
        weight_decay=0.01,
    )
    steps = sum(-(-len(rows) // size) for rows in rounds)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / 100) * max(0.02, 1 - step / steps)
    )
    done, total = 0, 0.0
    mean = AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(MEAN), use_buffers=False)
    for rows in rounds:
        for _, pieces, own, there, says in batches(rows, size, chance):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                logits = network(_hidden(pieces), own, there)
            known = says >= 0
            loss = nn.functional.binary_cross_entropy_with_logits(
                logits.float()[known], says[known]
            )
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            mean.update_parameters(network)
            done, total = done + 1, total + loss.item()
            if not done % 50:
                click.echo(f"step {done} of {steps}, loss {total / 50:.4f}")
                total = 0.0
    network.load_state_dict(mean.module.state_dict())
    network.eval()


def _hidden(pieces: Tensor) -> Tensor:
    """Some pieces made unknown; the marks at the ends of sentences stay."""
    hide = (torch.rand(pieces.shape) < HIDDEN) & (pieces > LAST_MARK)
    return torch.where(hide, torch.full_like(pieces, UNKNOWN), pieces)


@torch.no_grad()
def logits(network: Network, rows: Sequence[Row]) -> Tensor:
    out = torch.zeros(len(rows), len(KINDS))
    for group, pieces, own, there, _ in batches(rows, 64, None):
        out[group] = network(pieces, own, there)
    return out
