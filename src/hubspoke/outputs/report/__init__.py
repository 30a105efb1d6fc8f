"""Write the report: one page on what was decided, what it costs, how sure it is, and which numbers it rests on."""
