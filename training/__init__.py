"""Makes the reader's weights, and the tables that are computed and not written by hand. Not part of the package."""
