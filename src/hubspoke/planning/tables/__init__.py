"""The way out: names, tonnes, kilometres and yen by term."""
