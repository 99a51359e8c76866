"""Postings and columns of a segment as arrays in one mapped file; the one package, with its callers, that knows numpy."""
