"""Measure the engine against named baselines on the same machine, in the same run; `python -m benchmarks --help`."""
