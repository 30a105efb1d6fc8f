"""The report: one page that says what was decided, at what cost, how sure it is, and on which numbers it rests."""
