"""The pages: what a store holds, seen in a browser on this machine, checked and corrected there.

Its doors are modules, since each needs other libraries: `serving` for the app, `report` for the one file.
"""

__all__: list[str] = []
