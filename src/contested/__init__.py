"""contested: who says what happened, to whom, where, when, at what cost, and which accounts contradict each other.

import contested

claims = contested.read(text, published="2016-07-31")
for dispute in claims.disputes:
    print(dispute.why)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from contested.pipeline import read_text as read

    __version__: str

__all__ = ["__version__", "read"]


def __getattr__(name: str) -> Any:
    """Load a public name on first use, so that importing the package opens no file and costs nothing."""
    if name == "read":
        from contested.pipeline import read_text

        return read_text
    if name == "__version__":
        from importlib.metadata import version

        return version("contested")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
