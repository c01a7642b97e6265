"""The kernels of this subject: what ``techamp kernels`` compiles."""

from techamp.subjects.manufacturing_systems.engine.native import EVENTS, LINE

KERNELS = (LINE, EVENTS)
