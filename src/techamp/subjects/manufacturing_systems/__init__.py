"""Manufacturing systems: flow, queues, lines, balancing, job shops, lots. Also a library for engineers and notebooks.

>>> from techamp.subjects.manufacturing_systems import littles_law, mm1
>>> littles_law(wip=4, throughput=0.5).cycle_time, round(mm1(0.9, 1.0).Wq, 6)
(8.0, 9.0)

Names are loaded when first used, so that importing the package costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from techamp.subjects.manufacturing_systems.balancing.balance import RULES as RULES
    from techamp.subjects.manufacturing_systems.balancing.balance import Balance as Balance
    from techamp.subjects.manufacturing_systems.balancing.balance import balance_by_rule as balance_by_rule
    from techamp.subjects.manufacturing_systems.balancing.balance import balance_faults as balance_faults
    from techamp.subjects.manufacturing_systems.balancing.balance import fewest_stations as fewest_stations
    from techamp.subjects.manufacturing_systems.balancing.branch_and_bound import best_balance as best_balance
    from techamp.subjects.manufacturing_systems.balancing.precedence import Precedence as Precedence
    from techamp.subjects.manufacturing_systems.balancing.precedence import parse_in2 as parse_in2
    from techamp.subjects.manufacturing_systems.balancing.shortest_cycle import shortest_cycle as shortest_cycle
    from techamp.subjects.manufacturing_systems.explaining.explanation import explain as explain
    from techamp.subjects.manufacturing_systems.flow.benchmarks import LineLimits as LineLimits
    from techamp.subjects.manufacturing_systems.flow.benchmarks import best_case as best_case
    from techamp.subjects.manufacturing_systems.flow.benchmarks import line_limits as line_limits
    from techamp.subjects.manufacturing_systems.flow.benchmarks import practical_worst_case as practical_worst_case
    from techamp.subjects.manufacturing_systems.flow.benchmarks import worst_case as worst_case
    from techamp.subjects.manufacturing_systems.flow.effective_process_time import ProcessTime as ProcessTime
    from techamp.subjects.manufacturing_systems.flow.effective_process_time import with_failures as with_failures
    from techamp.subjects.manufacturing_systems.flow.effective_process_time import with_rework as with_rework
    from techamp.subjects.manufacturing_systems.flow.effective_process_time import with_setups as with_setups
    from techamp.subjects.manufacturing_systems.flow.kanban import kanban_cards as kanban_cards
    from techamp.subjects.manufacturing_systems.flow.littles_law import Flow as Flow
    from techamp.subjects.manufacturing_systems.flow.littles_law import littles_law as littles_law
    from techamp.subjects.manufacturing_systems.flow.oee import Effectiveness as Effectiveness
    from techamp.subjects.manufacturing_systems.flow.oee import availability as availability
    from techamp.subjects.manufacturing_systems.flow.oee import oee as oee
    from techamp.subjects.manufacturing_systems.flow.takt import LineCapacity as LineCapacity
    from techamp.subjects.manufacturing_systems.flow.takt import StationLoad as StationLoad
    from techamp.subjects.manufacturing_systems.flow.takt import line_capacity as line_capacity
    from techamp.subjects.manufacturing_systems.flow.takt import takt_time as takt_time
    from techamp.subjects.manufacturing_systems.flow.time_study import cycles_to_time as cycles_to_time
    from techamp.subjects.manufacturing_systems.flow.time_study import standard_time as standard_time
    from techamp.subjects.manufacturing_systems.flow.value_stream import Step as Step
    from techamp.subjects.manufacturing_systems.flow.value_stream import ValueStream as ValueStream
    from techamp.subjects.manufacturing_systems.flow.value_stream import value_stream as value_stream
    from techamp.subjects.manufacturing_systems.job_shop.dispatching import DISPATCH_RULES as DISPATCH_RULES
    from techamp.subjects.manufacturing_systems.job_shop.dispatching import dispatch as dispatch
    from techamp.subjects.manufacturing_systems.job_shop.schedule import GanttBar as GanttBar
    from techamp.subjects.manufacturing_systems.job_shop.schedule import Schedule as Schedule
    from techamp.subjects.manufacturing_systems.job_shop.schedule import critical_path as critical_path
    from techamp.subjects.manufacturing_systems.job_shop.schedule import gantt_rows as gantt_rows
    from techamp.subjects.manufacturing_systems.job_shop.schedule import left_shift as left_shift
    from techamp.subjects.manufacturing_systems.job_shop.schedule import schedule_faults as schedule_faults
    from techamp.subjects.manufacturing_systems.job_shop.schedule import semi_active as semi_active
    from techamp.subjects.manufacturing_systems.job_shop.shop import JobShop as JobShop
    from techamp.subjects.manufacturing_systems.job_shop.shop import parse_job_shop as parse_job_shop
    from techamp.subjects.manufacturing_systems.job_shop.tabu_search import FoundSchedule as FoundSchedule
    from techamp.subjects.manufacturing_systems.job_shop.tabu_search import search_schedule as search_schedule
    from techamp.subjects.manufacturing_systems.job_shop.tabu_search import shortest_makespan as shortest_makespan
    from techamp.subjects.manufacturing_systems.layout.travel import along_aisles as along_aisles
    from techamp.subjects.manufacturing_systems.layout.travel import travel as travel
    from techamp.subjects.manufacturing_systems.layout.work_combination import WorkCombination as WorkCombination
    from techamp.subjects.manufacturing_systems.layout.work_combination import smallest_crew as smallest_crew
    from techamp.subjects.manufacturing_systems.layout.work_combination import work_combination as work_combination
    from techamp.subjects.manufacturing_systems.lines.buffer_allocation import Allocation as Allocation
    from techamp.subjects.manufacturing_systems.lines.buffer_allocation import WorkSplit as WorkSplit
    from techamp.subjects.manufacturing_systems.lines.buffer_allocation import best_buffers as best_buffers
    from techamp.subjects.manufacturing_systems.lines.buffer_allocation import best_work_split as best_work_split
    from techamp.subjects.manufacturing_systems.lines.buffer_allocation import (
        exponential_throughput as exponential_throughput,
    )
    from techamp.subjects.manufacturing_systems.lines.buffer_allocation import greedy_buffers as greedy_buffers
    from techamp.subjects.manufacturing_systems.lines.continuous_line import continuous_line as continuous_line
    from techamp.subjects.manufacturing_systems.lines.decomposition import decomposed_line as decomposed_line
    from techamp.subjects.manufacturing_systems.lines.deterministic_line import deterministic_line as deterministic_line
    from techamp.subjects.manufacturing_systems.lines.deterministic_line import two_machine_line as two_machine_line
    from techamp.subjects.manufacturing_systems.lines.deterministic_line import (
        zero_buffer_efficiency as zero_buffer_efficiency,
    )
    from techamp.subjects.manufacturing_systems.lines.exponential_line import exponential_line as exponential_line
    from techamp.subjects.manufacturing_systems.lines.line_flow import LineFlow as LineFlow
    from techamp.subjects.manufacturing_systems.lots.batching import Batching as Batching
    from techamp.subjects.manufacturing_systems.lots.batching import batch_curve as batch_curve
    from techamp.subjects.manufacturing_systems.lots.batching import batch_lead_time as batch_lead_time
    from techamp.subjects.manufacturing_systems.lots.batching import best_batch as best_batch
    from techamp.subjects.manufacturing_systems.lots.batching import least_batch as least_batch
    from techamp.subjects.manufacturing_systems.lots.economic_lots import CommonCycle as CommonCycle
    from techamp.subjects.manufacturing_systems.lots.economic_lots import LotSize as LotSize
    from techamp.subjects.manufacturing_systems.lots.economic_lots import Product as Product
    from techamp.subjects.manufacturing_systems.lots.economic_lots import common_cycle as common_cycle
    from techamp.subjects.manufacturing_systems.lots.economic_lots import (
        economic_order_quantity as economic_order_quantity,
    )
    from techamp.subjects.manufacturing_systems.lots.economic_lots import (
        economic_production_quantity as economic_production_quantity,
    )
    from techamp.subjects.manufacturing_systems.lots.economic_lots import lot_cost as lot_cost
    from techamp.subjects.manufacturing_systems.lots.transfer_batches import lot_lead_time as lot_lead_time
    from techamp.subjects.manufacturing_systems.lots.wagner_whitin import LotPlan as LotPlan
    from techamp.subjects.manufacturing_systems.lots.wagner_whitin import wagner_whitin as wagner_whitin
    from techamp.subjects.manufacturing_systems.maintenance.age_replacement import Replacement as Replacement
    from techamp.subjects.manufacturing_systems.maintenance.age_replacement import age_replacement as age_replacement
    from techamp.subjects.manufacturing_systems.maintenance.age_replacement import best_age as best_age
    from techamp.subjects.manufacturing_systems.maintenance.age_replacement import weibull_mean as weibull_mean
    from techamp.subjects.manufacturing_systems.model.checking import model_warnings as model_warnings
    from techamp.subjects.manufacturing_systems.model.factory_model import Model as Model
    from techamp.subjects.manufacturing_systems.model.line import Line as Line
    from techamp.subjects.manufacturing_systems.model.model_plant import plant_model as plant_model
    from techamp.subjects.manufacturing_systems.model.reading import load_model as load_model
    from techamp.subjects.manufacturing_systems.model.reading import read_model as read_model
    from techamp.subjects.manufacturing_systems.model.reading import write_model as write_model
    from techamp.subjects.manufacturing_systems.networks.closed_networks import ClosedClass as ClosedClass
    from techamp.subjects.manufacturing_systems.networks.closed_networks import ClosedNetwork as ClosedNetwork
    from techamp.subjects.manufacturing_systems.networks.closed_networks import conwip as conwip
    from techamp.subjects.manufacturing_systems.networks.closed_networks import conwip_curve as conwip_curve
    from techamp.subjects.manufacturing_systems.networks.closed_networks import general_conwip as general_conwip
    from techamp.subjects.manufacturing_systems.networks.closed_networks import (
        mean_value_analysis as mean_value_analysis,
    )
    from techamp.subjects.manufacturing_systems.networks.open_networks import OpenNetwork as OpenNetwork
    from techamp.subjects.manufacturing_systems.networks.open_networks import jackson_network as jackson_network
    from techamp.subjects.manufacturing_systems.networks.open_networks import queueing_network as queueing_network
    from techamp.subjects.manufacturing_systems.networks.routing import traffic as traffic
    from techamp.subjects.manufacturing_systems.output_analysis.batch_means import batch_means as batch_means
    from techamp.subjects.manufacturing_systems.output_analysis.comparing import compare as compare
    from techamp.subjects.manufacturing_systems.output_analysis.experiment import Experiment as Experiment
    from techamp.subjects.manufacturing_systems.output_analysis.experiment import experiment as experiment
    from techamp.subjects.manufacturing_systems.output_analysis.experiment import paired as paired
    from techamp.subjects.manufacturing_systems.output_analysis.ranking import select_best as select_best
    from techamp.subjects.manufacturing_systems.output_analysis.replications import replicate as replicate
    from techamp.subjects.manufacturing_systems.output_analysis.replications import replicate_until as replicate_until
    from techamp.subjects.manufacturing_systems.output_analysis.sensitivity import sensitivity as sensitivity
    from techamp.subjects.manufacturing_systems.output_analysis.warm_up import mser5 as mser5
    from techamp.subjects.manufacturing_systems.queues.general import departure_scv as departure_scv
    from techamp.subjects.manufacturing_systems.queues.general import gg1 as gg1
    from techamp.subjects.manufacturing_systems.queues.general import ggm as ggm
    from techamp.subjects.manufacturing_systems.queues.general import mg1 as mg1
    from techamp.subjects.manufacturing_systems.queues.general import vut as vut
    from techamp.subjects.manufacturing_systems.queues.machine_repair import MachineRepair as MachineRepair
    from techamp.subjects.manufacturing_systems.queues.machine_repair import machine_repair as machine_repair
    from techamp.subjects.manufacturing_systems.queues.markov import erlang_b as erlang_b
    from techamp.subjects.manufacturing_systems.queues.markov import erlang_c as erlang_c
    from techamp.subjects.manufacturing_systems.queues.markov import mm1 as mm1
    from techamp.subjects.manufacturing_systems.queues.markov import mmc as mmc
    from techamp.subjects.manufacturing_systems.queues.markov import mmc_time_exceeds as mmc_time_exceeds
    from techamp.subjects.manufacturing_systems.queues.markov import mmc_wait_exceeds as mmc_wait_exceeds
    from techamp.subjects.manufacturing_systems.queues.markov import mmc_wait_quantile as mmc_wait_quantile
    from techamp.subjects.manufacturing_systems.queues.priority import priority_mg1 as priority_mg1
    from techamp.subjects.manufacturing_systems.queues.priority import priority_mmc as priority_mmc
    from techamp.subjects.manufacturing_systems.queues.queue import Queue as Queue

_HOME = {
    "model.line": ("Line",),
    "model.factory_model": ("Model",),
    "model.reading": (
        "read_model",
        "write_model",
        "load_model",
    ),
    "model.model_plant": ("plant_model",),
    "model.checking": ("model_warnings",),
    "output_analysis.experiment": (
        "Experiment",
        "experiment",
        "paired",
    ),
    "output_analysis.comparing": ("compare",),
    "output_analysis.warm_up": ("mser5",),
    "output_analysis.batch_means": ("batch_means",),
    "output_analysis.ranking": ("select_best",),
    "output_analysis.sensitivity": ("sensitivity",),
    "output_analysis.replications": (
        "replicate",
        "replicate_until",
    ),
    "explaining.explanation": ("explain",),
    "balancing.balance": (
        "Balance",
        "RULES",
        "balance_by_rule",
        "balance_faults",
        "fewest_stations",
    ),
    "balancing.branch_and_bound": ("best_balance",),
    "balancing.precedence": (
        "Precedence",
        "parse_in2",
    ),
    "balancing.shortest_cycle": ("shortest_cycle",),
    "flow.benchmarks": (
        "LineLimits",
        "best_case",
        "line_limits",
        "practical_worst_case",
        "worst_case",
    ),
    "flow.effective_process_time": (
        "ProcessTime",
        "with_failures",
        "with_rework",
        "with_setups",
    ),
    "flow.kanban": ("kanban_cards",),
    "flow.littles_law": (
        "Flow",
        "littles_law",
    ),
    "flow.oee": (
        "Effectiveness",
        "availability",
        "oee",
    ),
    "flow.takt": (
        "LineCapacity",
        "StationLoad",
        "line_capacity",
        "takt_time",
    ),
    "flow.time_study": (
        "cycles_to_time",
        "standard_time",
    ),
    "flow.value_stream": (
        "Step",
        "ValueStream",
        "value_stream",
    ),
    "job_shop.dispatching": (
        "DISPATCH_RULES",
        "dispatch",
    ),
    "job_shop.schedule": (
        "GanttBar",
        "Schedule",
        "critical_path",
        "gantt_rows",
        "left_shift",
        "schedule_faults",
        "semi_active",
    ),
    "job_shop.shop": (
        "JobShop",
        "parse_job_shop",
    ),
    "job_shop.tabu_search": (
        "FoundSchedule",
        "search_schedule",
        "shortest_makespan",
    ),
    "layout.travel": (
        "along_aisles",
        "travel",
    ),
    "layout.work_combination": (
        "WorkCombination",
        "smallest_crew",
        "work_combination",
    ),
    "lines.buffer_allocation": (
        "Allocation",
        "WorkSplit",
        "best_buffers",
        "best_work_split",
        "exponential_throughput",
        "greedy_buffers",
    ),
    "lines.continuous_line": ("continuous_line",),
    "lines.decomposition": ("decomposed_line",),
    "lines.deterministic_line": (
        "deterministic_line",
        "two_machine_line",
        "zero_buffer_efficiency",
    ),
    "lines.exponential_line": ("exponential_line",),
    "lines.line_flow": ("LineFlow",),
    "lots.batching": (
        "Batching",
        "batch_curve",
        "batch_lead_time",
        "best_batch",
        "least_batch",
    ),
    "lots.economic_lots": (
        "CommonCycle",
        "LotSize",
        "Product",
        "common_cycle",
        "economic_order_quantity",
        "economic_production_quantity",
        "lot_cost",
    ),
    "lots.transfer_batches": ("lot_lead_time",),
    "lots.wagner_whitin": (
        "LotPlan",
        "wagner_whitin",
    ),
    "maintenance.age_replacement": (
        "Replacement",
        "age_replacement",
        "best_age",
        "weibull_mean",
    ),
    "networks.closed_networks": (
        "ClosedClass",
        "ClosedNetwork",
        "conwip",
        "conwip_curve",
        "general_conwip",
        "mean_value_analysis",
    ),
    "networks.open_networks": (
        "OpenNetwork",
        "jackson_network",
        "queueing_network",
    ),
    "networks.routing": ("traffic",),
    "queues.general": (
        "departure_scv",
        "gg1",
        "ggm",
        "mg1",
        "vut",
    ),
    "queues.machine_repair": (
        "MachineRepair",
        "machine_repair",
    ),
    "queues.markov": (
        "erlang_b",
        "erlang_c",
        "mm1",
        "mmc",
        "mmc_time_exceeds",
        "mmc_wait_exceeds",
        "mmc_wait_quantile",
    ),
    "queues.priority": (
        "priority_mg1",
        "priority_mmc",
    ),
    "queues.queue": ("Queue",),
}
_MODULE = {name: module for module, names in _HOME.items() for name in names}

__all__ = sorted(_MODULE)  # noqa: PLE0605


def __getattr__(name: str) -> object:
    if name not in _MODULE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULE[name]}"), name)
