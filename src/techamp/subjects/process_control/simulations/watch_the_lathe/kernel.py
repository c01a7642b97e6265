"""The lathe's week, shaft by shaft: one kernel for one policy, one for a grid of policies.

A kernel as ``contract.kernels`` says: numbers and flat arrays only, the caller owns all memory, no exceptions, no
allocation, and no function of the C library but the square root. ``plans`` calls it.
Lengths are micrometers from the nominal diameter, times minutes, money US dollars.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from techamp.contract.kernel_random import normal, uniform
from techamp.contract.kernels import part

# Where each number lies in the flat arrays. POLICY is what the player decides, PLANT what the shop is like.
POLICY = ("size", "interval", "chart", "rules", "width", "reaction", "insert_every", "compensate")
SIZE, INTERVAL, CHART, RULES, WIDTH, REACTION, INSERT_EVERY, COMPENSATE = range(8)
I_MR, X_BAR_R, X_BAR_S = range(3)
RULE_1, WESTERN_ELECTRIC, NELSON = range(3)
KEEP_RUNNING, FIND_CAUSE, ADJUST_ON_SIGNAL, ADJUST_EACH = range(4)

PLANT = (
    "sigma", "wear", "wear_cv", "life", "worn_wear", "worn_chip", "chip_chance", "chip_shift", "chip_spread",
    "coolant_chance", "coolant_shift", "coolant_ramp", "set_sigma", "gauge_sigma", "gauge_step", "lower", "upper",
    "offset_step", "shift_shafts", "cycle", "change_time", "look_time", "adjust_time", "coolant_time",
    "stop_cost", "check_cost", "insert_cost", "scrap_cost", "escape_cost",
)  # fmt: skip
(
    SIGMA, WEAR, WEAR_CV, LIFE, WORN_WEAR, WORN_CHIP, CHIP_CHANCE, CHIP_SHIFT, CHIP_SPREAD,
    COOLANT_CHANCE, COOLANT_SHIFT, COOLANT_RAMP, SET_SIGMA, GAUGE_SIGMA, GAUGE_STEP, LOWER, UPPER,
    OFFSET_STEP, SHIFT_SHAFTS, CYCLE, CHANGE_TIME, LOOK_TIME, ADJUST_TIME, COOLANT_TIME,
    STOP_COST, CHECK_COST, INSERT_COST, SCRAP_COST, ESCAPE_COST,
) = range(29)  # fmt: skip

# The chart: sigma as the gauge sees it (µm); in units of it the error of the plotted point and the limits of spread.
CHART_SIGMA, POINT_ERROR, SPREAD_LOW, SPREAD_HIGH = range(4)

TOTALS = (
    "cost", "checks", "stop_minutes", "inserts", "scrap", "escapes", "in_spec", "signals", "false_alarms", "found",
    "faults", "fault_shafts", "fault_ends", "fault_wait", "adjustments", "points", "good",
)  # fmt: skip
(
    COST, CHECKS, STOP_MINUTES, INSERTS, SCRAP, ESCAPES, IN_SPEC, SIGNALS, FALSE_ALARMS, FOUND,
    FAULTS, FAULT_SHAFTS, FAULT_ENDS, FAULT_WAIT, ADJUSTMENTS, POINTS, GOOD,
) = range(17)  # fmt: skip

# One row of SHAFT numbers for each shaft, one row of POINT numbers for each plotted point, one of FAULT for each fault.
SHAFT = 7
TRUE, MEAN, PLAN, READING, STATE, EVENT, SPENT = range(SHAFT)
POINT = 7
AT, VALUE, SPREAD, SIGNAL, ACTION, FIRST, CAUSE = range(POINT)
FAULT = 4
KIND, BEGAN, ENDED, ENDED_BY = range(FAULT)

CHIPPED, COOLANT, OFF_PLAN = 1, 2, 4  # bits of STATE and CAUSE
PLANNED_CHANGE, CHIP, COOLANT_OFF, CHANGE, COOLANT_SET, OFFSET, LOOKED, COMPENSATED, BAD, SORTED_OUT = (
    1, 2, 4, 8, 16, 32, 64, 128, 256, 512,
)  # fmt: skip
BY_SIGNAL, BY_PLAN, BY_SHIFT = 1, 2, 3

# Luck, n numbers of each: scatter, gauge, chip, coolant; wear and setting error of insert k; setting error at point k.
LUCK = 7
ON_THE_LINE = 1e-9  # standard errors, as in process_control.patterns


@part
def draw_luck(seed: Any, n: Any, luck: Any) -> None:
    """Fill ``luck`` (7·n numbers): the same seed gives every policy the same week."""
    for i in range(n):
        luck[i] = normal(seed, 1, 0, i)
        luck[n + i] = normal(seed, 2, 0, i)
        luck[2 * n + i] = uniform(seed, 3, 0, i)
        luck[3 * n + i] = uniform(seed, 4, 0, i)
        luck[4 * n + i] = normal(seed, 5, i, 0)
        luck[5 * n + i] = normal(seed, 6, i, 0)
        luck[6 * n + i] = normal(seed, 7, i, 0)


@part
def run_beyond(z: Any, k: Any, m: Any, of: Any, first: Any, limit: Any) -> Any:
    """Whether z[k] is beyond ``limit`` and with it at least ``m`` of the last ``of`` points, on its side."""
    if k - of + 1 < first:
        return False
    edge = limit + ON_THE_LINE
    up, down = 0, 0
    for j in range(k - of + 1, k + 1):
        if z[j] > edge:
            up += 1
        elif z[j] < -edge:
            down += 1
    return (z[k] > edge and up >= m) or (z[k] < -edge and down >= m)


@part
def trend(z: Any, k: Any, of: Any, first: Any) -> Any:
    """Whether the last ``of`` points rise, or fall, all the way."""
    if k - of + 1 < first:
        return False
    up, down = 0, 0
    for j in range(k - of + 2, k + 1):
        if z[j] - z[j - 1] > ON_THE_LINE:
            up += 1
        elif z[j] - z[j - 1] < -ON_THE_LINE:
            down += 1
    return up == of - 1 or down == of - 1


@part
def alternating(z: Any, k: Any, of: Any, first: Any) -> Any:
    """Whether the last ``of`` points go up and down by turns."""
    if k - of + 1 < first:
        return False
    for j in range(k - of + 3, k + 1):
        now, before = z[j] - z[j - 1], z[j - 1] - z[j - 2]
        rises, falls = now > ON_THE_LINE and before < -ON_THE_LINE, now < -ON_THE_LINE and before > ON_THE_LINE
        if not (rises or falls):
            return False
    return True


@part
def hugging(z: Any, k: Any, of: Any, first: Any) -> Any:
    """Whether the last ``of`` points all lie within one sigma."""
    if k - of + 1 < first:
        return False
    inside = 0
    for j in range(k - of + 1, k + 1):
        if abs(z[j]) <= 1.0 + ON_THE_LINE:
            inside += 1
    return inside == of


@part
def shunning(z: Any, k: Any, of: Any, first: Any) -> Any:
    """Whether the last ``of`` points all lie beyond one sigma, and not all on one side."""
    if k - of + 1 < first:
        return False
    up, down = 0, 0
    for j in range(k - of + 1, k + 1):
        if z[j] > 1.0 + ON_THE_LINE:
            up += 1
        elif z[j] < -1.0 - ON_THE_LINE:
            down += 1
    return up + down == of and up > 0 and down > 0


@part
def signal(z: Any, k: Any, first: Any, rules: Any, width: Any) -> Any:
    """The lowest of Nelson's rule numbers that point k breaks, 0 for none. Points before ``first`` do not count.

    The dialect is that of ``process_control.rules``; a test compares with it.
    """
    if abs(z[k]) > width + ON_THE_LINE:
        return 1
    if rules == RULE_1:
        return 0
    in_a_row = 8 if rules == WESTERN_ELECTRIC else 9
    if run_beyond(z, k, in_a_row, in_a_row, first, 0.0):
        return 2
    if rules == NELSON and trend(z, k, 6, first):
        return 3
    if rules == NELSON and alternating(z, k, 14, first):
        return 4
    if run_beyond(z, k, 2, 3, first, 2.0):
        return 5
    if run_beyond(z, k, 4, 5, first, 1.0):
        return 6
    if rules == NELSON and hugging(z, k, 15, first):
        return 7
    if rules == NELSON and shunning(z, k, 8, first):
        return 8
    return 0


@part
def planned(age: Any, policy: Any, plant: Any) -> Any:
    """The diameter that the plan expects (µm from nominal) after ``age`` shafts with this insert."""
    middle = 0.5 * (plant[LOWER] + plant[UPPER])
    worn = plant[WEAR] * age
    if policy[COMPENSATE] == 0.0:
        return middle - 0.5 * plant[WEAR] * policy[INSERT_EVERY] + worn
    return middle - 0.5 * plant[OFFSET_STEP] + worn - plant[OFFSET_STEP] * np.floor(worn / plant[OFFSET_STEP])


@part
def extra_wear(age: Any, factor: Any, plant: Any) -> Any:
    """How much more (or less) this insert has worn than the plan expects, µm."""
    past = age - plant[LIFE]
    more = (plant[WORN_WEAR] - 1.0) * past if past > 0.0 else 0.0
    return plant[WEAR] * (factor * (age + more) - age)


@part
def spread_of(shafts: Any, last: Any, n: Any, kind: Any) -> Any:
    """Range (X̄-R) or standard deviation (X̄-S) of the last ``n`` readings, plan taken off."""
    low, high, total = 1e300, -1e300, 0.0
    for j in range(last - n + 1, last + 1):
        x = shafts[j * SHAFT + READING] - shafts[j * SHAFT + PLAN]
        total += x
        low, high = min(low, x), max(high, x)
    if kind == X_BAR_R:
        return high - low
    square = 0.0
    for j in range(last - n + 1, last + 1):
        d = shafts[j * SHAFT + READING] - shafts[j * SHAFT + PLAN] - total / n
        square += d * d
    return np.sqrt(square / (n - 1))


@part
def end_fault(faults: Any, open_at: Any, i: Any, by: Any, totals: Any) -> None:
    """Close the fault in row ``open_at``: shaft i is the last that it touched."""
    faults[open_at * FAULT + ENDED] = i
    faults[open_at * FAULT + ENDED_BY] = by
    totals[FAULT_ENDS] += 1
    totals[FAULT_WAIT] += i - faults[open_at * FAULT + BEGAN] + 1


@part
def watch(
    n: Any, luck: Any, policy: Any, plant: Any, chart: Any, z: Any, shafts: Any, points: Any, faults: Any, totals: Any
) -> None:
    """Run ``n`` shafts under one policy.

    ``z`` (n), ``shafts`` (7·n), ``points`` (7·n), ``faults`` (4·2·n) and ``totals`` (17) are filled; what was in them
    does not matter.
    """
    for k in range(17):
        totals[k] = 0.0
    size, interval = int(policy[SIZE]), int(policy[INTERVAL])
    reaction, kind, rules = int(policy[REACTION]), int(policy[CHART]), int(policy[RULES])
    interval = max(interval, size)
    sigma, sigma_chart = plant[SIGMA], chart[CHART_SIGMA]
    age, insert, chipped, coolant, coolant_age = 0, 0, False, False, 0
    factor = max(0.2, 1.0 + plant[WEAR_CV] * luck[4 * n])
    offset = plant[SET_SIGMA] * luck[5 * n]
    made_points, first, last_sampled, fault_rows, chip_row, coolant_row = 0, 0, -1, 0, 0, 0
    minutes = 0.0

    for i in range(n):
        event = 0
        # 1. Before the cut: the check at the start of a shift, the planned change of the insert, the control's offset.
        if coolant and i % int(plant[SHIFT_SHAFTS]) == 0:
            coolant = False
            end_fault(faults, coolant_row, i - 1, BY_SHIFT, totals)
        if age >= policy[INSERT_EVERY]:
            event |= PLANNED_CHANGE
            if chipped:
                chipped = False
                end_fault(faults, chip_row, i - 1, BY_PLAN, totals)
            insert, age = insert + 1, 0
            factor = max(0.2, 1.0 + plant[WEAR_CV] * luck[4 * n + insert])
            offset = plant[SET_SIGMA] * luck[5 * n + insert]
            totals[INSERTS] += 1
            minutes += plant[CHANGE_TIME]
        if policy[COMPENSATE] != 0.0 and age > 0:
            step = plant[OFFSET_STEP]
            if np.floor(plant[WEAR] * age / step) > np.floor(plant[WEAR] * (age - 1) / step):
                event |= COMPENSATED
        # 2. What may go wrong.
        chance = plant[CHIP_CHANCE] * (plant[WORN_CHIP] if age > plant[LIFE] else 1.0)
        if not chipped and luck[2 * n + i] < chance:
            chipped, chip_row = True, fault_rows
            faults[fault_rows * FAULT + KIND], faults[fault_rows * FAULT + BEGAN] = CHIPPED, i
            faults[fault_rows * FAULT + ENDED], faults[fault_rows * FAULT + ENDED_BY] = -1, 0
            fault_rows += 1
            event |= CHIP
        if not coolant and luck[3 * n + i] < plant[COOLANT_CHANCE]:
            coolant, coolant_age, coolant_row = True, 0, fault_rows
            faults[fault_rows * FAULT + KIND], faults[fault_rows * FAULT + BEGAN] = COOLANT, i
            faults[fault_rows * FAULT + ENDED], faults[fault_rows * FAULT + ENDED_BY] = -1, 0
            fault_rows += 1
            event |= COOLANT_OFF
        # 3. The cut.
        plan = planned(age, policy, plant)
        mean = plan + extra_wear(age, factor, plant) + offset
        scatter = sigma
        if chipped:
            mean += plant[CHIP_SHIFT]
            scatter = sigma * plant[CHIP_SPREAD]
        if coolant:
            coolant_age += 1
            mean += plant[COOLANT_SHIFT] * min(1.0, coolant_age / plant[COOLANT_RAMP])
        true = mean + scatter * luck[i]
        state = (CHIPPED if chipped else 0) | (COOLANT if coolant else 0)
        if abs(mean - plan) > sigma:
            state |= OFF_PLAN
        age += 1
        if chipped or coolant:
            totals[FAULT_SHAFTS] += 1
        if plant[LOWER] <= true <= plant[UPPER]:
            totals[IN_SPEC] += 1
        s = i * SHAFT
        shafts[s + TRUE], shafts[s + MEAN], shafts[s + PLAN], shafts[s + STATE] = true, mean, plan, state
        gauged = true + plant[GAUGE_SIGMA] * luck[n + i]
        shafts[s + READING] = plant[GAUGE_STEP] * np.floor(gauged / plant[GAUGE_STEP] + 0.5)
        # 4. The sample, its point on the chart, and the rules.
        if (i + 1) % interval == 0:
            value, found_bad = 0.0, False
            for j in range(i - size + 1, i + 1):
                reading = shafts[j * SHAFT + READING]
                value += (reading - shafts[j * SHAFT + PLAN]) / size
                if reading < plant[LOWER] or reading > plant[UPPER]:
                    found_bad = True
                    if j == i:
                        event |= BAD
                    else:
                        shafts[j * SHAFT + EVENT] = float(int(shafts[j * SHAFT + EVENT]) | BAD)
            totals[CHECKS] += size
            z[made_points] = value / (sigma_chart * chart[POINT_ERROR])
            spread = -1.0
            if size > 1:
                spread = spread_of(shafts, i, size, kind)
            elif made_points > first:
                spread = abs(z[made_points] - z[made_points - 1]) * sigma_chart
            rule = signal(z, made_points, first, rules, policy[WIDTH])
            if (
                rule == 0
                and spread >= 0.0
                and not (chart[SPREAD_LOW] * sigma_chart <= spread <= chart[SPREAD_HIGH] * sigma_chart)
            ):
                rule = 9
            p = made_points * POINT
            points[p + AT], points[p + VALUE], points[p + SPREAD], points[p + SIGNAL] = i, value, spread, rule
            points[p + FIRST], points[p + CAUSE], points[p + ACTION] = first, state, 0
            made_points += 1
            # 5. What is done about it.
            sort = found_bad
            if rule > 0:
                totals[SIGNALS] += 1
                if state == 0:
                    totals[FALSE_ALARMS] += 1
            if reaction == FIND_CAUSE and rule > 0:
                event |= LOOKED
                minutes += plant[LOOK_TIME]
                first = made_points
                if state != 0:
                    sort = True
                    totals[FOUND] += 1
                if chipped:
                    event |= CHANGE
                    chipped = False
                    end_fault(faults, chip_row, i, BY_SIGNAL, totals)
                    insert, age = insert + 1, 0
                    factor = max(0.2, 1.0 + plant[WEAR_CV] * luck[4 * n + insert])
                    offset = plant[SET_SIGMA] * luck[5 * n + insert]
                    totals[INSERTS] += 1
                    minutes += plant[CHANGE_TIME]
                elif state & OFF_PLAN and not coolant:
                    event |= OFFSET
                    offset -= mean - plan - plant[SET_SIGMA] * luck[6 * n + made_points - 1]
                    totals[ADJUSTMENTS] += 1
                    minutes += plant[ADJUST_TIME]
                if coolant:
                    event |= COOLANT_SET
                    coolant = False
                    end_fault(faults, coolant_row, i, BY_SIGNAL, totals)
                    minutes += plant[COOLANT_TIME]
            elif (reaction == ADJUST_ON_SIGNAL and rule > 0) or reaction == ADJUST_EACH:
                event |= OFFSET
                offset -= value
                if reaction == ADJUST_ON_SIGNAL:
                    first = made_points
                totals[ADJUSTMENTS] += 1
                minutes += plant[ADJUST_TIME]
            points[p + ACTION] = event & (CHANGE | COOLANT_SET | OFFSET | LOOKED)
            # 6. A bad shaft in the gauge, or a cause found: gauge what was made since the sample before.
            if sort:
                for j in range(last_sampled + 1, i - size + 1):
                    reading = shafts[j * SHAFT + READING]
                    totals[CHECKS] += 1
                    mark = SORTED_OUT
                    if reading < plant[LOWER] or reading > plant[UPPER]:
                        mark |= BAD
                    shafts[j * SHAFT + EVENT] = float(int(shafts[j * SHAFT + EVENT]) | mark)
            last_sampled = i
        shafts[s + EVENT] = event
        shafts[s + SPENT] = (
            totals[CHECKS] * plant[CHECK_COST] + minutes * plant[STOP_COST] + totals[INSERTS] * plant[INSERT_COST]
        )
    # 7. The reckoning: what was thrown away, what went on to assembly, what it cost.
    for i in range(n):
        true = shafts[i * SHAFT + TRUE]
        good = plant[LOWER] <= true <= plant[UPPER]
        if int(shafts[i * SHAFT + EVENT]) & BAD:
            totals[SCRAP] += 1
        elif good:
            totals[GOOD] += 1
        else:
            totals[ESCAPES] += 1
    totals[FAULTS], totals[POINTS], totals[STOP_MINUTES] = fault_rows, made_points, minutes
    totals[COST] = (
        totals[CHECKS] * plant[CHECK_COST]
        + minutes * plant[STOP_COST]
        + totals[INSERTS] * plant[INSERT_COST]
        + totals[SCRAP] * plant[SCRAP_COST]
        + totals[ESCAPES] * plant[ESCAPE_COST]
    )


@part
def watch_all(
    n: Any, plans: Any, luck: Any, policies: Any, plant: Any, charts: Any,
    z: Any, shafts: Any, points: Any, faults: Any, totals: Any, costs: Any,
) -> None:  # fmt: skip
    """``watch`` for each of ``plans`` policies (8 numbers each; 4 each in ``charts``): adds cost per 100 good to
    ``costs``."""
    for k in range(plans):
        watch(n, luck, policies[8 * k : 8 * k + 8], plant, charts[4 * k : 4 * k + 4], z, shafts, points, faults, totals)
        costs[k] += 100.0 * totals[COST] / max(1.0, totals[GOOD])


@part
def clairvoyant(n: Any, luck: Any, insert_every: Any, plant: Any) -> Any:
    """Cost per 100 good shafts for someone who knows every cause at once and every shaft's size without a gauge.

    The mean stays in the middle, a chipped insert is changed before it cuts, coolant is followed by the offset at no
    cost, and only bad shafts are gauged and scrapped. What is left is the lathe's own scatter and its inserts.
    """
    middle = 0.5 * (plant[LOWER] + plant[UPPER])
    age, inserts, bad = 0, 0, 0
    for i in range(n):
        if age >= insert_every:
            inserts, age = inserts + 1, 0
        chance = plant[CHIP_CHANCE] * (plant[WORN_CHIP] if age > plant[LIFE] else 1.0)
        if luck[2 * n + i] < chance:
            inserts, age = inserts + 1, 0
        true = middle + plant[SIGMA] * luck[i]
        if not plant[LOWER] <= true <= plant[UPPER]:
            bad += 1
        age += 1
    cost = inserts * (plant[INSERT_COST] + plant[CHANGE_TIME] * plant[STOP_COST])
    cost += bad * (plant[SCRAP_COST] + plant[CHECK_COST])
    return 100.0 * cost / max(1, n - bad)
