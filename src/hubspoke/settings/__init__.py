"""Every parameter, typed and frozen, with unit, source and confidence; and the rules that follow from a policy."""
