"""Prove again what a plan says of all other plans, by counting them."""
