"""Plans whose refineries give enough recycled metal for the content that new batteries must hold."""
