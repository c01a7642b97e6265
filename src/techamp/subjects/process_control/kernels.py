"""The kernels of this subject: what ``techamp kernels`` compiles."""

from techamp.subjects.process_control.recursions import RECURSIONS
from techamp.subjects.process_control.simulations.chart_duel.fighting import DUEL
from techamp.subjects.process_control.simulations.watch_the_lathe.plans import LATHE

KERNELS = (LATHE, DUEL, RECURSIONS)
