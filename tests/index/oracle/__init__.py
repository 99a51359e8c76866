"""The plain evaluation of a search over dicts and sets: what the engine on arrays must equal."""
