"""The plan as seven findings on one map: a page to scroll through, and on paper a page each."""
