"""What the commands of `ingest.py` do. They read files, the store and the terminal; what needs the index is handed in."""
