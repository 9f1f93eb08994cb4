"""Interrupted time series computed a second time, as textbooks write it: matrices, not lines.

Lives here: least squares with the full design matrix, the Newey-West sandwich from outer products. Must
not live here: claims.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

Numbers = Sequence[float]


def interrupted(ts: Numbers, ys: Numbers, t0: float) -> dict[str, tuple[float, float, float]]:
    """level (b2) and slope (b3) of y = b0 + b1 t + b2 D + b3 (t - T0) D, each with two standard errors.

    ts: years, ascending. Values: coefficient; Newey-West with lag 1 (neighbouring years weigh 1/2) on
    residuals over 1 - leverage; least squares.
    """
    t, y = np.array(ts), np.array(ys)
    after = (t >= t0).astype(float)
    x = np.column_stack([np.ones_like(t), t - t0, after, (t - t0) * after])
    bread = np.linalg.inv(x.T @ x)
    b = bread @ x.T @ y
    residuals = y - x @ b
    leverage = np.diag(x @ bread @ x.T)
    scores = x * (residuals / (1 - leverage))[:, None]
    meat = scores.T @ scores
    for later in range(1, len(t)):
        if t[later] - t[later - 1] == 1:
            pair = np.outer(scores[later], scores[later - 1])
            meat = meat + 0.5 * (pair + pair.T)
    robust = np.sqrt(np.maximum(np.diag(bread @ meat @ bread), 0))
    plain = np.sqrt(np.diag(bread) * (residuals @ residuals) / (len(t) - 4))
    return {
        name: (float(b[at]), float(robust[at]), float(plain[at])) for name, at in (("level", 2), ("slope", 3))
    }
