from __future__ import annotations

import pytest

from contested.reader import load
from contested.reader.providers import CPU, GPUS, Choice, choose_providers, open_on
from contested.types import Device

CUDA = GPUS[0]


class FakeSession:
    def __init__(self, providers):
        self.providers = providers

    def get_providers(self):
        return self.providers


@pytest.mark.parametrize("available", [[CPU], [CUDA, CPU], []])
def test_the_processor_is_taken_when_it_is_asked_for(available):
    assert choose_providers(Device.CPU, available) == Choice((CPU,))


@pytest.mark.parametrize("provider", GPUS)
def test_a_card_is_taken_where_there_is_a_provider_for_one(provider):
    assert choose_providers(Device.GPU, [CPU, "AzureExecutionProvider", provider]) == Choice((provider, CPU))


def test_without_one_the_processor_is_taken_and_it_is_said_what_to_install():
    choice = choose_providers(Device.GPU, ["AzureExecutionProvider", CPU])
    assert choice.providers == (CPU,)
    assert "AzureExecutionProvider, CPUExecutionProvider only; install onnxruntime-gpu" in choice.remark


def test_a_card_that_does_not_start_is_said_whether_it_raises_or_falls_silent():
    asked = Choice((CUDA, CPU))

    def raises(providers):
        if CUDA in providers:
            raise RuntimeError("no driver")
        return FakeSession(providers)

    session, choice = open_on(asked, raises)
    assert (session.providers, choice.providers) == ([CPU], (CPU,))
    assert "RuntimeError: no driver" in choice.remark
    _, choice = open_on(asked, lambda providers: FakeSession([CPU]))
    assert "libraries were not found" in choice.remark
    assert open_on(asked, FakeSession)[1] is asked


@pytest.mark.model
def test_the_reader_says_on_what_it_runs(monkeypatch):
    monkeypatch.setattr("onnxruntime.get_available_providers", lambda: [CPU])
    reader = load(device=Device.GPU)
    assert reader.model.encode_graph.get_providers() == [CPU]
    assert "no graphics card is used" in reader.remark
    assert load().remark == ""
