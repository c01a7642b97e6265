"""Effective process time: what a station takes per job, with failures, setups and rework in it, and how it varies.

The mean says what the capacity is, the squared coefficient of variation (SCV) how much queue it makes.
Reference: Hopp & Spearman, Factory Physics, chapter 8 (rework: chapter 12).
"""

from __future__ import annotations

from dataclasses import dataclass

from techamp.subjects.manufacturing_systems.faults import Faults


@dataclass(frozen=True)
class ProcessTime:
    """``mean`` time per job (te) and its ``scv`` (ce2 = variance / mean²)."""

    mean: float
    scv: float

    @property
    def variance(self) -> float:
        return self.scv * self.mean * self.mean

    @property
    def variability(self) -> str:
        """Low below an SCV of 0.75² , high from 1.33² on, as Hopp & Spearman class it."""
        if self.scv < 0.75**2:
            return "low"
        return "moderate" if self.scv < 1.33**2 else "high"


def with_failures(natural: ProcessTime, mttf: float, mttr: float, repair_scv: float = 1.0) -> ProcessTime:
    """Return the process time with breakdowns in mid-job; the job goes on after the repair.

    A = mttf/(mttf + mttr), te = t0/A, ce2 = c0² + (1 + cr²)·A(1-A)·mttr/t0. ``mttf`` counts running time, exponential;
    ``repair_scv`` is cr². At equal availability, long rare stops make far more variability than short frequent ones.
    Example (Hopp & Spearman's Hare: t0 = 15 min, c0² = 0.05, 744 and 248 min): 20 min, SCV 6.25.

    >>> hare = with_failures(ProcessTime(15.0, 0.05), mttf=744.0, mttr=248.0)
    >>> round(hare.mean, 6), round(hare.scv, 4)
    (20.0, 6.25)
    """
    faults = _natural_faults(natural)
    faults.positive("mttf", mttf, "Enter the mean running time between failures.")
    faults.not_negative("mttr", mttr, "Enter the mean time to repair.")
    faults.not_negative("repair SCV", repair_scv, "Enter 1 for exponential repairs, 0 for equally long ones.")
    faults.stop()
    availability = mttf / (mttf + mttr)
    added = (1.0 + repair_scv) * availability * (1.0 - availability) * mttr / natural.mean
    return ProcessTime(natural.mean / availability, natural.scv + added)


def with_setups(natural: ProcessTime, jobs_between: float, setup: ProcessTime) -> ProcessTime:
    """Return the process time with setups between jobs, one after ``jobs_between`` jobs on average, by chance.

    te = t0 + ts/Ns and σe² = σ0² + σs²/Ns + ts²·(Ns-1)/Ns². Example (Hopp & Spearman: t0 = 1 h, c0² = 1/16, a setup of
    2 h with cs² = 1/16 each 10 jobs): 1.2 h, SCV 0.31.

    >>> fast = with_setups(ProcessTime(1.0, 0.0625), 10, ProcessTime(2.0, 0.0625))
    >>> round(fast.mean, 6), round(fast.scv, 2)
    (1.2, 0.31)
    """
    faults = _natural_faults(natural)
    holds = jobs_between >= 1
    rule = "must be 1 or more"
    faults.require(holds, "jobs between setups", rule, jobs_between, "Enter the mean number of jobs per setup.")
    faults.not_negative("setup time", setup.mean, "Enter the mean setup time.")
    faults.not_negative("setup SCV", setup.scv, "Enter the SCV of the setup time.")
    faults.stop()
    mean = natural.mean + setup.mean / jobs_between
    variance = natural.variance + setup.variance / jobs_between
    variance += (jobs_between - 1.0) / jobs_between**2 * setup.mean**2
    return ProcessTime(mean, variance / mean**2)


def with_rework(natural: ProcessTime, rework: float) -> ProcessTime:
    """Return the process time where a share ``rework`` of passes fails and is done again at once on the same station.

    The number of passes is geometric: te = t0/(1-p), ce2 = c0² + p(1 - c0²). Example (p = 0.5, constant 1 min): 2 min
    with SCV 0.5.

    >>> with_rework(ProcessTime(1.0, 0.0), 0.5)
    ProcessTime(mean=2.0, scv=0.5)
    """
    faults = _natural_faults(natural)
    faults.share("rework", rework, "Enter the share of passes that must be done again.")
    faults.stop()
    return ProcessTime(natural.mean / (1.0 - rework), natural.scv + rework * (1.0 - natural.scv))


def _natural_faults(natural: ProcessTime) -> Faults:
    faults = Faults()
    faults.positive("t0", natural.mean, "Enter the mean process time without detractors.")
    faults.not_negative("c0²", natural.scv, "Enter the SCV of the process time; 0 for a constant time.")
    return faults
