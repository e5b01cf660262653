"""On what the network runs: the processor, or a graphics card where ONNX Runtime has a provider for one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from contested.types import Device

CPU = "CPUExecutionProvider"
# Those of ONNX Runtime's own builds, fastest first; each needs another package than the `onnxruntime` that we install.
GPUS = ("CUDAExecutionProvider", "MIGraphXExecutionProvider", "ROCMExecutionProvider", "DmlExecutionProvider")


@dataclass(frozen=True, slots=True)
class Choice:
    """The providers to ask for, in order, and what a person should know of it ("" when it is what was asked for)."""

    providers: tuple[str, ...]
    remark: str = ""


class Session(Protocol):
    """What is asked of a session of ONNX Runtime."""

    def get_providers(self) -> list[str]:
        """Return the providers that it runs on, in order."""


S = TypeVar("S", bound=Session)


def choose_providers(device: Device, available: Sequence[str]) -> Choice:
    """Return the providers for a device.

    Args:
        device: what was asked for.
        available: the providers that this ONNX Runtime was built with.

    >>> choose_providers(Device.GPU, ["CUDAExecutionProvider", "CPUExecutionProvider"]).providers
    ('CUDAExecutionProvider', 'CPUExecutionProvider')
    """
    if device is Device.CPU:
        return Choice((CPU,))
    found = next((name for name in GPUS if name in available), None)
    if found is None:
        return Choice(
            (CPU,),
            f"no graphics card is used: this ONNX Runtime has {', '.join(available) or 'no provider'} only; "
            "install onnxruntime-gpu in place of onnxruntime (NVIDIA), or leave --device out",
        )
    return Choice((found, CPU))


def open_on(choice: Choice, open_session: Callable[[list[str]], S]) -> tuple[S, Choice]:
    """Return a session on the providers of a choice, and the choice as it came out.

    ONNX Runtime does not fail where a card or its libraries are missing: it runs on the processor and says nothing.
    """
    wanted = choice.providers[0]
    if wanted == CPU:
        return open_session([CPU]), choice
    try:
        session = open_session(list(choice.providers))
    except Exception as error:  # whatever a driver raises
        return open_session([CPU]), _fallen_back(wanted, f"{type(error).__name__}: {error}")
    if wanted not in session.get_providers():
        return session, _fallen_back(wanted, "its card or its libraries were not found")
    return session, choice


def _fallen_back(wanted: str, why: str) -> Choice:
    return Choice((CPU,), f"no graphics card is used: {wanted} could not start ({why}); reading on the processor")
