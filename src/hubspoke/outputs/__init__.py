"""Write what people and other programs are given: maps, reports, tables and run folders."""
