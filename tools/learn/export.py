"""From a network that has learnt to the file that the reader opens, in numbers of 8 bits."""

from __future__ import annotations

from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from .network import Network


def export(network: Network, path: Path) -> None:
    """Write it as ONNX, quantised."""
    network.eval()
    whole = path.with_suffix(".whole.onnx")
    pieces = torch.randint(5, 900, (2, 12))
    own = torch.zeros_like(pieces)
    own[:, 4:9] = 1
    many, long = torch.export.Dim("many"), torch.export.Dim("long")
    sizes = {0: many, 1: long}
    torch.onnx.export(
        network,
        (pieces, own, torch.ones_like(pieces)),
        str(whole),
        input_names=["pieces", "own", "there"],
        output_names=["logits"],
        dynamic_shapes=(sizes, sizes, sizes),
        external_data=False,
        dynamo=True,
    )
    quantize_dynamic(
        whole,
        path,
        weight_type=QuantType.QInt8,
        per_channel=True,
        op_types_to_quantize=["MatMul", "Gemm", "Gather"],
    )
    whole.unlink()
