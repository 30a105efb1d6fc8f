"""What the report draws: charts, and the plan as a picture, as SVG inside the page."""
