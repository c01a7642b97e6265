"""Several stations and the routes between them: open networks, closed networks, CONWIP."""
