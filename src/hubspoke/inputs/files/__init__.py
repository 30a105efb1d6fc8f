"""From files to text: which file holds which table, and the cells of its rows."""
