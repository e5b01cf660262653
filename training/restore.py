"""A checkpoint made of the graphs that ship: `python -m training.restore src/contested/reader/weights RUN`.

For training to go on where no checkpoint was kept. Rounding to int8 stays; what the graph has folded together (the
value's bias into the output's, six pair features into two tables) is unfolded into one of the many equal forms. Second
tasks' heads are not in the graphs and begin anew.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper

from contested.reader.pairs import RELATIONS, SIZES
from training.corpus import Convention
from training.encoder import HEAD, HIDDEN, published_weights
from training.model import PAIR, ReaderModel

Float = NDArray[np.float32]
Arrays = dict[str, NDArray[np.generic]]
State = dict[str, Float]
_UNNAMED = {  # matrices without a bias lose their names; the nodes that multiply by them keep theirs
    **{f"/{name}/second/MatMul": f"pairs.{name}.second.weight" for name in RELATIONS},
    "/filled/out/MatMul": "filled.out.weight",
    "/filled/roles/MatMul": "filled.roles.weight",
}


def arrays(graph: onnx.GraphProto) -> Arrays:
    """Return everything constant in the graph by name."""
    found = {t.name: numpy_helper.to_array(t) for t in graph.initializer}
    for node in graph.node:
        if node.op_type == "Constant":
            found[node.output[0]] = numpy_helper.to_array(node.attribute[0].t)
    return found


def encoder_state(graph: onnx.GraphProto, layers: int) -> State:
    """Return the encoder's weights, named as in `training.encoder` (graph.py names them in the graph)."""
    a = arrays(graph)

    def matrix(name: str) -> Float:
        return np.asarray(a[f"{name}.w"].astype(np.float32) * a[f"{name}.scale"]).T

    state: State = {"words.weight": a["words.w"].astype(np.float32) * a["words.scale"]}
    state["cases.weight"] = np.tile(a["cases.w"], (len(Convention), 1))
    state["positions.weight"] = a["positions.w"]  # the first ones
    state |= {"norm.weight": a["norm.w"], "norm.bias": a["norm.b"]}
    for i in range(layers):
        old, new = f"layer{i}", f"layers.{i}"
        query = matrix(f"{old}.query") * np.float32(HEAD**0.5)
        state[f"{new}.qkv.weight"] = np.concatenate([query, matrix(f"{old}.key"), matrix(f"{old}.value")])
        bias = np.zeros((3, len(query)), np.float32)  # the key's says nothing, the value's is in the output's
        bias[0] = a[f"{old}.query.b"] * np.float32(HEAD**0.5)
        state[f"{new}.qkv.bias"] = bias.reshape(-1)
        for name in ("out", "up", "down"):
            state[f"{new}.{name}.weight"] = matrix(f"{old}.{name}")
            state[f"{new}.{name}.bias"] = a[f"{old}.{name}.b"]
        for name in ("norm1", "norm2"):
            state[f"{new}.{name}.weight"], state[f"{new}.{name}.bias"] = a[f"{old}.{name}.w"], a[f"{old}.{name}.b"]
    return {f"encoder.{name}": value for name, value in state.items()}


def heads_state(graph: onnx.GraphProto) -> State:
    """Return the weights of a graph that PyTorch's exporter wrote and the run-time's quantiser rounded."""
    a = arrays(graph)
    state: State = {}
    for name, value in a.items():
        if name.startswith("model.") and "_Transposed" not in name:
            state[name.removeprefix("model.")] = value
        if name.startswith("model.") and name.endswith("_Transposed_quantized"):
            stem = name.removesuffix("_quantized")
            state[stem.removeprefix("model.").removesuffix("_Transposed")] = (value * a[f"{stem}_scale"]).T
    for node in graph.node:
        whole = _UNNAMED.get(node.name.removesuffix("_quant"))
        if whole and node.op_type in ("MatMul", "MatMulInteger"):
            other = a[node.input[1]]
            scale = a.get(node.input[1].removesuffix("_quantized") + "_scale", np.float32(1))
            state[whole] = (other * scale).T.astype(np.float32)
    for name in RELATIONS:
        tables = [v for k, v in a.items() if k.startswith(f"/{name}/Constant") and v.ndim == 2 and v.shape[1] == PAIR]
        if tables:
            near, rest = sorted(tables, key=len)  # of distances, of all else
            rows = np.concatenate([unfolded(near, SIZES[:2]), unfolded(rest, SIZES[2:])])
            state[f"pairs.{name}.features.weight"] = rows.T
    return state


def unfolded(table: Float, sizes: tuple[int, ...]) -> Float:
    """Return [sum of sizes, PAIR] of which `table` holds the sums for every choice of one row of each part."""
    grid = table.reshape(*sizes, -1)
    first = grid[(0,) * len(sizes)]
    parts = []
    for axis in range(len(sizes)):
        rows = grid[tuple(slice(None) if i == axis else 0 for i in range(len(sizes)))]
        parts.append(rows - (first if axis else 0))
    return np.concatenate(parts)


def restored(folder: Path) -> ReaderModel:
    """Return the model whose graphs lie in `folder`."""
    model = ReaderModel()
    published_weights(model.encoder)  # positions beyond the longest window were never trained
    encode, tag, judge = (onnx.load(folder / f"{name}.onnx").graph for name in ("encode", "tag", "judge"))
    layers = sum(t.name.endswith(".query.w") for t in encode.initializer)
    state = encoder_state(encode, layers) | heads_state(tag) | heads_state(judge)
    units = [len(state[f"encoder.layers.{i}.up.weight"]) for i in range(layers)]
    model.encoder.narrow(units, [state[f"encoder.layers.{i}.out.weight"].shape[1] // HEAD for i in range(layers)])
    positions = model.encoder.positions.weight.detach().numpy().copy()
    positions[: len(state["encoder.positions.weight"])] = state["encoder.positions.weight"]
    state["encoder.positions.weight"] = positions
    assert state["encoder.words.weight"].shape[1] == HIDDEN
    own = {name: torch.from_numpy(np.array(value, dtype=np.float32)) for name, value in state.items()}
    lacking, unknown = model.load_state_dict(own, strict=False)
    if unknown or any(not name.startswith(("factual.", "sayings.")) for name in lacking):
        raise ValueError(f"{folder} does not fit this model: lacks {lacking}, has beside it {unknown}")
    return model


def main() -> None:
    """Parse the command line and write the checkpoint."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("weights", type=Path, help="folder of the graphs")
    ap.add_argument("run", type=Path, help="the new run's folder")
    a = ap.parse_args()
    a.run.mkdir(parents=True, exist_ok=True)
    torch.save(restored(a.weights).state_dict(), a.run / "model.pt")


if __name__ == "__main__":
    main()
