"""How fast PyTorch trains and scores a model on random ids: an embedding table of all fields, then an MMoE or a shared bottom, binary tasks.

Adam; the embedding table is updated by SparseAdam, or by dense Adam with --table dense. Prints one JSON document. The same options of
`sundry bench train` make the same model.
"""
import argparse
import json
import time

import numpy as np
import torch
from torch import nn

import mmoe
from versions import products

BATCHES = 64


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    mmoe.add_options(parser)
    parser.add_argument('--batch', type=int, default=1024)
    parser.add_argument('--steps', type=int, default=40)
    parser.add_argument('--threads', type=int, default=2)
    parser.add_argument('--table', choices=['sparse', 'dense'], default='sparse')
    parser.add_argument('--candidates', type=int, default=100, help='rows of one scoring call')
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(1)

    model, loss = mmoe.Model(args, args.table == 'sparse'), nn.BCEWithLogitsLoss()
    dense = [p for name, p in model.named_parameters() if not name.startswith('embedding')]
    table = torch.optim.SparseAdam if args.table == 'sparse' else torch.optim.Adam
    optimizers = [torch.optim.Adam(dense, lr=1e-3), table(list(model.embedding.parameters()), lr=1e-3)]
    batches = [(torch.randint(0, args.rows, (args.batch, args.fields)), torch.randint(0, 2, (args.batch, args.tasks)).float()) for _ in range(BATCHES)]

    def train(steps):
        start = time.perf_counter()
        for step in range(steps):
            ids, labels = batches[step % len(batches)]
            for optimizer in optimizers: optimizer.zero_grad(set_to_none=True)
            loss(model(ids), labels).backward()
            for optimizer in optimizers: optimizer.step()
        return time.perf_counter() - start

    train(3)
    seconds = train(args.steps)
    model.eval()
    milliseconds = []
    with torch.no_grad():
        for i in range(330):
            ids = batches[i % len(batches)][0][:args.candidates]
            start = time.perf_counter()
            model(ids)
            milliseconds.append(1e3 * (time.perf_counter() - start))
    samples = args.batch * args.steps / seconds
    print(json.dumps({
        'threads': args.threads, 'table': args.table, 'architecture': args.architecture, 'experts': args.experts, 'rows': args.rows, 'batch': args.batch,
        'samples_per_second': round(samples),
        'gflops': round(6e-9 * samples * sum(p.numel() for p in dense), 1),
        'candidates': args.candidates,
        'p50_ms': round(float(np.percentile(milliseconds[30:], 50)), 3),
        'p99_ms': round(float(np.percentile(milliseconds[30:], 99)), 3),
        'torch': torch.__version__, 'products': products(),
    }))


if __name__ == '__main__':
    main()
