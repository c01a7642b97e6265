"""Pictures of an outcome without any web framework, shared by the page, the notebook and the terminal."""
