"""The land that pictures of a plan draw: finer outlines of Japan than those by which lanes know land and sea."""
