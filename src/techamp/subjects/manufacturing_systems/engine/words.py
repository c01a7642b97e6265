"""Where each number lies in a kernel's memory: what both kernels share.

A kernel's state is one block of 64-bit words, seen as integers (``I``) and as floats (``F``). It holds the model, the
state and the measures: a copy of the block is a fork of the run. Rows of measures stand at offsets that the header
names, so that Python and a page read both kernels alike.
"""

from __future__ import annotations

# Header words 0–15 mean the same in both kernels.
(
    KERNEL, SEED, NOW, STATUS, STATIONS, OPERATIONS, PRODUCTS, STATION_ROWS, OPERATION_ROWS, PRODUCT_ROWS,
    FINISHED, EVENTS, TRACE_USED, TRACE_SIZE, TRACE_AT, PROCESSED,
) = range(16)  # fmt: skip
LINE, EVENT = 0, 1

# What a kernel's step returns.
DONE, GROW, TRACE_FULL, STUCK, GROW_EVENTS = range(5)

# Measures of a station: machine time in each state, then counts.
STATES = ("busy", "setup", "blocked", "starved", "down", "off_shift", "waiting_operator", "waiting_repair")
BUSY, SET_UP, BLOCKED, STARVED, DOWN_TIME, OFF_SHIFT, WAITING_OPERATOR, WAITING_REPAIR = range(8)
STATION_IN, STATION_OUT, STATION_SCRAP, STATION_REWORK, STATION_FAILURES, STATION_SETUPS = range(8, 14)
STATION_ROW = 16

# Measures of an operation (a product at a step of its route): part-time by what the part is doing, then counts.
PART_TIMES = ("queue", "setup", "process", "stopped", "blocked", "move", "match")
IN_QUEUE, IN_SETUP, IN_PROCESS, IN_STOP, IN_BLOCK, IN_MOVE, IN_MATCH = range(7)
OPERATION_IN, OPERATION_OUT = range(7, 9)
OPERATION_ROW = 12

# Measures of a product.
(
    PRODUCT_IN, PRODUCT_OUT, PRODUCT_SCRAP, PRODUCT_LOST, FLOW_SUM, FLOW_SQUARES, FLOW_LEAST, FLOW_MOST,
    ORDERS, LATE, LATENESS, LATENESS_SQUARES, TARDINESS, WIP_TIME, WIP_NOW,
    DEMANDED, SERVED, BACKORDERED, BACKORDER_TIME, STOCK_TIME,
) = range(20)  # fmt: skip
PRODUCT_ROW = 24

# A row of the trace: an interval of a machine. The code is kind + 2⁴·step + 2²⁰·machine + 2⁴⁰·product.
TRACE_ROW = 6
TRACE_CODE, TRACE_PART, TRACE_QUEUED, TRACE_STARTED, TRACE_ENDED, TRACE_LEFT = range(TRACE_ROW)
STEP_BIT, MACHINE_BIT, PRODUCT_BIT = 4, 20, 40
TRACED_WORK, TRACED_DOWN, TRACED_SETUP, TRACED_OFF = range(4)
