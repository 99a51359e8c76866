"""The administrative divisions of China with their history, as data."""
