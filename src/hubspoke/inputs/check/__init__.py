"""What single tables cannot know: rules that hold between tables."""
