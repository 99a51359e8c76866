"""Pages in, canonical copies kept. Imports nothing of ours but itself."""
