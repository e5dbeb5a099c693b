"""Whether learning tasks together helps, on public tables: writes benchmarks/results/quality.md.

    python benchmarks/quality/run.py --census DIR --hillstrom FILE                  # every part whose data is given
    python benchmarks/quality/run.py --census DIR --parts protocol --seeds 3

Parts: protocol (the census rows in the protocol of public libraries, beside PyTorch), census (the configuration of examples/census),
hillstrom (a chain of tasks over five splits, beside logistic regression). Nothing here is a matter of speed: the machine may be busy.
"""
import argparse
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile

import splits

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
SUNDRY = os.path.join(ROOT, 'artifacts', 'quality', 'sundry.dll')
PEERS = os.path.join(ROOT, 'benchmarks', 'peers')
NUMERIC = 'age,wage_per_hour,capital_gains,capital_losses,stock_dividends,employer_size,weeks_worked'
TASKS = {'income': 'income', 'never_married': 'never_married'}
COLLAPSED = 0.90   # an income AUC below this is a model that one seed has spoilt
STUDENT_95 = {1: 12.706, 2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 6: 2.447, 7: 2.365, 8: 2.306, 9: 2.262}


def command(*parts, cwd=ROOT):
    done = subprocess.run([str(part) for part in parts], capture_output=True, text=True, cwd=cwd, stdin=subprocess.DEVNULL)
    if done.returncode: sys.exit(f'{" ".join(map(str, parts))}: {done.stderr.strip()[-2000:]}')
    return done.stdout


def compare(config, out, architectures, seeds, *overrides):
    sets = [part for override in overrides for part in ('--set', override)]
    answer = command('dotnet', SUNDRY, 'compare', '-c', config, '--architectures', ','.join(architectures), '--seeds', seeds, '--out', out, '--json', *sets)
    return {result['architecture']: result for result in json.loads(answer)['results']}


def census_files(folder, cache):
    return [f'data.{part}={folder}/{part}.csv.gz' for part in ('train', 'validation', 'test')] + [f'data.cache={cache}']


def shown(values):
    """A mean and its spread over runs."""
    return f'{statistics.mean(values):.4f}' + (f' ± {statistics.stdev(values):.4f}' if len(values) > 1 else '')


def table(header, rows):
    return ['| ' + ' | '.join(header) + ' |', '|' + '---|' * len(header), *('| ' + ' | '.join(row) + ' |' for row in rows), '']


def cell(task):
    return f"{task['mean']:.4f} ± {task['sd']:.4f}"


def difference(task):
    if task.get('difference') is None: return ''
    low, high = task['interval']
    return f"{task['difference']:+.4f} [{low:+.4f}, {high:+.4f}] {task['verdict']}"


def protocol(args, work):
    ours = compare(os.path.join(HERE, 'census_protocol.yaml'), os.path.join(work, 'protocol'), ['shared_bottom', 'mmoe', 'ple'], args.seeds,
                   *census_files(args.census, os.path.join(work, 'protocol-cache')))
    rows, theirs = [], {}
    if args.torch:
        files = [part for name in ('train', 'validation', 'test') for part in (f'--{name}', f'{args.census}/{name}.csv.gz')]
        lines = command(sys.executable, 'train_torch.py', *files, '--task', 'income=income:50000+.', '--task', 'never_married=marital_status:Never married',
                        '--exclude', 'instance_weight', '--numeric', NUMERIC, '--architectures', 'shared_bottom,mmoe,ple', '--recipe', 'published',
                        '--seeds', args.seeds, '--epochs', 15, '--threads', 1, cwd=PEERS).splitlines()
        for line in map(json.loads, (line for line in lines if line.startswith('{'))):
            theirs.setdefault(line['architecture'], []).append(line['test_auc'])
    for name, result in ours.items():
        peers = [run for run in theirs.get(name, []) if run['income'] >= COLLAPSED]
        lost = len(theirs.get(name, [])) - len(peers)
        rows.append([name, f"{result['parameters']:,}", cell(result['tasks']['income']), cell(result['tasks']['never_married']),
                     shown([run['income'] for run in peers]) + (f', {lost} collapsed' if lost else '') if peers else '',
                     shown([run['never_married'] for run in peers]) if peers else ''])
    return ['## Census, in the protocol of public libraries', '',
            'Embedding 4, Adam 1e-3 with coupled decay 1e-4, batch 1024, 15 epochs, the epoch that validation likes best, layers scaled to equal numbers of weights (not those in PyTorch); test AUC, mean ± standard deviation over '
            f'{args.seeds} seeds. PyTorch: `benchmarks/peers/train_torch.py` on the same rows; a run whose income AUC is under {COLLAPSED:.2f} counts as collapsed and not in the mean.', '',
            *table(['architecture', 'parameters', 'income', 'never married', 'PyTorch, income', 'PyTorch, never married'], rows)]


def census(args, work):
    ours = compare(os.path.join(ROOT, 'examples', 'census', 'sundry.yaml'), os.path.join(work, 'census'), ['shared_bottom', 'mmoe', 'ple'], args.seeds,
                   *census_files(args.census, os.path.join(work, 'census-cache')))
    rows = [[name, f"{result['parameters']:,}", *(text for task in TASKS for text in (cell(result['tasks'][task]), difference(result['tasks'][task])))]
            for name, result in ours.items()]
    return ['## Census, `examples/census`', '',
            f'Test AUC over {args.seeds} seeds; the difference to single-task models of the same sizes, with its 95 % interval over rows and seeds.', '',
            *table(['architecture', 'parameters', 'income', 'difference', 'never married', 'difference'], rows)]


def hillstrom(args, work):
    architectures = ['esmm', 'aitm', 'dbmtl', 'shared_bottom']
    found = {name: {'visit': [], 'conversion': []} for name in ['single_task', *architectures]}
    logistic = {'visit': [], 'conversion': []}
    for k in range(args.splits):
        folder = os.path.join(work, f'hillstrom{k}')
        splits.write(args.hillstrom, folder, k)
        ours = compare(os.path.join(HERE, 'hillstrom.yaml'), os.path.join(folder, 'compare'), architectures, args.seeds,
                       *(f'data.{part}={folder}/{part}.csv' for part in ('train', 'validation', 'test')), f'data.cache={folder}/cache')
        for name, result in ours.items():
            for task in found[name]: found[name][task].append(result['tasks'][task]['mean'])
        for task, auc in json.loads(command(sys.executable, os.path.join(HERE, 'logistic.py'), folder, *logistic)).items(): logistic[task].append(auc)
    rows = []
    for name, tasks in [*found.items(), ('logistic regression', logistic)]:
        row = [name]
        for task in ('visit', 'conversion'):
            gains = [a - b for a, b in zip(tasks[task], found['single_task'][task])]
            row += [shown(tasks[task]), '' if name == 'single_task' else interval(gains)]
        rows.append(row)
    return ['## Hillstrom: visit, then conversion', '',
            f'64,000 customers, 578 conversions. {args.splits} splits by row number (70/10/20), whose test parts do not overlap, {args.seeds} seeds each: test AUC, mean ± standard deviation '
            'over the splits; the difference to single-task models of the same sizes, split by split, with its 95 % interval (Student) over splits.', '',
            *table(['', 'visit', 'difference', 'conversion', 'difference'], rows)]


def interval(gains):
    if len(gains) < 2: return f'{gains[0]:+.4f}'
    half = STUDENT_95[len(gains) - 1] * statistics.stdev(gains) / math.sqrt(len(gains))
    mean = statistics.mean(gains)
    return f'{mean:+.4f} [{mean - half:+.4f}, {mean + half:+.4f}], greater in {sum(g > 0 for g in gains)} of {len(gains)}'


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument('--census', help='folder with train, validation and test.csv.gz of the census rows')
    options.add_argument('--hillstrom', help='the table of the e-mail challenge, .csv or .csv.gz')
    options.add_argument('--parts', default='protocol,census,hillstrom')
    options.add_argument('--seeds', type=int, default=5)
    options.add_argument('--splits', type=int, default=5, choices=range(1, 6))
    options.add_argument('--no-torch', dest='torch', action='store_false', help='leave PyTorch out')
    options.add_argument('--out', default=os.path.join(ROOT, 'benchmarks', 'results', 'quality.md'))
    args = options.parse_args()
    parts = {'protocol': (protocol, args.census), 'census': (census, args.census), 'hillstrom': (hillstrom, args.hillstrom)}
    chosen = args.parts.split(',')
    if unknown := [name for name in chosen if name not in parts]: options.error(f'unknown part {unknown[0]}; there are {", ".join(parts)}')
    command('dotnet', 'publish', '-c', 'Release', os.path.join(ROOT, 'src', 'Sundry.Cli'), '-o', os.path.dirname(SUNDRY))
    lines = ['# Quality', '', 'Written by `benchmarks/quality/run.py`; every figure is on rows that neither training nor the choice of an epoch has seen.', '']
    with tempfile.TemporaryDirectory() as work:
        for name in chosen:
            build, given = parts[name]
            if not given: print(f'{name}: left out, its data is not given', file=sys.stderr)
            else:
                section = build(args, work)
                print('\n'.join(section), file=sys.stderr)
                lines += section
    with open(args.out, 'w') as out: out.write('\n'.join(lines))


if __name__ == '__main__': main()
