"""What people and other programs are given: maps, report, tables, run folders."""
