"""Runs Sundry and its peers in turn on this machine, and writes the ratios to benchmarks/results/<cpu>.md.

    python benchmarks/peers/run.py                                           # everything but the census rows
    python benchmarks/peers/run.py --census DIR --parts census,train         # DIR holds train, validation and test.csv.gz of the census rows

Parts: census, train, score, products, predict. Every figure is the median of several rounds, project and peer taking turns, with the
least and the greatest beside it. A peer that is not installed is left out and named. Nothing else should run meanwhile.
"""
import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile

from measure import PUBLISHED, ROOT, SUNDRY, Run, Series, Table, at_least, at_most, best, python, sundry
from versions import cpu, output, versions

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
training: {{optimizer: adam, learning_rate: 1e-3, weight_decay: 1e-4, batch: 1024, epochs: {epochs}, early_stopping: {{patience: {epochs}}}}}
"""

SMALL = """\
name: small
data: {train: small.csv}
tasks: {buy: binary}
training: {epochs: 1}
"""


def census(table, args, work):
    files = [f'{args.census}/{split}.csv.gz' for split in ('train', 'validation', 'test')]
    prepare, read = Series(), Series('pandas.read_csv of train.csv.gz alone')
    train, theirs = Series(), Series('PyTorch, 2 threads')
    epoch, their_epoch = Series(), Series('PyTorch, 2 threads')
    config = os.path.join(work, 'census.yaml')
    for i in range(args.rounds):
        with open(config, 'w') as out: out.write(CENSUS.format(folder=args.census, cache=os.path.join(work, f'cache{i}'), epochs=args.epochs))
        prepare.add(sundry('prepare', '-c', config), lambda r: r.seconds)
        read.add(python('read_csv_pandas.py', files[0]), lambda r: r.json['median_seconds'])
        ours = sundry('train', '-c', config, '--out', os.path.join(work, f'model{i}'))
        train.add(ours, lambda r: r.json['samples_per_second'])
        epoch.add(ours, lambda r: r.json['seconds'] / r.json['epochs'])
        peer = python('train_torch.py', '--train', files[0], '--validation', files[1], '--test', files[2], '--task', 'income=income:50000+.',
                      '--task', 'single=marital_status:Never married', '--exclude', 'instance_weight', '--numeric', NUMERIC,
                      '--architectures', 'mmoe', '--seeds', 1, '--epochs', args.epochs)
        theirs.add(peer, lambda r: r.json['samples_per_second'])
        their_epoch.add(peer, lambda r: r.json['seconds_per_epoch'])
    table.compare('prepare, census, all three files, process start included: s', prepare, read)
    table.compare('training, census MMoE, 8 experts of 16, batch 1024: samples/s', train, theirs, at_least(5))
    table.compare('the same, an epoch with its validation: s', epoch, their_epoch, at_most(0.2))


def train(table, args, work):
    wide = ['--rows', 1_000_000]
    small = ['--architecture', 'shared_bottom', '--bottom', 64, '--batch', 4096, '--rows', 1_000_000]
    rate = lambda r: r.json['samples_per_second']
    two, one, share = Series(), Series('one thread'), Series()
    many, few, memory = Series('10,000,000 rows'), Series('100,000 rows'), Series()
    little = Series()
    torch = {(threads, experts): Series(f'PyTorch, {experts} experts, {of(threads, "thread")}') for threads in (1, 2) for experts in ('plain', 'fused')}
    torch_little = {threads: Series(f'PyTorch, {of(threads, "thread")}') for threads in (1, 2)}
    for _ in range(args.rounds):
        run = sundry('bench', 'train', '--threads', 2, *wide)
        two.add(run, rate)
        share.add(run, lambda r: 100 * r.json['share_of_peak'])
        for (threads, experts), series in torch.items(): series.add(python('throughput_torch.py', '--threads', threads, '--experts', experts, *wide), rate)
        one.add(sundry('bench', 'train', '--threads', 1, *wide), rate)
        run = sundry('bench', 'train', '--threads', 2, '--rows', 10_000_000)
        many.add(run, lambda r: r.json['ms_per_step'])
        memory.add(run, lambda r: r.json['peak_memory_mb'])
        few.add(sundry('bench', 'train', '--threads', 2, '--rows', 100_000), lambda r: r.json['ms_per_step'])
        little.add(sundry('bench', 'train', '--threads', 2, *small), rate)
        for threads, series in torch_little.items(): series.add(python('throughput_torch.py', '--threads', threads, *small), rate)
    table.compare('training, MMoE 26 fields × 16, 1,000,000 rows, 8 experts 256–128, batch 1024, two threads: samples/s', two, best(list(torch.values())), at_least(3))
    table.state('the same, share of the peak over the whole step: %', share, at_least(68, ' %'))
    table.compare('the same, two threads beside one: samples/s', two, one, at_least(1.85))
    table.compare('the same with 10,000,000 rows: ms a step', many, few, at_most(1.35))
    bound = 1.1 * 10_000_000 * 16 * 3 * 4 / 1e6 + 300
    table.state('the same, memory: MB', memory, at_most(round(bound), ' MB'), '1.1 × (rows × width × 3 × 4 bytes) + 300 MB')
    table.compare('training, shared bottom 64, 26 fields × 16, 1,000,000 rows, batch 4096: samples/s', little, best(list(torch_little.values())), at_least(6))


def score(table, args, work):
    model = args.onnx or os.path.join(work, 'mmoe.onnx')
    if not args.onnx:
        made = python('export_torch.py', model)
        if made.error: print(f'no ONNX model was made: {made.error}', file=sys.stderr)
    candidates = '1,100,500'
    ours, theirs = {}, {}
    for _ in range(args.rounds):
        for threads in (1, 2):
            for shared in (0, 13):
                run = sundry('bench', 'score', '--rows', 100_000, '--threads', threads, '--candidates', candidates, '--shared-fields', shared)
                add_latencies(ours, (threads, shared), run, '', run.json.get('results', []))
            run = Run('node', 'score_onnx.js', model, '--threads', threads, '--candidates', candidates)
            add_latencies(theirs, (threads, 0), run, f'ONNX Runtime {run.json.get("onnxruntime", "")}', run.lines)
    goals = {(100, 0): 0.95, (100, 13): 0.6, (1, 0): 1.0}
    for threads in (1, 2):
        for count in (1, 100, 500):
            for shared in (0, 13):
                if (threads, shared, count) not in ours: continue
                goal = goals.get((count, shared))
                differing = 'all fields differing' if shared == 0 else '13 of 26 fields shared'
                table.compare(f'scoring {of(count, "candidate")} with the same MMoE, {differing}, {of(threads, "thread")}: ms', ours[threads, shared, count],
                              theirs.get((threads, 0, count), Series()), at_most(goal) if goal else None)


def of(count, thing):
    return f'{count:,} {thing}' + ('' if count == 1 else 's')


def add_latencies(into, key, run, name, results):
    for result in results:
        into.setdefault((*key, result['candidates']), Series(name)).add(run, lambda _: result['p50_ms'])
    if run.error: print(f'{name or "bench score"}: {run.error}', file=sys.stderr)


def products(table, args, work):
    totals, worst = {}, {}
    for _ in range(args.rounds):
        run = sundry('bench', 'products', '--threads', 2)
        for total in run.json.get('totals', []): totals.setdefault((total['threads'], total['form']), Series()).add(run, lambda _: 100 * total['share_of_peak'])
        for product in run.json.get('products', []):
            shape = product['shape']
            key = product['threads'], f"{shape['inputs']} → {shape['outputs']}" + (f" in {shape['groups']} groups" if shape['groups'] > 1 else ''), product['form']
            worst.setdefault(key, Series()).add(run, lambda _: 100 * product['share_of_peak'])
    for threads, goal in ((1, 90), (2, 88)):
        for form in ('forward', 'input_gradient', 'weight_gradient', None):
            if (threads, form) not in totals: continue
            layers = ', '.join(f'{size} {series.median:.0f}' for (t, size, f), series in worst.items() if t == threads and f == form)
            name = form.replace('_', ' ') if form else 'all forms'
            table.state(f'products of the MMoE, {name}, {of(threads, "thread")}: % of the peak', totals[threads, form], at_least(goal, ' %'), layers)


def predict(table, args, work):
    numbers = random.Random(1)
    with open(os.path.join(work, 'small.csv'), 'w') as out:
        out.write('user,item,price,buy\n' + ''.join(f'u{numbers.randrange(200)},i{numbers.randrange(50)},{numbers.random():.3f},{numbers.randrange(2)}\n' for _ in range(5000)))
    with open(os.path.join(work, 'one.csv'), 'w') as out: out.write('user,item,price\nu1,i1,0.5\n')
    config, model = os.path.join(work, 'small.yaml'), os.path.join(work, 'small')
    with open(config, 'w') as out: out.write(SMALL)
    made = sundry('train', '-c', config, '--out', model)
    if made.error: sys.exit(f'no model was trained: {made.error}')
    seconds = Series()
    for _ in range(5 * args.rounds): seconds.add(Run('dotnet', SUNDRY, 'predict', model, os.path.join(work, 'one.csv')), lambda r: r.seconds)
    table.state('predict of one row, process start included: s', seconds, at_most(0.6, ' s'))


PARTS = {'products': products, 'train': train, 'score': score, 'predict': predict, 'census': census}


def write(table, found, path):
    name, cores = cpu()
    slug = '-'.join(''.join(c if c.isalnum() else ' ' for c in f'{name} {cores} cores').lower().split())
    path = path or os.path.join(ROOT, 'benchmarks', 'results', slug + '.md')
    lines = [f'# {name}, {cores} cores', '',
             f'Commit {output("git", "-C", ROOT, "rev-parse", "--short", "HEAD")}. Medians, with the least and the greatest of all rounds. The ratio is Sundry over what is beside it.', '',
             *table.lines(), '', '| version | |', '|---|---|', *(f'| {key} | {value} |' for key, value in found.items()), '']
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w') as out: out.write('\n'.join(lines))
    print(path)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--parts', default=None, help='some of ' + ', '.join(PARTS) + '; by default all, census only with --census')
    parser.add_argument('--census', metavar='DIR', help='the census rows as train, validation and test.csv.gz')
    parser.add_argument('--rounds', type=int, default=3)
    parser.add_argument('--epochs', type=int, default=15, help='epochs of the census runs')
    parser.add_argument('--onnx', metavar='MODEL.onnx', type=os.path.abspath, help='the MMoE as ONNX, where PyTorch is not there to export it')
    parser.add_argument('--out', metavar='FILE', type=os.path.abspath, help='where to write the table; by default benchmarks/results/<cpu>.md, which it replaces')
    args = parser.parse_args()
    if args.census: args.census = os.path.abspath(args.census)
    parts = args.parts.split(',') if args.parts else [part for part in PARTS if part != 'census' or args.census]
    for part in parts:
        if part not in PARTS: parser.error(f"there is no part '{part}' (they are {', '.join(PARTS)})")
    if 'census' in parts and not args.census: parser.error('the part census needs --census DIR')
    if args.rounds < 1: parser.error('--rounds is at least 1')

    found = versions()
    if found['products'] == 'reference BLAS':
        print('PyTorch has no fast matrix products here; install OpenBLAS (see README.md), or its figures mean nothing', file=sys.stderr)
    if 'score' in parts and not shutil.which('node'): print('there is no node here; ONNX Runtime is left out', file=sys.stderr)
    subprocess.run(['dotnet', 'publish', '-c', 'Release', '-v', 'quiet', '--ucr', '--self-contained', 'false', '-o', PUBLISHED, os.path.join(ROOT, 'src', 'Sundry.Cli')],
                   check=True, stdout=sys.stderr)
    table = Table()
    with tempfile.TemporaryDirectory() as work:
        for part in parts: PARTS[part](table, args, work)
    write(table, found, args.out)


if __name__ == '__main__':
    main()
