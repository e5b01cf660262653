"""The encoder as an ONNX graph, written node by node, so that the run-time runs its fastest kernels.

It takes a fixed number of windows laid end to end, without padding: `ids`, `cases`, `positions` [T] and `lengths`
[WINDOWS], whose sum is T; of what each window sees, its own pieces and its document's head, the places `seen` [S] and
the numbers `seen_lengths` [WINDOWS]; and gives `x` [T, H]. Everything but attention sees one matrix of T rows;
attention is computed a window at a time, which needs no mask and takes the run-time's flash kernel. On one core, int8
weights, this reads 1.21 times as many word pieces a second as the traced module with padded windows, transposes and
norms in steps.

Of the rest: queries, keys and values share one rounding of their input; the attention scale is folded into the queries;
keys and values have no bias (a key's moves all scores of a query alike, which softmax does not see; a value's passes
whole through weights that sum to one, so it is folded into the output's); addition and layer norm stay two nodes (the
fused one is scalar: 0.83 of the speed).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from contested.reader.model import WINDOWS
from contested.reader.pieces import HEADLINE, LONGEST
from training.encoder import CASES, HEAD, HIDDEN, Encoder, Layer

Float = NDArray[np.float32]

OPSET = 17  # the last with everything used here and read by every run-time since 1.13
IR_VERSION = 8  # the one that belongs to the opset; newer ones are refused by older run-times
MICROSOFT = "com.microsoft"  # the run-time's own operators
EPSILON = 1e-12  # of BERT's layer norms


def write_encoder(encoder: Encoder, path: Path, quantized: bool = True) -> None:
    """Write `encoder` to `path`, its matrices as int8 with a scale a channel, or as 32-bit floats."""
    graph = _Graph(quantized)
    x = graph.norm("norm", graph.embedded(encoder), encoder.norm)
    for i, layer in enumerate(encoder.layers):
        assert isinstance(layer, Layer)
        x = _layer(graph, f"layer{i}", x, layer)
    graph.add("Reshape", x, graph.constant("flat", np.array([-1, HIDDEN])), into=["x"])
    ints: list[tuple[str, str | int]] = [(name, "t") for name in ("ids", "cases", "positions")]
    ints += [("lengths", WINDOWS), ("seen", "s"), ("seen_lengths", WINDOWS)]
    written = helper.make_graph(
        graph.nodes,
        "encode",
        [helper.make_tensor_value_info(name, TensorProto.INT64, [size]) for name, size in ints],
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["t", HIDDEN])],
        graph.constants,
    )
    sets = [helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)]
    onnx.save(helper.make_model(written, opset_imports=sets, ir_version=IR_VERSION), path)


@dataclass
class _Graph:
    """Nodes and constants so far. Each method adds some and returns the name of what comes out, [1, T, size]."""

    quantized: bool
    nodes: list[onnx.NodeProto] = field(default_factory=list)
    constants: list[onnx.TensorProto] = field(default_factory=list)

    def constant(self, name: str, value: NDArray[np.generic]) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(self, kind: str, *inputs: str, into: list[str] | None = None, domain: str = "", **settings: object) -> str:
        outputs = into or [f"{kind}{len(self.nodes)}"]
        name = f"{kind}{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, outputs, name=name, domain=domain, **settings))
        return outputs[0]

    def embedded(self, encoder: Encoder) -> str:
        """Words, positions and cases, added. Words are int8 with a scale a row: they are half of the weights."""
        positions = _array(encoder.positions.weight)[: LONGEST + HEADLINE + 3]  # no window is longer
        words = self._words(_array(encoder.words.weight))
        x = self.add("Add", words, self.add("Gather", self.constant("positions.w", positions), "positions"))
        cases = self.constant("cases.w", _array(encoder.cases.weight)[:CASES])  # as the corpus's annotators read
        x = self.add("Add", x, self.add("Gather", cases, "cases"))
        return self.add("Reshape", x, self.constant("one_row", np.array([1, -1, HIDDEN])))

    def _words(self, weight: Float) -> str:
        if not self.quantized:
            return self.add("Gather", self.constant("words.w", weight), "ids")
        rows, scales = rounded(weight.T)
        found = self.add("Gather", self.constant("words.w", rows.T), "ids")
        scale = self.add("Gather", self.constant("words.scale", scales[:, None]), "ids")
        return self.add("Mul", self.add("Cast", found, to=TensorProto.FLOAT), scale)

    def norm(self, name: str, x: str, norm: nn.LayerNorm) -> str:
        weight = self.constant(f"{name}.w", _array(norm.weight))
        bias = self.constant(f"{name}.b", _array(norm.bias))
        return self.add("LayerNormalization", x, weight, bias, axis=-1, epsilon=EPSILON)

    def round_input(self, x: str) -> tuple[str, ...]:
        """Round `x` once for several matrices: the name of it, and of its bytes, scale and zero point."""
        if not self.quantized:
            return (x,)
        parts = [f"{x}.{part}" for part in ("bytes", "scale", "zero")]
        self.add("DynamicQuantizeLinear", x, into=parts)
        return (x, *parts)

    def linear(self, name: str, x: tuple[str, ...], weight: Float, bias: Float | None = None) -> str:
        """Multiply by weight [in, out]; `x` as `round_input` gives it, or alone, to be rounded here."""
        if not self.quantized:
            y = self.add("MatMul", x[0], self.constant(f"{name}.w", weight))
            return y if bias is None else self.add("Add", y, self.constant(f"{name}.b", bias))
        columns, scales = rounded(weight)
        w, s = self.constant(f"{name}.w", columns), self.constant(f"{name}.scale", scales)
        zero = self.constant(f"{name}.zero", np.zeros(len(scales), np.int8))
        last = [] if bias is None else [self.constant(f"{name}.b", bias)]
        if len(x) == 1:
            return self.add("DynamicQuantizeMatMul", x[0], w, s, zero, *last, domain=MICROSOFT)
        return self.add("MatMulIntegerToFloat", x[1], w, x[2], s, x[3], zero, *last, domain=MICROSOFT)

    def windows(self, x: str) -> list[str]:
        """Cut [1, T, H] into the windows, each [1, L, H]."""
        return self._cut(x, "lengths")

    def seen(self, x: str) -> list[str]:
        """Return of [1, T, H] what each window sees: its own pieces, behind its document's head where it has one."""
        return self._cut(self.add("Gather", x, "seen", axis=1), "seen_lengths")

    def _cut(self, x: str, lengths: str) -> list[str]:
        parts = [f"{x}.window{w}" for w in range(WINDOWS)]
        self.add("Split", x, lengths, into=parts, axis=1)
        return parts


def _layer(graph: _Graph, name: str, x: str, layer: Layer) -> str:
    """One transformer layer, post-norm as in BERT."""
    weight = _array(layer.qkv.weight).reshape(3, -1, HIDDEN)
    bias = _array(layer.qkv.bias).reshape(3, -1)
    scale = np.float32(HEAD**-0.5)
    out = _array(layer.out.weight)
    own = graph.round_input(x)
    query = graph.linear(f"{name}.query", own, weight[0].T * scale, bias[0] * scale)
    key = graph.linear(f"{name}.key", own, weight[1].T)
    value = graph.linear(f"{name}.value", own, weight[2].T)
    windows = zip(graph.windows(query), graph.seen(key), graph.seen(value), strict=True)
    seen = [graph.add("MultiHeadAttention", *w, domain=MICROSOFT, num_heads=layer.heads, scale=1.0) for w in windows]
    y = graph.add("Concat", *seen, axis=1)
    y = graph.linear(f"{name}.out", (y,), out.T, _array(layer.out.bias) + out @ bias[2])
    x = graph.norm(f"{name}.norm1", graph.add("Add", x, y), layer.norm1)
    y = graph.linear(f"{name}.up", (x,), _array(layer.up.weight).T, _array(layer.up.bias))
    y = graph.add("Gelu", y, domain=MICROSOFT)
    y = graph.linear(f"{name}.down", (y,), _array(layer.down.weight).T, _array(layer.down.bias))
    return graph.norm(f"{name}.norm2", graph.add("Add", x, y), layer.norm2)


def rounded(weight: Float) -> tuple[NDArray[np.int8], Float]:
    """Return weight [in, out] as int8, and the scale of each column. Zero is exact, no column is cut off."""
    scales = np.maximum(np.abs(weight).max(0) / 127, np.finfo(np.float32).tiny).astype(np.float32)
    return np.rint(weight / scales).clip(-127, 127).astype(np.int8), scales


def _array(weight: Tensor) -> Float:
    return weight.detach().numpy().astype(np.float32)
