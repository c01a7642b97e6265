"""What we compute for each published case: mean, standard deviation and autocorrelation."""

from __future__ import annotations

from typing import Any

from tests.reference_cases import ReferenceChecks
from tests.subjects.process_control.reference_checks.folder import REFERENCES

from techamp.subjects.process_control import individuals_chart
from techamp.subjects.process_control.autocorrelation import autocorrelation

CHECKS = ReferenceChecks(REFERENCES, "univariate")

Inputs = dict[str, Any]


def _digits_of_pi(count: int) -> list[int]:
    """The first digits, by Gibbons's unbounded spigot."""
    q, r, t, k, m, x, found = 1, 0, 1, 1, 3, 3, []
    while len(found) < count:
        if 4 * q + r - t < m * t:
            found.append(m)
            q, r, m = 10 * q, 10 * (r - m * t), (10 * (3 * q + r)) // t - 10 * m
        else:
            q, r, t, k, m, x = q * k, (2 * q + r) * x, t * x, k + 1, (q * (7 * k + 2) + r * x) // (t * x), x + 2
    return found


def _nist_digits_of_pi() -> list[int]:
    """NIST's file has 3 as digit 957 where pi has 8; its certified values go with the 3."""
    digits = _digits_of_pi(5000)
    digits[956] = 3
    return digits


_MADE = {
    "strd-univ-pidigits": _nist_digits_of_pi,
    "strd-univ-numacc2": lambda: [1.2, *[1.1, 1.3] * 500],
    "strd-univ-numacc3": lambda: [1000000.2, *[1000000.1, 1000000.3] * 500],
    "strd-univ-numacc4": lambda: [10000000.2, *[10000000.1, 10000000.3] * 500],
}


def _univariate(case: str) -> None:
    @CHECKS.case(case)
    def moments(inputs: Inputs) -> Inputs:
        readings = _MADE[case]() if case in _MADE else inputs["data"]
        chart = individuals_chart(readings, estimator="overall")
        return {"mean": chart.center, "sd": chart.sigma.value, "lag1_autocorrelation": autocorrelation(readings)}


for _case in [case for case in CHECKS.cases if case.startswith("strd-univ-")]:
    _univariate(_case)
