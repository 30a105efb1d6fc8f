"""The settings of what recycled metal is held against: the demand of new batteries, and duties on recycling."""
