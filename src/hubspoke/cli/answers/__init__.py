"""Commands on plans that were made: maps, reports, comparisons, reasons, money."""
