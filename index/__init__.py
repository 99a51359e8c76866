"""The search index: fold, analysis, query, engines. Imports the archive's model, settings, errors, Han tables."""
