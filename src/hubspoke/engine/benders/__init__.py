"""Large problems: branch and Benders cut over the plants."""
