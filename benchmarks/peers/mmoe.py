"""The models that throughput_torch.py trains and export_torch.py exports: the same as `sundry bench` makes of the same options."""
import torch
from torch import nn


def add_options(parser):
    parser.add_argument('--fields', type=int, default=26)
    parser.add_argument('--rows', type=int, default=1_000_000, help='rows of the embedding table')
    parser.add_argument('--embedding', type=int, default=16)
    parser.add_argument('--architecture', choices=['mmoe', 'shared_bottom'], default='mmoe')
    parser.add_argument('--count', type=int, default=8, help='experts')
    parser.add_argument('--layers', type=int, nargs=2, default=[256, 128], help='layers of an expert')
    parser.add_argument('--bottom', type=int, default=64, help='units of the shared bottom')
    parser.add_argument('--tower', type=int, default=64)
    parser.add_argument('--tasks', type=int, default=2)
    parser.add_argument('--experts', choices=['plain', 'fused'], default='plain', help='one by one, as most code has it, or each of their layers as one product')


def tower(width, hidden):
    return nn.Sequential(nn.Linear(width, hidden), nn.ReLU(), nn.Linear(hidden, 1))


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
        hidden = torch.relu(self.first(x)).view(-1, self.count, self.second.shape[1]).transpose(0, 1)
        return torch.relu(torch.baddbmm(self.bias, hidden, self.second)).transpose(0, 1)


class MMoE(nn.Module):
    def __init__(self, args, width):
        super().__init__()
        self.experts = Experts(width, args.count, args.layers, args.experts == 'fused')
        self.gates = nn.ModuleList(nn.Linear(width, args.count) for _ in range(args.tasks))
        self.towers = nn.ModuleList(tower(args.layers[-1], args.tower) for _ in range(args.tasks))

    def forward(self, x):
        experts = self.experts(x)
        mixed = [(torch.softmax(gate(x), 1).unsqueeze(2) * experts).sum(1) for gate in self.gates]
        return torch.cat([tower(z) for tower, z in zip(self.towers, mixed)], 1)


class SharedBottom(nn.Module):
    def __init__(self, args, width):
        super().__init__()
        self.bottom = nn.Sequential(nn.Linear(width, args.bottom), nn.ReLU())
        self.towers = nn.ModuleList(tower(args.bottom, args.tower) for _ in range(args.tasks))

    def forward(self, x):
        shared = self.bottom(x)
        return torch.cat([tower(shared) for tower in self.towers], 1)


class Model(nn.Module):
    """Ids [B, fields], all fields in one table, to logits [B, tasks]."""

    def __init__(self, args, sparse=True):
        super().__init__()
        self.embedding = nn.Embedding(args.rows, args.embedding, sparse=sparse)
        nn.init.normal_(self.embedding.weight, std=0.01)
        self.body = (MMoE if args.architecture == 'mmoe' else SharedBottom)(args, args.fields * args.embedding)

    def forward(self, ids):
        return self.body(self.embedding(ids).flatten(1))
