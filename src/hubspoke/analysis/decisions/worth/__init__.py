"""What rules, tonnes, room and plants are worth to a plan, each by planning anew."""
