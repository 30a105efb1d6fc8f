"""Draw plans as maps: data for the browser, colours, words, figures, and the elements of the page."""
