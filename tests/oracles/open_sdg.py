"""Progress towards a target as Open SDG and Statistics Canada compute it, with its flaws.

Source: sdg-build, sdg/ProgressMeasure.py, methodology 2. Lives here: the published rule, written down again.
Must not live here: anything of the product.
"""

from __future__ import annotations

NEARLY_ZERO = 0.001  # what stands there for a base or a target of zero


def growth(start: float, end: float, years: float) -> float:
    """Compound annual growth rate."""
    return float((end / start) ** (1 / years) - 1)


def method_2(base: float, current: float, target: float, gone: float, whole: float, direction: int) -> float:
    """Observed over the absolute required growth; direction: +1 where higher is better, -1 where lower."""
    base, target = base or NEARLY_ZERO, target or NEARLY_ZERO
    return direction * growth(base, current, gone) / abs(growth(base, target, whole))
