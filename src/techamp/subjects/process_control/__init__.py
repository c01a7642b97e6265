"""Process control: control charts, run rules, run lengths, capability. Also a library for engineers and notebooks.

>>> from techamp.subjects.process_control import individuals_chart, signals
>>> chart = individuals_chart([49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1])
>>> round(chart.center, 2), chart.sigma.name, len(signals(chart))
(50.81, 'moving_range', 0)

Names are loaded when first used, so that importing the package costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from techamp.subjects.process_control.anova_table import AnovaRow as AnovaRow
    from techamp.subjects.process_control.attribute_charts import c_chart as c_chart
    from techamp.subjects.process_control.attribute_charts import laney_p_chart as laney_p_chart
    from techamp.subjects.process_control.attribute_charts import laney_u_chart as laney_u_chart
    from techamp.subjects.process_control.attribute_charts import np_chart as np_chart
    from techamp.subjects.process_control.attribute_charts import p_chart as p_chart
    from techamp.subjects.process_control.attribute_charts import u_chart as u_chart
    from techamp.subjects.process_control.autocorrelation import autocorrelation_caution as autocorrelation_caution
    from techamp.subjects.process_control.chart import ControlChart as ControlChart
    from techamp.subjects.process_control.chart import Panel as Panel
    from techamp.subjects.process_control.chart import Phase as Phase
    from techamp.subjects.process_control.chart_economics import ChartCosts as ChartCosts
    from techamp.subjects.process_control.chart_economics import EconomicDesign as EconomicDesign
    from techamp.subjects.process_control.chart_economics import HourlyCost as HourlyCost
    from techamp.subjects.process_control.chart_economics import economic_design as economic_design
    from techamp.subjects.process_control.chart_economics import hourly_cost as hourly_cost
    from techamp.subjects.process_control.comparing.comparison import Comparison as Comparison
    from techamp.subjects.process_control.comparing.diagnostics import Diagnosis as Diagnosis
    from techamp.subjects.process_control.comparing.diagnostics import diagnose as diagnose
    from techamp.subjects.process_control.comparing.one_way_anova import OneWayAnova as OneWayAnova
    from techamp.subjects.process_control.comparing.one_way_anova import PairDifference as PairDifference
    from techamp.subjects.process_control.comparing.one_way_anova import dunnett_pairs as dunnett_pairs
    from techamp.subjects.process_control.comparing.one_way_anova import one_way_anova as one_way_anova
    from techamp.subjects.process_control.comparing.one_way_anova import tukey_pairs as tukey_pairs
    from techamp.subjects.process_control.comparing.one_way_anova import welch_anova as welch_anova
    from techamp.subjects.process_control.comparing.power import anova_power as anova_power
    from techamp.subjects.process_control.comparing.power import equivalence_power as equivalence_power
    from techamp.subjects.process_control.comparing.power import proportion_power as proportion_power
    from techamp.subjects.process_control.comparing.power import proportion_sample_size as proportion_sample_size
    from techamp.subjects.process_control.comparing.power import t_power as t_power
    from techamp.subjects.process_control.comparing.power import t_sample_size as t_sample_size
    from techamp.subjects.process_control.comparing.proportion_tests import one_proportion as one_proportion
    from techamp.subjects.process_control.comparing.proportion_tests import two_proportions as two_proportions
    from techamp.subjects.process_control.comparing.proportion_tests import wilson_interval as wilson_interval
    from techamp.subjects.process_control.comparing.rank_tests import kruskal_wallis as kruskal_wallis
    from techamp.subjects.process_control.comparing.rank_tests import mann_whitney as mann_whitney
    from techamp.subjects.process_control.comparing.rank_tests import signed_rank as signed_rank
    from techamp.subjects.process_control.comparing.regression import Regression as Regression
    from techamp.subjects.process_control.comparing.regression import linear_fit as linear_fit
    from techamp.subjects.process_control.comparing.regression import polynomial_fit as polynomial_fit
    from techamp.subjects.process_control.comparing.spread_tests import bartlett_test as bartlett_test
    from techamp.subjects.process_control.comparing.spread_tests import f_test as f_test
    from techamp.subjects.process_control.comparing.spread_tests import levene_test as levene_test
    from techamp.subjects.process_control.comparing.spread_tests import one_sample_sd as one_sample_sd
    from techamp.subjects.process_control.comparing.t_tests import Equivalence as Equivalence
    from techamp.subjects.process_control.comparing.t_tests import equivalence as equivalence
    from techamp.subjects.process_control.comparing.t_tests import one_sample_t as one_sample_t
    from techamp.subjects.process_control.comparing.t_tests import paired_t as paired_t
    from techamp.subjects.process_control.comparing.t_tests import two_sample_t as two_sample_t
    from techamp.subjects.process_control.constants import c4 as c4
    from techamp.subjects.process_control.constants import chart_constants as chart_constants
    from techamp.subjects.process_control.constants import d2 as d2
    from techamp.subjects.process_control.constants import d3 as d3
    from techamp.subjects.process_control.constants import d4 as d4
    from techamp.subjects.process_control.cusum import CusumChart as CusumChart
    from techamp.subjects.process_control.cusum import cusum_chart as cusum_chart
    from techamp.subjects.process_control.distributions.box_cox import BoxCox as BoxCox
    from techamp.subjects.process_control.distributions.box_cox import box_cox_power as box_cox_power
    from techamp.subjects.process_control.distributions.families import Fit as Fit
    from techamp.subjects.process_control.distributions.families import fit_family as fit_family
    from techamp.subjects.process_control.distributions.goodness import Goodness as Goodness
    from techamp.subjects.process_control.distributions.goodness import fit_families as fit_families
    from techamp.subjects.process_control.distributions.goodness import goodness_of_fit as goodness_of_fit
    from techamp.subjects.process_control.distributions.goodness import normality_test as normality_test
    from techamp.subjects.process_control.distributions.goodness import sample_quantile as sample_quantile
    from techamp.subjects.process_control.estimated_limits import conditional_run_lengths as conditional_run_lengths
    from techamp.subjects.process_control.ewma import ewma_chart as ewma_chart
    from techamp.subjects.process_control.experiments.adequacy import curvature as curvature
    from techamp.subjects.process_control.experiments.adequacy import lack_of_fit as lack_of_fit
    from techamp.subjects.process_control.experiments.aliases import AliasStructure as AliasStructure
    from techamp.subjects.process_control.experiments.aliases import alias_structure as alias_structure
    from techamp.subjects.process_control.experiments.chosen_settings import Confirmation as Confirmation
    from techamp.subjects.process_control.experiments.chosen_settings import choose_settings as choose_settings
    from techamp.subjects.process_control.experiments.chosen_settings import confirmation as confirmation
    from techamp.subjects.process_control.experiments.design import Design as Design
    from techamp.subjects.process_control.experiments.effects import Lenth as Lenth
    from techamp.subjects.process_control.experiments.effects import dispersion_effects as dispersion_effects
    from techamp.subjects.process_control.experiments.effects import effects as effects
    from techamp.subjects.process_control.experiments.effects import half_normal as half_normal
    from techamp.subjects.process_control.experiments.effects import lenth as lenth
    from techamp.subjects.process_control.experiments.effects import log_variances as log_variances
    from techamp.subjects.process_control.experiments.factorials import best_fraction as best_fraction
    from techamp.subjects.process_control.experiments.factorials import fold_over as fold_over
    from techamp.subjects.process_control.experiments.factorials import fractional_factorial as fractional_factorial
    from techamp.subjects.process_control.experiments.factorials import full_factorial as full_factorial
    from techamp.subjects.process_control.experiments.factorials import plackett_burman as plackett_burman
    from techamp.subjects.process_control.experiments.linear_model import ModelFit as ModelFit
    from techamp.subjects.process_control.experiments.linear_model import all_terms as all_terms
    from techamp.subjects.process_control.experiments.linear_model import fit_model as fit_model
    from techamp.subjects.process_control.experiments.response_surface import Best as Best
    from techamp.subjects.process_control.experiments.response_surface import Canonical as Canonical
    from techamp.subjects.process_control.experiments.response_surface import Goal as Goal
    from techamp.subjects.process_control.experiments.response_surface import best_settings as best_settings
    from techamp.subjects.process_control.experiments.response_surface import canonical_analysis as canonical_analysis
    from techamp.subjects.process_control.experiments.response_surface import (
        overall_desirability as overall_desirability,
    )
    from techamp.subjects.process_control.experiments.response_surface import steepest_ascent as steepest_ascent
    from techamp.subjects.process_control.experiments.run_sheet import PLANS as PLANS
    from techamp.subjects.process_control.experiments.run_sheet import Factor as Factor
    from techamp.subjects.process_control.experiments.run_sheet import RunSheet as RunSheet
    from techamp.subjects.process_control.experiments.run_sheet import choose_plan as choose_plan
    from techamp.subjects.process_control.experiments.run_sheet import one_at_a_time as one_at_a_time
    from techamp.subjects.process_control.experiments.run_sheet import plan_experiment as plan_experiment
    from techamp.subjects.process_control.experiments.run_sheet import run_sheet as run_sheet
    from techamp.subjects.process_control.experiments.surface_designs import box_behnken as box_behnken
    from techamp.subjects.process_control.experiments.surface_designs import central_composite as central_composite
    from techamp.subjects.process_control.formulas import Formula as Formula
    from techamp.subjects.process_control.formulas import limit_formulas as limit_formulas
    from techamp.subjects.process_control.individuals import individuals_chart as individuals_chart
    from techamp.subjects.process_control.measurement.attribute_agreement import Agreement as Agreement
    from techamp.subjects.process_control.measurement.attribute_agreement import Kappa as Kappa
    from techamp.subjects.process_control.measurement.attribute_agreement import agreement as agreement
    from techamp.subjects.process_control.measurement.attribute_agreement import category_kappas as category_kappas
    from techamp.subjects.process_control.measurement.attribute_agreement import cohen_kappa as cohen_kappa
    from techamp.subjects.process_control.measurement.attribute_agreement import fleiss_kappa as fleiss_kappa
    from techamp.subjects.process_control.measurement.bias import Bias as Bias
    from techamp.subjects.process_control.measurement.bias import Linearity as Linearity
    from techamp.subjects.process_control.measurement.bias import Stability as Stability
    from techamp.subjects.process_control.measurement.bias import bias_study as bias_study
    from techamp.subjects.process_control.measurement.bias import linearity_study as linearity_study
    from techamp.subjects.process_control.measurement.bias import stability_study as stability_study
    from techamp.subjects.process_control.measurement.crossed_gauge import crossed_gauge_study as crossed_gauge_study
    from techamp.subjects.process_control.measurement.gauge_study import Component as Component
    from techamp.subjects.process_control.measurement.gauge_study import GaugeStudy as GaugeStudy
    from techamp.subjects.process_control.measurement.nested_gauge import nested_gauge_study as nested_gauge_study
    from techamp.subjects.process_control.measurement.random_groups import RandomGroups as RandomGroups
    from techamp.subjects.process_control.measurement.random_groups import random_one_way as random_one_way
    from techamp.subjects.process_control.measurement.range_gauge import range_gauge_study as range_gauge_study
    from techamp.subjects.process_control.measurement.reml_gauge import reml_gauge_study as reml_gauge_study
    from techamp.subjects.process_control.measurement.share_intervals import ShareIntervals as ShareIntervals
    from techamp.subjects.process_control.measurement.share_intervals import share_intervals as share_intervals
    from techamp.subjects.process_control.measurement.unbalanced_gauge import gauge_study as gauge_study
    from techamp.subjects.process_control.memory_run_length import cusum_run_length as cusum_run_length
    from techamp.subjects.process_control.memory_run_length import ewma_run_length as ewma_run_length
    from techamp.subjects.process_control.multivariate import MultivariateChart as MultivariateChart
    from techamp.subjects.process_control.multivariate import hotelling_chart as hotelling_chart
    from techamp.subjects.process_control.multivariate import mewma_chart as mewma_chart
    from techamp.subjects.process_control.nonnormal_capability import PercentileCapability as PercentileCapability
    from techamp.subjects.process_control.nonnormal_capability import TransformedCapability as TransformedCapability
    from techamp.subjects.process_control.nonnormal_capability import box_cox_capability as box_cox_capability
    from techamp.subjects.process_control.nonnormal_capability import percentile_capability as percentile_capability
    from techamp.subjects.process_control.operating_characteristic import count_miss as count_miss
    from techamp.subjects.process_control.operating_characteristic import x_bar_miss as x_bar_miss
    from techamp.subjects.process_control.process_capability import Capability as Capability
    from techamp.subjects.process_control.process_capability import Ratios as Ratios
    from techamp.subjects.process_control.process_capability import capability as capability
    from techamp.subjects.process_control.process_capability import capability_ratios as capability_ratios
    from techamp.subjects.process_control.process_capability import cp_interval as cp_interval
    from techamp.subjects.process_control.process_capability import cpk_interval as cpk_interval
    from techamp.subjects.process_control.process_capability import expected_ppm as expected_ppm
    from techamp.subjects.process_control.rare_events import g_chart as g_chart
    from techamp.subjects.process_control.rare_events import t_chart as t_chart
    from techamp.subjects.process_control.rules import AIAG as AIAG
    from techamp.subjects.process_control.rules import NELSON as NELSON
    from techamp.subjects.process_control.rules import RULE_SETS as RULE_SETS
    from techamp.subjects.process_control.rules import WESTERN_ELECTRIC as WESTERN_ELECTRIC
    from techamp.subjects.process_control.rules import Rule as Rule
    from techamp.subjects.process_control.rules import choose_rules as choose_rules
    from techamp.subjects.process_control.run_length import RunLength as RunLength
    from techamp.subjects.process_control.run_length import average_run_length as average_run_length
    from techamp.subjects.process_control.run_length import rule_chain as rule_chain
    from techamp.subjects.process_control.run_length import run_length_distribution as run_length_distribution
    from techamp.subjects.process_control.run_to_run.closed_loop import ClosedLoop as ClosedLoop
    from techamp.subjects.process_control.run_to_run.closed_loop import best_weight as best_weight
    from techamp.subjects.process_control.run_to_run.closed_loop import double_ewma_loop as double_ewma_loop
    from techamp.subjects.process_control.run_to_run.closed_loop import double_stability_map as double_stability_map
    from techamp.subjects.process_control.run_to_run.closed_loop import ewma_loop as ewma_loop
    from techamp.subjects.process_control.run_to_run.closed_loop import stability_limit as stability_limit
    from techamp.subjects.process_control.run_to_run.closed_loop import stability_map as stability_map
    from techamp.subjects.process_control.run_to_run.controllers import DoubleEwmaController as DoubleEwmaController
    from techamp.subjects.process_control.run_to_run.controllers import EwmaController as EwmaController
    from techamp.subjects.process_control.run_to_run.dead_band import BoundedAdjustment as BoundedAdjustment
    from techamp.subjects.process_control.run_to_run.dead_band import bounded_adjustment as bounded_adjustment
    from techamp.subjects.process_control.sampling.attribute_plans import DoublePlan as DoublePlan
    from techamp.subjects.process_control.sampling.attribute_plans import SinglePlan as SinglePlan
    from techamp.subjects.process_control.sampling.attribute_plans import acceptance as acceptance
    from techamp.subjects.process_control.sampling.attribute_plans import (
        average_outgoing_quality as average_outgoing_quality,
    )
    from techamp.subjects.process_control.sampling.attribute_plans import average_sample_number as average_sample_number
    from techamp.subjects.process_control.sampling.attribute_plans import (
        average_total_inspection as average_total_inspection,
    )
    from techamp.subjects.process_control.sampling.attribute_plans import clear_acceptance as clear_acceptance
    from techamp.subjects.process_control.sampling.attribute_plans import find_single_plan as find_single_plan
    from techamp.subjects.process_control.sampling.attribute_plans import (
        outgoing_quality_limit as outgoing_quality_limit,
    )
    from techamp.subjects.process_control.sampling.continuing_plans import ContinuousPlan as ContinuousPlan
    from techamp.subjects.process_control.sampling.continuing_plans import SkipLotPlan as SkipLotPlan
    from techamp.subjects.process_control.sampling.continuing_plans import continuous_inspected as continuous_inspected
    from techamp.subjects.process_control.sampling.continuing_plans import (
        continuous_outgoing_quality as continuous_outgoing_quality,
    )
    from techamp.subjects.process_control.sampling.continuing_plans import (
        continuous_quality_limit as continuous_quality_limit,
    )
    from techamp.subjects.process_control.sampling.continuing_plans import skip_lot_acceptance as skip_lot_acceptance
    from techamp.subjects.process_control.sampling.continuing_plans import skip_lot_inspected as skip_lot_inspected
    from techamp.subjects.process_control.sampling.continuing_plans import (
        skip_lot_sample_number as skip_lot_sample_number,
    )
    from techamp.subjects.process_control.sampling.military_standard import code_letter as code_letter
    from techamp.subjects.process_control.sampling.military_standard import normal_plan as normal_plan
    from techamp.subjects.process_control.sampling.military_standard import plan_of_letter as plan_of_letter
    from techamp.subjects.process_control.sampling.military_standard import (
        staged_plan_of_letter as staged_plan_of_letter,
    )
    from techamp.subjects.process_control.sampling.military_standard import standard_plan as standard_plan
    from techamp.subjects.process_control.sampling.plan_search import find_double_plan as find_double_plan
    from techamp.subjects.process_control.sampling.plan_search import (
        least_inspection_for_lots as least_inspection_for_lots,
    )
    from techamp.subjects.process_control.sampling.plan_search import (
        least_inspection_for_quality as least_inspection_for_quality,
    )
    from techamp.subjects.process_control.sampling.sequential_plan import SequentialPlan as SequentialPlan
    from techamp.subjects.process_control.sampling.sequential_plan import sequential_acceptance as sequential_acceptance
    from techamp.subjects.process_control.sampling.sequential_plan import sequential_plan as sequential_plan
    from techamp.subjects.process_control.sampling.staged_plan import MultiplePlan as MultiplePlan
    from techamp.subjects.process_control.sampling.switching import LongRun as LongRun
    from techamp.subjects.process_control.sampling.switching import Scheme as Scheme
    from techamp.subjects.process_control.sampling.switching import Switching as Switching
    from techamp.subjects.process_control.sampling.switching import long_run as long_run
    from techamp.subjects.process_control.sampling.switching import lots_until_discontinued as lots_until_discontinued
    from techamp.subjects.process_control.sampling.switching import standard_scheme as standard_scheme
    from techamp.subjects.process_control.sampling.variables_plans import VariablesPlan as VariablesPlan
    from techamp.subjects.process_control.sampling.variables_plans import find_variables_plan as find_variables_plan
    from techamp.subjects.process_control.sampling.variables_plans import variables_acceptance as variables_acceptance
    from techamp.subjects.process_control.sigma import Sigma as Sigma
    from techamp.subjects.process_control.signaling import Signal as Signal
    from techamp.subjects.process_control.signaling import episodes as episodes
    from techamp.subjects.process_control.signaling import hits as hits
    from techamp.subjects.process_control.signaling import signal_points as signal_points
    from techamp.subjects.process_control.signaling import signals as signals
    from techamp.subjects.process_control.subgrouping import Subgroups as Subgroups
    from techamp.subjects.process_control.subgrouping import subgroups as subgroups
    from techamp.subjects.process_control.x_bar import x_bar_r_chart as x_bar_r_chart
    from techamp.subjects.process_control.x_bar import x_bar_s_chart as x_bar_s_chart

_HOME = {
    "anova_table": ("AnovaRow",),
    "attribute_charts": (
        "c_chart",
        "laney_p_chart",
        "laney_u_chart",
        "np_chart",
        "p_chart",
        "u_chart",
    ),
    "autocorrelation": ("autocorrelation_caution",),
    "chart": (
        "ControlChart",
        "Panel",
        "Phase",
    ),
    "chart_economics": (
        "ChartCosts",
        "EconomicDesign",
        "HourlyCost",
        "economic_design",
        "hourly_cost",
    ),
    "comparing.comparison": ("Comparison",),
    "comparing.diagnostics": (
        "Diagnosis",
        "diagnose",
    ),
    "comparing.one_way_anova": (
        "OneWayAnova",
        "PairDifference",
        "dunnett_pairs",
        "one_way_anova",
        "tukey_pairs",
        "welch_anova",
    ),
    "comparing.power": (
        "anova_power",
        "equivalence_power",
        "proportion_power",
        "proportion_sample_size",
        "t_power",
        "t_sample_size",
    ),
    "comparing.proportion_tests": (
        "one_proportion",
        "two_proportions",
        "wilson_interval",
    ),
    "comparing.rank_tests": (
        "kruskal_wallis",
        "mann_whitney",
        "signed_rank",
    ),
    "comparing.regression": (
        "Regression",
        "linear_fit",
        "polynomial_fit",
    ),
    "comparing.spread_tests": (
        "bartlett_test",
        "f_test",
        "levene_test",
        "one_sample_sd",
    ),
    "comparing.t_tests": (
        "Equivalence",
        "equivalence",
        "one_sample_t",
        "paired_t",
        "two_sample_t",
    ),
    "constants": (
        "c4",
        "chart_constants",
        "d2",
        "d3",
        "d4",
    ),
    "cusum": (
        "CusumChart",
        "cusum_chart",
    ),
    "distributions.box_cox": (
        "BoxCox",
        "box_cox_power",
    ),
    "distributions.families": (
        "Fit",
        "fit_family",
    ),
    "distributions.goodness": (
        "Goodness",
        "fit_families",
        "goodness_of_fit",
        "normality_test",
        "sample_quantile",
    ),
    "estimated_limits": ("conditional_run_lengths",),
    "ewma": ("ewma_chart",),
    "experiments.adequacy": (
        "curvature",
        "lack_of_fit",
    ),
    "experiments.aliases": (
        "AliasStructure",
        "alias_structure",
    ),
    "experiments.chosen_settings": (
        "Confirmation",
        "choose_settings",
        "confirmation",
    ),
    "experiments.design": ("Design",),
    "experiments.effects": (
        "Lenth",
        "dispersion_effects",
        "effects",
        "half_normal",
        "lenth",
        "log_variances",
    ),
    "experiments.factorials": (
        "best_fraction",
        "fold_over",
        "fractional_factorial",
        "full_factorial",
        "plackett_burman",
    ),
    "experiments.linear_model": (
        "ModelFit",
        "all_terms",
        "fit_model",
    ),
    "experiments.response_surface": (
        "Best",
        "Canonical",
        "Goal",
        "best_settings",
        "canonical_analysis",
        "overall_desirability",
        "steepest_ascent",
    ),
    "experiments.run_sheet": (
        "PLANS",
        "Factor",
        "RunSheet",
        "choose_plan",
        "one_at_a_time",
        "plan_experiment",
        "run_sheet",
    ),
    "experiments.surface_designs": (
        "box_behnken",
        "central_composite",
    ),
    "formulas": (
        "Formula",
        "limit_formulas",
    ),
    "individuals": ("individuals_chart",),
    "measurement.attribute_agreement": (
        "Agreement",
        "Kappa",
        "agreement",
        "category_kappas",
        "cohen_kappa",
        "fleiss_kappa",
    ),
    "measurement.bias": (
        "Bias",
        "Linearity",
        "Stability",
        "bias_study",
        "linearity_study",
        "stability_study",
    ),
    "measurement.crossed_gauge": ("crossed_gauge_study",),
    "measurement.gauge_study": (
        "Component",
        "GaugeStudy",
    ),
    "measurement.nested_gauge": ("nested_gauge_study",),
    "measurement.random_groups": (
        "RandomGroups",
        "random_one_way",
    ),
    "measurement.range_gauge": ("range_gauge_study",),
    "measurement.reml_gauge": ("reml_gauge_study",),
    "measurement.share_intervals": (
        "ShareIntervals",
        "share_intervals",
    ),
    "measurement.unbalanced_gauge": ("gauge_study",),
    "memory_run_length": (
        "cusum_run_length",
        "ewma_run_length",
    ),
    "multivariate": (
        "MultivariateChart",
        "hotelling_chart",
        "mewma_chart",
    ),
    "nonnormal_capability": (
        "PercentileCapability",
        "TransformedCapability",
        "box_cox_capability",
        "percentile_capability",
    ),
    "operating_characteristic": (
        "count_miss",
        "x_bar_miss",
    ),
    "process_capability": (
        "Capability",
        "Ratios",
        "capability",
        "capability_ratios",
        "cp_interval",
        "cpk_interval",
        "expected_ppm",
    ),
    "rare_events": (
        "g_chart",
        "t_chart",
    ),
    "rules": (
        "AIAG",
        "NELSON",
        "RULE_SETS",
        "WESTERN_ELECTRIC",
        "Rule",
        "choose_rules",
    ),
    "run_length": (
        "RunLength",
        "average_run_length",
        "rule_chain",
        "run_length_distribution",
    ),
    "run_to_run.closed_loop": (
        "ClosedLoop",
        "best_weight",
        "double_ewma_loop",
        "double_stability_map",
        "ewma_loop",
        "stability_limit",
        "stability_map",
    ),
    "run_to_run.controllers": (
        "DoubleEwmaController",
        "EwmaController",
    ),
    "run_to_run.dead_band": (
        "BoundedAdjustment",
        "bounded_adjustment",
    ),
    "sampling.attribute_plans": (
        "DoublePlan",
        "SinglePlan",
        "acceptance",
        "average_outgoing_quality",
        "average_sample_number",
        "average_total_inspection",
        "clear_acceptance",
        "find_single_plan",
        "outgoing_quality_limit",
    ),
    "sampling.continuing_plans": (
        "ContinuousPlan",
        "SkipLotPlan",
        "continuous_inspected",
        "continuous_outgoing_quality",
        "continuous_quality_limit",
        "skip_lot_acceptance",
        "skip_lot_inspected",
        "skip_lot_sample_number",
    ),
    "sampling.military_standard": (
        "code_letter",
        "normal_plan",
        "plan_of_letter",
        "staged_plan_of_letter",
        "standard_plan",
    ),
    "sampling.plan_search": (
        "find_double_plan",
        "least_inspection_for_lots",
        "least_inspection_for_quality",
    ),
    "sampling.sequential_plan": (
        "SequentialPlan",
        "sequential_acceptance",
        "sequential_plan",
    ),
    "sampling.staged_plan": ("MultiplePlan",),
    "sampling.switching": (
        "LongRun",
        "Scheme",
        "Switching",
        "long_run",
        "lots_until_discontinued",
        "standard_scheme",
    ),
    "sampling.variables_plans": (
        "VariablesPlan",
        "find_variables_plan",
        "variables_acceptance",
    ),
    "sigma": ("Sigma",),
    "signaling": (
        "Signal",
        "episodes",
        "hits",
        "signal_points",
        "signals",
    ),
    "subgrouping": (
        "Subgroups",
        "subgroups",
    ),
    "x_bar": (
        "x_bar_r_chart",
        "x_bar_s_chart",
    ),
}
_MODULE = {name: module for module, names in _HOME.items() for name in names}

__all__ = sorted(_MODULE)  # noqa: PLE0605


def __getattr__(name: str) -> object:
    if name not in _MODULE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULE[name]}"), name)
