"""Runs Sundry and its peers in turn on this machine, and writes the ratios to benchmarks/results/<cpu>.md.

    python benchmarks/peers/run.py --census DIR            # DIR holds train, validation and test.csv.gz of the census rows

Every figure is the median of several rounds, project and peer taking turns, with the least and the greatest beside it. A peer that is
not installed is left out and named.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

from versions import cpu, output, versions

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
SUNDRY = os.path.join(ROOT, 'artifacts', 'bin', 'Sundry.Cli', 'release', 'sundry.dll')
NUMERIC = 'age,wage_per_hour,capital_gains,capital_losses,stock_dividends,employer_size,weeks_worked'

CENSUS = """\
name: census
data: {{train: {folder}/train.csv.gz, validation: {folder}/validation.csv.gz, test: {folder}/test.csv.gz, cache: {cache}}}
features: auto
exclude: [instance_weight]
tasks:
  income: {{type: binary, label: income, positive: "50000+."}}
  single: {{type: binary, label: marital_status, positive: "Never married"}}
model: {{architecture: mmoe, embedding: 4, experts: {{count: 8, layers: [16]}}, tower: [8], normalization: batch, dropout: 0}}
training: {{optimizer: adam, learning_rate: 1e-3, batch: 1024, epochs: {epochs}, early_stopping: {{patience: {epochs}}}}}
"""


class Run:
    """One command of one round: its JSON document and its wall time."""

    def __init__(self, *command):
        start = time.perf_counter()
        done = subprocess.run(command, capture_output=True, text=True, cwd=HERE, stdin=subprocess.DEVNULL)
        self.seconds = time.perf_counter() - start
        self.error = None if done.returncode == 0 else (done.stderr.strip().splitlines() or ['no message'])[-1]
        self.json = json.loads(done.stdout) if self.error is None and done.stdout.lstrip().startswith('{') else {}


def sundry(*arguments):
    return Run('dotnet', SUNDRY, *arguments, '--json')


def peer(script, *arguments):
    return Run(sys.executable, script, *arguments)


class Series:
    """The values of one side of a comparison over the rounds."""

    def __init__(self):
        self.values, self.error = [], None

    def add(self, run, value):
        if run.error: self.error = run.error
        else: self.values.append(value(run))

    def __str__(self):
        if not self.values: return f'left out: {self.error}'
        middle, low, high = statistics.median(self.values), min(self.values), max(self.values)
        return f'{figure(middle)} ({figure(low)} to {figure(high)})'


def figure(value):
    return f'{value:,.0f}' if value >= 100 else f'{value:.3g}'


class Table:
    def __init__(self):
        self.rows = []

    def add(self, what, ours, theirs, theirs_name):
        both = ours.values and theirs.values
        ratio = f'{statistics.median(ours.values) / statistics.median(theirs.values):.2f}' if both else ''
        self.rows.append((what, str(ours), f'{theirs} {theirs_name}', ratio))
        print(' | '.join(self.rows[-1]), file=sys.stderr)


def census(table, folder, rounds, epochs):
    files = [f'{folder}/{split}.csv.gz' for split in ('train', 'validation', 'test')]
    prepare, read = Series(), Series()
    train, theirs = Series(), Series()
    with tempfile.TemporaryDirectory() as work:
        config = os.path.join(work, 'census.yaml')
        for i in range(rounds):
            with open(config, 'w') as out: out.write(CENSUS.format(folder=folder, cache=os.path.join(work, f'cache{i}'), epochs=epochs))
            prepare.add(sundry('prepare', '-c', config), lambda r: r.seconds)
            read.add(peer('read_csv_pandas.py', files[0]), lambda r: r.json['median_seconds'])
            train.add(sundry('train', '-c', config, '--out', os.path.join(work, f'model{i}')), lambda r: r.json['samples_per_second'])
            theirs.add(peer('train_torch.py', '--train', files[0], '--validation', files[1], '--test', files[2], '--task', 'income=income:50000+.',
                            '--task', 'single=marital_status:Never married', '--exclude', 'instance_weight', '--numeric', NUMERIC,
                            '--architectures', 'mmoe', '--seeds', '1', '--epochs', str(epochs)), lambda r: r.json['samples_per_second'])
    table.add('prepare, census, all three files, process start included: s', prepare, read, 'pandas.read_csv of train.csv.gz alone')
    table.add('training, census MMoE, 8 experts of 16: samples/s', train, theirs, 'PyTorch, 2 threads')


def write(table, found):
    name, cores = cpu()
    slug = '-'.join(''.join(c if c.isalnum() else ' ' for c in f'{name} {cores} cores').lower().split())
    path = os.path.join(ROOT, 'benchmarks', 'results', slug + '.md')
    lines = [f'# {name}, {cores} cores', '', f'Commit {output("git", "-C", ROOT, "rev-parse", "--short", "HEAD")}. Medians, with the least and the greatest of all rounds.', '',
             '| what | Sundry | peer | Sundry / peer |', '|---|---|---|---|', *('| ' + ' | '.join(row) + ' |' for row in table.rows), '',
             '| version | |', '|---|---|', *(f'| {key} | {value} |' for key, value in found.items()), '']
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w') as out: out.write('\n'.join(lines))
    print(path)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--census', metavar='DIR', required=True, help='the census rows as train, validation and test.csv.gz')
    parser.add_argument('--rounds', type=int, default=3)
    parser.add_argument('--epochs', type=int, default=5, help='epochs of the census runs')
    args = parser.parse_args()
    found = versions()
    if found['products'] == 'reference BLAS':
        print('PyTorch has no fast matrix products here; install OpenBLAS (see README.md), or its figures mean nothing', file=sys.stderr)
    subprocess.run(['dotnet', 'build', '-c', 'Release', os.path.join(ROOT, 'src', 'Sundry.Cli')], check=True, stdout=subprocess.DEVNULL)
    table = Table()
    census(table, os.path.abspath(args.census), args.rounds, args.epochs)
    write(table, found)


if __name__ == '__main__':
    main()
