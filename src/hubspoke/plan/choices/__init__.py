"""What every choice of plants costs: sums from which a plan can be made anew, exactly, without the sites."""
