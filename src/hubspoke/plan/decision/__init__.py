"""What a plan decides, hub by hub: one set of rows that map, report, workbook and terminal begin with."""
