"""The analyses of a study: each runs into a folder of its own and returns the figures that findings rest on."""
