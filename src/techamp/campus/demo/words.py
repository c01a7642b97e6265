"""What the people of the demo campus wrote. Made up; no sentence is from a real person."""

from __future__ import annotations

from techamp.campus.program import schema
from techamp.campus.program.curriculum import curriculum

FIRST_WORDS = (
    "On our saw people turn the stop after one long piece. They should cut five more first and look at all six.",
    "The oven dial. Whoever comes in cold turns it up two degrees, and the next shift turns it back. I would look at "
    "the last ten readings before anyone touches it.",
    "Fill weight on line 2. The scale beeps, we turn the knob. Then it is too light and we turn it again.",
    "At my press everybody has an own setting for the back gauge. I think half of our trouble is us.",
    "We change the torque after one loose screw. I never asked if one in a hundred is normal. I will count for a week.",
    "Glue temperature. The night shift sets it higher and nobody wrote down why. I would plot it for two weeks first.",
    "",
    "My lead says: when in doubt, adjust. After this I would say: when in doubt, measure three more.",
)
NEXT_WORDS = (
    "We check one housing every hour because the form has 24 lines. Nobody knows who made the form. I would take three "
    "every two hours and see what it costs.",
    "Label position is checked at the start of a roll and never again. The jumps come in the middle.",
    "Quality decided on five parts each shift long ago. The tool change falls between two checks, so a bad edge runs "
    "for hours. I would check after each change.",
    "",
    "Seal strength, twice a day, in the lab. By the time they call, the pallets are wrapped. A fast check at the line "
    "would beat a good one in the lab.",
    "We gauge every part by hand. It takes one person. I am not sure that we find more than with ten an hour.",
)
SIGNED = (
    "Careful with the ratchet, wrote every reading down as it came.",
    "Asked why the block has to lie there for an hour, and could say it herself at the end.",
    "Good bench work. Limits by hand agreed with the study.",
)
NOT_YET = "Measured well. Come back for the part that is not ticked; half an hour will do."
ASKED = "I was out with my back for a week. I have the lectures, not the sets."
JOINED_LATE = "I joined in week 4, so the first modules were due before I was here."
GRANTED = "Of course. Begin with the first one; the second is short."
OVERRIDE = "Showed it to me at the whiteboard with numbers from her own line, without notes."


def explanation(activity: schema.Play, number: int) -> str:
    """What the learner of that number wrote at the end of a simulation; "" for who wrote nothing."""
    first = next(a for a in curriculum().activities.values() if isinstance(a, schema.Play))
    lines = FIRST_WORDS if activity is first else NEXT_WORDS
    return lines[number % len(lines)]
