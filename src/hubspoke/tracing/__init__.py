"""Trace metal through a plan: lots, chain of custody, and what each lot is made of."""
