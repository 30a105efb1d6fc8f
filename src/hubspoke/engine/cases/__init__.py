"""Several cases of one network - years or scenarios - that share their plants."""
