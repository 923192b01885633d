"""The weights of the first look: a logistic regression over pieces and pairs of pieces."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import click
import numpy as np
from scipy.sparse import csr_matrix, diags
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from alongside.scan.meaning.kinds import HEARD

from .examples import Row

RECALL = 0.975
"""Part of the sayings that have to pass, when written by somebody whom it hasn't learnt from."""
SCALE = 3.0
SMALLEST = 0.02
"""A pair that weighs less is left out."""


def learn_first(rows: Sequence[Row], pieces: Sequence[str], path: Path) -> None:
    """Write the weights, and the threshold found by leaving out one writer after the other."""
    # Of a list's counter-examples it is only known that they don't say one of the kinds.
    rows = [r for r in rows if _says(r) or not r.entry.startswith("list-")]
    features = [_features(r) for r in rows]
    vectors = DictVectorizer(dtype=np.float32)
    x = vectors.fit_transform(features)
    often = np.asarray((x > 0).sum(0)).ravel() >= 2
    long = np.array([2 * max(1, len(_mine(r))) - 1 for r in rows])
    x = diags(SCALE / np.sqrt(long)) @ x[:, often]
    names = vectors.feature_names_
    names = [n for n, keep in zip(names, often, strict=True) if keep]
    says = np.array([_says(r) for r in rows])
    writers = np.array([_writer(r.entry) for r in rows])
    unseen = np.zeros(len(rows))
    for writer in sorted(set(writers)):
        theirs = writers == writer
        unseen[theirs] = _fit(x[~theirs], says[~theirs]).decision_function(x[theirs])
    least = float(np.quantile(_sayings(rows, says, unseen), 1 - RECALL))
    plain = np.array([r.plain for r in rows])
    click.echo(
        f"least {least:.2f}; passes {np.mean(unseen[plain] >= least):.3f} of ordinary sentences"
    )
    model = _fit(x, says)
    weights = dict(zip(names, (float(w) for w in model.coef_[0]), strict=True))
    told = {
        "least": round((least - float(model.intercept_[0])) / SCALE, 3),
        "pieces": {pieces[int(n)]: round(w, 2) for n, w in weights.items() if " " not in n},
        "pairs": {
            " ".join(pieces[int(part)] for part in n.split(" ")): round(w, 2)
            for n, w in weights.items()
            if " " in n and abs(w) >= SMALLEST
        },
    }
    path.write_text(json.dumps(told, ensure_ascii=False, indent=0), encoding="utf-8")


def _says(row: Row) -> bool:
    """Whether it says something that may have to be heard: what a rule sees needs no first look."""
    return max(row.says[: len(HEARD)]) > 0


def _features(row: Row) -> Counter[str]:
    mine = _mine(row)
    return Counter([str(p) for p in mine] + [f"{a} {b}" for a, b in pairwise(mine)])


def _mine(row: Row) -> list[int]:
    return [p for p, own in zip(row.shown.pieces, row.shown.own, strict=True) if own][:-1]


def _fit(x: csr_matrix, says: np.ndarray) -> LogisticRegression:
    return LogisticRegression(C=1.0, solver="liblinear").fit(
        x, says, sample_weight=np.where(says, 4.0, 1.0)
    )


_WAVES = (
    "third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth"
).split()
"""In the names of the files that have one writer each."""


def _writer(entry: str) -> str:
    name = entry.rsplit("-", 1)[0]
    return name if any(wave in name for wave in _WAVES) else "earlier"


def _sayings(rows: Sequence[Row], says: np.ndarray, scores: np.ndarray) -> list[float]:
    """The best score of each row of sentences that say something together."""
    best: list[float] = []
    for n, row in enumerate(rows):
        if not says[n]:
            continue
        if n and says[n - 1] and rows[n - 1].entry == row.entry:
            best[-1] = max(best[-1], scores[n])
        else:
            best.append(scores[n])
    return best
