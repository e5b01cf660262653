"""The command line: a thin door that asks the rooms below and prints what they say."""

from contested.cli.main import main

__all__ = ["main"]
