"""Interrupted time series computed a second time, as textbooks write it: matrices, not lines.

Lives here: least squares with the full design matrix, the Newey-West sandwich from outer products. Must
not live here: claims.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def interrupted(ts: Sequence[float], ys: Sequence[float], t0: float) -> tuple[float, float, float, float]:
    """(level b2, slope b3, their standard errors) of y = b0 + b1 t + b2 D + b3 (t - T0) D.

    ts: years, ascending. Neighbouring years weigh 1/2 (Bartlett, lag 1); errors times sqrt(n / (n - 4)).
    """
    t, y = np.array(ts), np.array(ys)
    after = (t >= t0).astype(float)
    x = np.column_stack([np.ones_like(t), t - t0, after, (t - t0) * after])
    b = np.linalg.lstsq(x, y, rcond=None)[0]
    scores = x * (y - x @ b)[:, None]
    meat = scores.T @ scores
    for later in range(1, len(t)):
        if t[later] - t[later - 1] == 1:
            pair = np.outer(scores[later], scores[later - 1])
            meat = meat + 0.5 * (pair + pair.T)
    bread = np.linalg.inv(x.T @ x)
    variance = np.diag(bread @ meat @ bread) * len(t) / (len(t) - 4)
    errors = np.sqrt(np.maximum(variance, 0))
    return float(b[2]), float(b[3]), float(errors[2]), float(errors[3])
