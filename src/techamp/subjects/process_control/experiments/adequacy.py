"""Does the model hold? Lack of fit against pure error, and curvature from center points."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from techamp.contract.errors import InvalidInput
from techamp.subjects.process_control.anova_table import AnovaRow, row
from techamp.subjects.process_control.experiments.linear_model import ModelFit
from techamp.subjects.process_control.readings import as_readings


def lack_of_fit(fit: ModelFit) -> tuple[AnovaRow, AnovaRow]:
    """Return lack of fit and pure error: what the residual holds beyond the spread of repeated runs.

    Pure error is the spread among runs with equal settings; F = MS_lack/MS_pure (Montgomery, 8th ed., section 11.4). A
    small p says that terms are missing.
    Raises InvalidInput without repeated runs, or with no residual beyond them.
    """
    keys = [tuple(str(column[i]) for column in fit.factors.values()) for i in range(len(fit.fit.y))]
    codes = np.unique(np.array(["|".join(key) for key in keys]), return_inverse=True)[1]
    groups = [fit.fit.y[codes == code] for code in range(int(codes.max()) + 1)]
    df = sum(len(group) - 1 for group in groups)
    if df == 0:
        raise InvalidInput("runs", "must hold repeats", 0, "Repeat some runs, the middle ones for instance.")
    if fit.df - df < 1:
        raise InvalidInput(
            "terms", "must leave room besides the repeats", fit.df - df, "Take out terms, or add settings."
        )
    pure = row("pure error", df, sum(float(np.sum((group - group.mean()) ** 2)) for group in groups))
    residual = next(line for line in fit.anova if line.source == "residual")
    return row("lack of fit", fit.df - df, max(0.0, residual.ss - pure.ss), pure), pure


def curvature(corners: ArrayLike, centers: ArrayLike) -> tuple[AnovaRow, AnovaRow]:
    """Return the test of curvature in a two-level plan with center points, and pure error.

    SS = n_F·n_C(ȳ_F - ȳ_C)²/(n_F + n_C), against the spread of the center points (Montgomery, 8th ed., section 6.8).
    Example (filtration rate, centers 73, 75, 66, 69): SS 1.51, error 16.25, F 0.093.
    Raises InvalidInput for fewer than two center points.
    """
    high, middle = as_readings(corners, "corners").ravel(), as_readings(centers, "centers").ravel()
    if len(middle) < 2:
        raise InvalidInput("centers", "must be two runs at least", len(middle), "Run the middle 3 to 5 times.")
    pure = row("pure error", len(middle) - 1, float(np.sum((middle - middle.mean()) ** 2)))
    gap = float((high - middle[0]).mean() - (middle - middle[0]).mean())
    weight = len(high) * len(middle) / (len(high) + len(middle))
    return row("curvature", 1, weight * gap * gap, pure), pure
