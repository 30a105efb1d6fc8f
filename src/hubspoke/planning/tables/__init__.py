"""From arrays to names: a solution as tables of tonnes, kilometres and yen by cost term."""
