"""Which pair cannot be told from another: read from the alias structure of a half fraction of four factors."""

from techamp.subjects.process_control import alias_structure, fractional_factorial

NAMES = ("salt", "acid", "stirring", "temperature")


def generate(rng):
    first = rng.integer(0, 3)
    names = NAMES[first:] + NAMES[:first]
    chains = [chain for chain in alias_structure(fractional_factorial(4, ["D=ABC"])).chains if len(chain[0]) == 2]
    chain = rng.pick(chains)
    others = [other for other in chains if other != chain]
    named = dict(zip("ABCD", names, strict=True))
    text = {c: " and ".join(named[x] for x in c) for pair in chains for c in pair}
    return {
        "asked": text[chain[0]],
        "twin": text[chain[1]],
        "wrong_one": text[others[0][0]],
        "wrong_two": text[others[1][1]],
        "factors": ", ".join(names),
    }
