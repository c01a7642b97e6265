"""Games that go on in periods: sessions, teams, dated decisions, standings, debrief. Knows no game by name."""
