"""Search by cuts over all cases: for each case the cuts of one problem, over one master of plant paths."""
