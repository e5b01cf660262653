"""Scores, floors and speed: programs beside the package, and the values they share with its tests."""
