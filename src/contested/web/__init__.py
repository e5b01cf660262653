"""The pages: what a store holds, seen in a browser on this machine, checked and corrected there."""
