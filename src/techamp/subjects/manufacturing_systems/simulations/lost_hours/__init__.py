"""Lost hours: the event log of a cell of the LA-20 plant, its OEE, and what an hour of improvement brings."""
