"""A factory as data: stations, products, people, shifts. Declared, read, checked and written; never run here.

    from techamp.subjects.manufacturing_systems.model import read_model, write_model, model_warnings

What every field means in time
==============================

Time starts at 0 and counts in ``Model.time_unit``. All times in a ``Model`` are plain numbers of that unit.

**A part's way.** A part of product P enters at the first step of ``P.route`` and takes one step after another. At each
step it (1) takes a place in the station's queue, (2) waits until the dispatch rule picks it for a machine, (3) waits
for the people, (4) is set up for, (5) is processed, (6) may be scrapped or reworked, (7) waits for its move batch, (8)
leaves when the next place is free, (9) travels.

**Queue.** ``Station.buffer`` counts the places before the machines, parts in machines not counted; None: no limit; 0:
a part goes from machine to machine. All steps of all products at a station share its queue. A free machine takes the
part that ``dispatch`` picks among those present; with several machines free, the one idle longest takes it.

**Dispatch** (ties: first come to the queue, first served). fifo; lifo; spt: shortest processing time *as drawn* for
this part and step (setup not counted); edd: earliest due date; cr: least (due − now)/(mean processing time of this and
all later steps of the straight route); setup: a part of the family now set up goes first, then fifo; priority: least
``Product.priority``. A part without due date comes after those with one.

**Blocking after service.** A machine starts whenever it has a part. When it is done and the part has no place to go
to, the part stays on the machine, which is *blocked*. ``buffer_after`` places take finished parts first (in order; the
machine is free as soon as its part lies there); the machine is blocked only when they are full. Whoever waits longest
for a queue gets its next free place. Leaving the last step is never blocked, unless ``Product.stock`` is full.

**Processing.** ``Step.time``, else ``Station.times[product]``, else ``Station.time``: one draw for each part, step and
pass. With a ``batch``: a run takes up to ``size`` parts that are ``alike`` to the one that dispatch picks and lasts as
long as that part's draw; it starts when ``fewest`` of them wait and a machine is free, or when the first of them has
waited ``wait``. Scrap and rework (always by a later pass through the queue) are drawn for each part.

**Setup.** A machine remembers its family. If ``Setup.between(old, new)`` is not None, a setup of that time comes
before processing (one draw for each setup). ``first=None``: the machine's first part needs no setup. Failures do not
stop a setup.

**Scrap and rework**, after processing: first scrapped with chance ``scrap`` (leaves at once, is counted, frees its WIP
card); else reworked with chance ``rework``; else good. Rework with ``rework_to=None`` is processed again at once, on
the same machine, with a new draw and without setup; else it goes to that step as if it went on there. A reworked part
can be scrapped and reworked again.

**Ways on.** The next step in the list, or one of ``next``: by ``chance`` (one draw), or ``shortest``: the station with
fewest parts waiting and in process per machine, ties to the first. "out" ends the route.

**Move batch.** Finished parts of a product gather beside the station (taking no place) until ``move_batch`` of them
can leave together; the next queue must have that many places free.

**Transport.** The ``Leg`` from one station to the next (most exact ends first) takes one draw for each move. The place
at the destination is taken when the move begins. With a ``crew``, one of its people carries and is free on arrival
(the way back takes no time). No leg: no time. The first queue and "out" need no transport.

**People.** A ``Staffing`` holds ``people`` of the crew from the beginning of setup (or processing) until processing
ends, or for the part of it that ``attend`` names. Whoever has waited longest gets them first. While a machine waits
for people its part is on it: state *waiting*. People stay with a machine that fails.

**Failures.** Each machine of the station has its own clock for each of ``failures``, starting at 0 with a fresh draw
of ``uptime``. clock "running" counts processing time only (not setup, blocked, idle); "calendar" counts all time but
its own down time. At the stop, work is interrupted and goes on after the repair where it stopped (preempt-resume).
``repair`` starts at once, or when ``people`` of ``crew`` are free: until then the machine is *down* too. Several
failures do not overlap: a stop that falls due while another lasts begins after it.

**Calendars.** Open times repeat with ``cycle``, from time 0. While a station is closed its machines are *off*: nothing
starts, work under way stands still and goes on when it opens; queues still take parts. The clock "running" stands
still, "calendar" runs, repairs without a crew go on. A crew that is closed starts nothing new, and finishes what it
holds.

**Arrivals.** The first comes at ``first``, or after one draw of ``between``; then one draw after each. ``batch`` parts
come together. A part that finds no place (queue, WIP limit, card) waits outside in order of arrival (its time outside
counts as release wait, not as flow time), or is lost. Due date: arrival + draw of ``due``.

**Endless supply** (no arrivals, not given by a disassembly): whenever the rules let a part in and a machine of its
first station is free with nothing waiting for it, a part enters and starts. Under a WIP limit (conwip, ``wip_limit``,
``base_stock``) parts enter as soon as the limit allows, into the first queue if that has a place. Which product: the
next of ``Release.sequence`` (repeated), or by chance in proportion to ``share``.

**Release.** push: nothing holds parts back but places. conwip: parts in the system (entered, not out, not scrapped) at
most ``Release.wip``. ``Product.wip_limit`` limits one product in the same way, under any policy. kanban: at a station
with ``cards`` at most that many parts are queued, in process or finished and not yet withdrawn; a part holds its card
from entering the station's queue until it enters the queue of the next one (or leaves). ``base_stock``: a product
enters only while stock + under way − backorders is below it.

**Stock, assembly, disassembly, demand.** A product that some step ``takes``, or that has ``demand``, goes to its stock
when it is out: ``stock`` places (a full stock blocks the last machine), ``opening_stock`` at time 0. A step that
``takes`` components begins only when all are in stock; they are used up when it begins (before setup); the part that
waits for them is *matching*. A step that ``gives`` starts ``count`` parts of another product at their first step when
it is done. A customer takes ``size`` parts; if there are too few he waits (backorder, filled in order) or is lost. A
sale is late if it is after order + ``due``.

**States of a machine** (they add up to all time): processing, setup, waiting (for people), blocked, down (broken or in
repair), off (closed), starved (no part, or components missing).

**Flow time** of a part: from entering the first queue (from starting, under push with endless supply) to being out. It
is the sum of: queue, match, wait for people, setup, process (interruptions by failures and closed hours included),
blocked and move-batch wait, move.

``Plan`` says how long to run and is no part of the factory.
"""

from __future__ import annotations

from techamp.subjects.manufacturing_systems.model.checking import checked as checked
from techamp.subjects.manufacturing_systems.model.checking import model_faults as model_faults
from techamp.subjects.manufacturing_systems.model.checking import model_warnings as model_warnings
from techamp.subjects.manufacturing_systems.model.distributions import KINDS as KINDS
from techamp.subjects.manufacturing_systems.model.distributions import Distribution as Distribution
from techamp.subjects.manufacturing_systems.model.distributions import constant as constant
from techamp.subjects.manufacturing_systems.model.distributions import empirical as empirical
from techamp.subjects.manufacturing_systems.model.distributions import erlang as erlang
from techamp.subjects.manufacturing_systems.model.distributions import exponential as exponential
from techamp.subjects.manufacturing_systems.model.distributions import gamma as gamma
from techamp.subjects.manufacturing_systems.model.distributions import lognormal as lognormal
from techamp.subjects.manufacturing_systems.model.distributions import normal as normal
from techamp.subjects.manufacturing_systems.model.distributions import triangular as triangular
from techamp.subjects.manufacturing_systems.model.distributions import uniform as uniform
from techamp.subjects.manufacturing_systems.model.distributions import weibull as weibull
from techamp.subjects.manufacturing_systems.model.factory_model import Model as Model
from techamp.subjects.manufacturing_systems.model.factory_model import completed as completed
from techamp.subjects.manufacturing_systems.model.line import Line as Line
from techamp.subjects.manufacturing_systems.model.model_plant import plant_model as plant_model
from techamp.subjects.manufacturing_systems.model.products import OUT as OUT
from techamp.subjects.manufacturing_systems.model.products import Arrivals as Arrivals
from techamp.subjects.manufacturing_systems.model.products import Branch as Branch
from techamp.subjects.manufacturing_systems.model.products import Component as Component
from techamp.subjects.manufacturing_systems.model.products import Demand as Demand
from techamp.subjects.manufacturing_systems.model.products import Product as Product
from techamp.subjects.manufacturing_systems.model.products import Step as Step
from techamp.subjects.manufacturing_systems.model.reading import load_model as load_model
from techamp.subjects.manufacturing_systems.model.reading import model_from as model_from
from techamp.subjects.manufacturing_systems.model.reading import plain_model as plain_model
from techamp.subjects.manufacturing_systems.model.reading import read_model as read_model
from techamp.subjects.manufacturing_systems.model.reading import write_model as write_model
from techamp.subjects.manufacturing_systems.model.resources import Calendar as Calendar
from techamp.subjects.manufacturing_systems.model.resources import Crew as Crew
from techamp.subjects.manufacturing_systems.model.resources import Leg as Leg
from techamp.subjects.manufacturing_systems.model.resources import Plan as Plan
from techamp.subjects.manufacturing_systems.model.resources import Release as Release
from techamp.subjects.manufacturing_systems.model.stations import Batch as Batch
from techamp.subjects.manufacturing_systems.model.stations import Failure as Failure
from techamp.subjects.manufacturing_systems.model.stations import Setup as Setup
from techamp.subjects.manufacturing_systems.model.stations import Staffing as Staffing
from techamp.subjects.manufacturing_systems.model.stations import Station as Station
