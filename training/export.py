"""Write a trained model as three ONNX graphs with int8 weights: `python -m training.export RUN --name reader-1`."""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from dataclasses import asdict
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from contested.reader.decode import Thresholds
from contested.reader.pairs import OFFSETS, RELATIONS, WIDTH
from training.encoder import model_folder
from training.graph import write_encoder
from training.model import LABEL_SIZES, ReaderModel


class Part(nn.Module):
    """One method of the model as a module of its own, which is what the exporter takes."""

    def __init__(self, model: ReaderModel, method: str) -> None:
        super().__init__()
        self.model = model
        self.method = method

    def forward(self, *inputs: Tensor) -> Tensor | tuple[Tensor, ...]:
        """Call the method."""
        return getattr(self.model, self.method)(*inputs)


def export(model: ReaderModel, out: Path, quantized: bool = True) -> None:
    """Write `encode.onnx`, `tag.onnx` and `judge.onnx` into `out`."""
    model.eval()
    for scorer in model.pairs.values():
        scorer.fold()
    s, n, p = 4, 6, 5
    h = torch.randn(30, 384)
    features = torch.tensor(OFFSETS).expand(p, WIDTH)  # the least value of each
    pairs = [t for _ in RELATIONS for t in (torch.zeros(p).long(), torch.ones(p).long(), features)]
    pair_names = [f"{part}{r}" for r in range(len(RELATIONS)) for part in ("first", "second", "features")]
    sentence = torch.arange(30) % s
    inputs = {
        "tag": (
            ["x", "means", "document", "position", "sentence"],
            (h, h[:s], torch.zeros(s).long(), torch.arange(s), sentence),
            ["h", "tags"],
            {"x": {0: "t"}, "means": {0: "s"}, "document": {0: "s"}, "position": {0: "s"}, "sentence": {0: "t"}},
        ),
        "judge": (
            ["h", "layer", "start", "last", *pair_names],
            (h, torch.zeros(n).long(), torch.arange(n), torch.arange(n) + 1, *pairs),
            [*LABEL_SIZES, "nobody", *RELATIONS],
            {"h": {0: "t"}, "layer": {0: "n"}, "start": {0: "n"}, "last": {0: "n"}}
            | {name: {0: "p" + name[-1]} for name in pair_names},
        ),
    }
    out.mkdir(parents=True, exist_ok=True)
    write_encoder(model.encoder, out / "encode.onnx", quantized)
    with tempfile.TemporaryDirectory() as folder:
        for name, (names, example, outputs, axes) in inputs.items():
            raw = Path(folder) / f"{name}.onnx"
            torch.onnx.export(
                Part(model, name), example, str(raw), input_names=names, output_names=outputs,
                dynamic_axes=axes, opset_version=17, dynamo=False,
            )  # fmt: skip
            if quantized:
                # A scale a channel: with one a matrix, claim fell by 2 points and count by 3.
                quantize_dynamic(
                    raw,
                    out / f"{name}.onnx",
                    op_types_to_quantize=["MatMul", "Gemm"],
                    nodes_to_exclude=narrow_products(onnx.load(raw)),
                    weight_type=QuantType.QInt8,
                    per_channel=True,
                )
            else:
                shutil.copy(raw, out / f"{name}.onnx")
            onnx.checker.check_model(str(out / f"{name}.onnx"))


NARROW = 32  # columns of a matrix that costs less to multiply by than the rounding of what is multiplied


def narrow_products(graph: onnx.ModelProto) -> list[str]:
    """Return the names of the products with few columns, which stay in 32 bits."""
    columns = {constant.name: min(constant.dims, default=0) for constant in graph.graph.initializer}
    products = [node for node in graph.graph.node if node.op_type in ("MatMul", "Gemm")]
    return [node.name for node in products if any(0 < columns.get(name, 0) <= NARROW for name in node.input[:2])]


def main() -> None:
    """Parse the command line and export."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("run", type=Path)
    ap.add_argument("--name", required=True, help="name and version of the model, kept in every value it gives")
    ap.add_argument("--out", type=Path, default=Path("src/contested/reader/weights"))
    ap.add_argument("--float", action="store_true", help="keep 32-bit weights, to measure what int8 costs")
    a = ap.parse_args()
    model = ReaderModel()
    model.read_weights(a.run / "model.pt")
    export(model, a.out, not a.float)
    tuned = a.run / "thresholds.json"
    thresholds = json.loads(tuned.read_text()) if tuned.exists() else asdict(Thresholds())
    settings = {"name": a.name, "thresholds": thresholds}
    (a.out / "settings.json").write_text(json.dumps(settings, indent=1) + "\n", encoding="utf8")
    shutil.copy(model_folder() / "tokenizer.json", a.out / "tokenizer.json")


if __name__ == "__main__":
    main()
