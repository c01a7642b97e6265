"""The factory engine: a model compiled to flat memory, two kernels that step it, and what a run gives.

    from techamp.subjects.manufacturing_systems.engine.simulating import replications, simulate

``simulate(model, seed, until=… | parts=…, warm_up=…, trace=False, windows=0) → run.Run`` is one replication,
``replications(model, seeds, …)`` many on all cores, ``state.State`` a run to stop, change, fork and go on with.
``run`` and ``words`` import no kernel, so reading a result costs nothing.
"""
