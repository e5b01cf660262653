"""The command line: a thin door that asks the rooms below and prints what they say. It starts in `contested.cli.main`.

Nothing is imported here, so that `python -m contested.cli.main` runs each module once.
"""

__all__: list[str] = []
