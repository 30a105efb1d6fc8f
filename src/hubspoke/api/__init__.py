"""The library's face: objects with the verbs that users call."""
