"""Writes a model of throughput_torch.py, untrained, as ONNX (opset 13, the batch axis free) for score_onnx.js: export_torch.py MODEL.onnx"""
import argparse
import inspect

import torch

import mmoe

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument('file', metavar='MODEL.onnx')
mmoe.add_options(parser)
parser.set_defaults(rows=100_000)
args = parser.parse_args()
torch.manual_seed(1)
# later versions have a second exporter, which knows no opset 13
first = {'dynamo': False} if 'dynamo' in inspect.signature(torch.onnx.export).parameters else {}
torch.onnx.export(mmoe.Model(args, sparse=False).eval(), torch.randint(0, args.rows, (100, args.fields)), args.file, input_names=['ids'], output_names=['logits'],
                  dynamic_axes={'ids': {0: 'batch'}, 'logits': {0: 'batch'}}, opset_version=13, **first)
