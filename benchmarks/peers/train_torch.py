"""Multi-task models in PyTorch on your CSV files: test AUC by task, and training samples per second.

    python train_torch.py --train a.csv --validation b.csv --test c.csv --task income=income:50000+. --task single=marital:Never

A task is NAME=COLUMN:POSITIVE. Prints one JSON line per model and seed, and a table of means at the end. The weights judged are those of
the epoch with the best mean AUC on the validation rows.
"""
import argparse
import json
import sys
import time

import numpy as np
import torch
from sklearn.metrics import roc_auc_score
from torch import nn

from tables import Tables
from versions import versions

EMBEDDING = {'published': 4, 'strong': 8}
DROPOUT = {'published': 0.0, 'strong': 0.1}
DECAY = 1e-4


def layers(width, hidden, dropout, output=None):
    parts = []
    for units in hidden:
        parts += [nn.Linear(width, units), nn.BatchNorm1d(units), nn.ReLU(), nn.Dropout(dropout)]
        width = units
    return nn.Sequential(*parts, *([nn.Linear(width, output)] if output else []))


class SharedBottom(nn.Module):
    """One bottom, a tower per task; with one task, the single-task model."""

    def __init__(self, width, tasks, dropout, bottom=117):
        super().__init__()
        self.bottom = layers(width, [bottom], dropout)
        self.towers = nn.ModuleList(layers(bottom, [8], dropout, 1) for _ in range(tasks))

    def forward(self, x):
        shared = self.bottom(x)
        return torch.cat([tower(shared) for tower in self.towers], 1)


class Gated(nn.Module):
    """Experts mixed by a softmax gate per task: MMoE where all experts are shared, PLE's single level where each task also has its own."""

    def __init__(self, width, tasks, dropout, shared, own, units=16):
        super().__init__()
        self.shared = nn.ModuleList(layers(width, [units], dropout) for _ in range(shared))
        self.own = nn.ModuleList(nn.ModuleList(layers(width, [units], dropout) for _ in range(own)) for _ in range(tasks))
        self.gates = nn.ModuleList(nn.Linear(width, shared + own) for _ in range(tasks))
        self.towers = nn.ModuleList(layers(units, [8], dropout, 1) for _ in range(tasks))

    def forward(self, x):
        shared = [expert(x) for expert in self.shared]
        logits = []
        for own, gate, tower in zip(self.own, self.gates, self.towers):
            experts = torch.stack([expert(x) for expert in own] + shared, 1)               # [B, E, H]
            weights = torch.softmax(gate(x), 1).unsqueeze(1)                               # [B, 1, E]
            logits.append(tower((weights @ experts).squeeze(1)))
        return torch.cat(logits, 1)


class Model(nn.Module):
    def __init__(self, architecture, tables, tasks, recipe):
        super().__init__()
        ids, numbers, _ = tables.parts[0]
        self.embedding = nn.Embedding(tables.rows, EMBEDDING[recipe])
        nn.init.normal_(self.embedding.weight, std=1e-4)
        width, dropout = ids.shape[1] * EMBEDDING[recipe] + numbers.shape[1], DROPOUT[recipe]
        self.body = {
            'single': lambda: SharedBottom(width, tasks, dropout),
            'shared_bottom': lambda: SharedBottom(width, tasks, dropout),
            'mmoe': lambda: Gated(width, tasks, dropout, shared=8, own=0),
            'ple': lambda: Gated(width, tasks, dropout, shared=1, own=2),
        }[architecture]()

    def forward(self, ids, numbers):
        return self.body(torch.cat([self.embedding(ids).flatten(1), numbers], 1))


def aucs(model, part, tasks):
    model.eval()
    with torch.no_grad():
        logits = torch.cat([model(*rows) for rows in zip(part[0].split(8192), part[1].split(8192))]).numpy()
    return [roc_auc_score(part[2][:, task].numpy(), logits[:, i]) for i, task in enumerate(tasks)]


def fit(architecture, tables, tasks, args, seed):
    torch.manual_seed(seed)
    model = Model(architecture, tables, len(tasks), args.recipe)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, args.epochs) if args.recipe == 'strong' else None
    loss = nn.BCEWithLogitsLoss()                      # over rows and tasks: the mean of the tasks' losses
    ids, numbers, labels = tables.parts[0]
    labels = labels[:, tasks]
    best, trained, seconds, judging = (-1.0, None, 0), 0, 0.0, 0.0
    for epoch in range(1, args.epochs + 1):
        model.train()
        start = time.perf_counter()
        for rows in torch.randperm(len(ids)).split(args.batch):
            if len(rows) < 2: continue                 # batch norm needs two
            optimizer.zero_grad(set_to_none=True)
            loss(model(ids[rows], numbers[rows]), labels[rows]).backward()
            optimizer.step()
            trained += len(rows)
        seconds += time.perf_counter() - start
        if schedule: schedule.step()
        start = time.perf_counter()
        validation = float(np.mean(aucs(model, tables.parts[1], tasks)))
        judging += time.perf_counter() - start
        if validation > best[0]: best = (validation, aucs(model, tables.parts[2], tasks), epoch)
    return best[1], best[2], trained / seconds, (seconds + judging) / args.epochs


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for split in ('train', 'validation', 'test'): parser.add_argument('--' + split, required=True)
    parser.add_argument('--task', action='append', required=True, metavar='NAME=COLUMN:POSITIVE')
    parser.add_argument('--exclude', default='', help='columns that are no features, separated by commas')
    parser.add_argument('--numeric', default='', help='numeric columns, separated by commas; by default those with more than 64 different numbers')
    parser.add_argument('--architectures', default='single,shared_bottom,mmoe,ple')
    parser.add_argument('--recipe', choices=['published', 'strong'], default='published')
    parser.add_argument('--seeds', type=int, default=3)
    parser.add_argument('--epochs', type=int, default=20)
    parser.add_argument('--batch', type=int, default=1024)
    parser.add_argument('--threads', type=int, default=2)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    tasks = []
    for task in args.task:
        name, _, rest = task.partition('=')
        column, _, positive = rest.partition(':')
        tasks.append((name, column, positive))

    tables = Tables([args.train, args.validation, args.test], tasks, args.exclude.split(','), [c for c in args.numeric.split(',') if c], args.recipe)
    print(json.dumps(versions()), file=sys.stderr)
    table = []
    for architecture in args.architectures.split(','):
        results, rates = [], []
        for seed in range(1, args.seeds + 1):
            groups = [[t] for t in range(len(tasks))] if architecture == 'single' else [list(range(len(tasks)))]
            auc = {}
            for group in groups:
                values, epoch, rate, per_epoch = fit(architecture, tables, group, args, seed)
                auc.update({tasks[t][0]: round(value, 5) for t, value in zip(group, values)})
                rates.append(rate)
            results.append(list(auc.values()))
            print(json.dumps({'architecture': architecture, 'recipe': args.recipe, 'seed': seed, 'epoch': epoch, 'test_auc': auc, 'samples_per_second': round(rates[-1]), 'seconds_per_epoch': round(per_epoch, 3)}), flush=True)
        table.append((architecture, np.mean(results, 0), np.min(results, 0), np.median(rates)))

    print('model          ' + ''.join(f'{name:>24}' for name, _, _ in tasks) + '   samples/s', file=sys.stderr)
    for architecture, means, lows, rate in table:
        print(f'{architecture:<15}' + ''.join(f'{f"{m:.4f} (least {l:.4f})":>24}' for m, l in zip(means, lows)) + f'{rate:>12,.0f}', file=sys.stderr)


if __name__ == '__main__':
    main()
