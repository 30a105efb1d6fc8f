"""Where plants would stand if they could stand anywhere."""
