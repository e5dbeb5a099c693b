"""How fast PyTorch trains and scores a wide MMoE on this machine; ids and labels are random.

Fields of one embedding table, experts of two ReLU layers, a softmax gate and a small tower per task, binary cross-entropy, Adam. The
embedding table is updated by SparseAdam, or by dense Adam with --table dense. Experts run one by one (plain, as most code has it), or
each of their layers as one product (--experts fused). Prints one JSON document.
"""
import argparse
import json
import time

import numpy as np
import torch
from torch import nn

from versions import products


class Experts(nn.Module):
    """All experts at once: [B, D] -> [B, E, H]."""

    def __init__(self, width, count, hidden, fused):
        super().__init__()
        self.count, self.fused = count, fused
        first, second = hidden
        if fused:
            self.first = nn.Linear(width, count * first)
            self.second = nn.Parameter(torch.empty(count, first, second).uniform_(-first ** -0.5, first ** -0.5))
            self.bias = nn.Parameter(torch.zeros(count, 1, second))
        else:
            self.experts = nn.ModuleList(nn.Sequential(nn.Linear(width, first), nn.ReLU(), nn.Linear(first, second), nn.ReLU()) for _ in range(count))

    def forward(self, x):
        if not self.fused: return torch.stack([expert(x) for expert in self.experts], 1)
        hidden = torch.relu(self.first(x)).view(len(x), self.count, -1).transpose(0, 1)
        return torch.relu(torch.baddbmm(self.bias, hidden, self.second)).transpose(0, 1)


class MMoE(nn.Module):
    def __init__(self, args):
        super().__init__()
        width, hidden = args.fields * args.embedding, args.layers
        self.embedding = nn.Embedding(args.rows, args.embedding, sparse=args.table == 'sparse')
        nn.init.normal_(self.embedding.weight, std=0.01)
        self.experts = Experts(width, args.count, hidden, args.experts == 'fused')
        self.gates = nn.ModuleList(nn.Linear(width, args.count) for _ in range(args.tasks))
        self.towers = nn.ModuleList(nn.Sequential(nn.Linear(hidden[-1], 64), nn.ReLU(), nn.Linear(64, 1)) for _ in range(args.tasks))

    def forward(self, ids):
        x = self.embedding(ids).flatten(1)
        experts = self.experts(x)
        mixed = [(torch.softmax(gate(x), 1).unsqueeze(1) @ experts).squeeze(1) for gate in self.gates]
        return torch.cat([tower(z) for tower, z in zip(self.towers, mixed)], 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--fields', type=int, default=26)
    parser.add_argument('--rows', type=int, default=1_000_000, help='rows of the embedding table')
    parser.add_argument('--embedding', type=int, default=16)
    parser.add_argument('--count', type=int, default=8, help='experts')
    parser.add_argument('--layers', type=int, nargs=2, default=[256, 128])
    parser.add_argument('--tasks', type=int, default=2)
    parser.add_argument('--batch', type=int, default=1024)
    parser.add_argument('--steps', type=int, default=40)
    parser.add_argument('--threads', type=int, default=2)
    parser.add_argument('--table', choices=['sparse', 'dense'], default='sparse')
    parser.add_argument('--experts', choices=['plain', 'fused'], default='plain')
    parser.add_argument('--candidates', type=int, default=100, help='rows of one scoring call')
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(1)

    model, loss = MMoE(args), nn.BCEWithLogitsLoss()
    dense = [p for name, p in model.named_parameters() if not name.startswith('embedding')]
    table = torch.optim.SparseAdam if args.table == 'sparse' else torch.optim.Adam
    optimizers = [torch.optim.Adam(dense, lr=1e-3), table(list(model.embedding.parameters()), lr=1e-3)]
    batches = [(torch.randint(0, args.rows, (args.batch, args.fields)), torch.randint(0, 2, (args.batch, args.tasks)).float()) for _ in range(32)]

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
        'threads': args.threads, 'table': args.table, 'experts': args.experts, 'rows': args.rows, 'batch': args.batch,
        'samples_per_second': round(samples),
        'gflops': round(6e-9 * samples * sum(p.numel() for p in dense), 1),
        'candidates': args.candidates,
        'p50_ms': round(float(np.percentile(milliseconds[30:], 50)), 3),
        'p99_ms': round(float(np.percentile(milliseconds[30:], 99)), 3),
        'torch': torch.__version__, 'products': products(),
    }))


if __name__ == '__main__':
    main()
