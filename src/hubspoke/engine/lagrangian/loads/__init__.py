"""Whole sites by loads: where masses are whole numbers of a grain, hubs are known at every load they may end with."""
