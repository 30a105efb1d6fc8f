"""Write the Japanese data that ship with hubspoke, from the source tables in ``data/sources``.

Run it from the folder ``data``::

    python -m generator              # rewrites data/regions
    python -m generator OUTPUT       # writes somewhere else

The same sources give the same bytes on every run. ``japan.toml`` and ``scenarios.toml`` are kept by hand and never
touched here.
The outlines come from two public packages; ``python -m generator.outlines --help`` derives them anew.
"""
