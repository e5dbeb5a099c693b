"""One command of one round, and what several rounds of it came to."""
import json
import os
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PUBLISHED = os.path.join(ROOT, 'artifacts', 'peers')
SUNDRY = os.path.join(PUBLISHED, 'sundry.dll')


class Run:
    """A command's JSON documents and its wall time, or the last line of what it said when it failed."""

    def __init__(self, *command):
        start = time.perf_counter()
        try:
            done = subprocess.run([str(part) for part in command], capture_output=True, text=True, cwd=HERE, stdin=subprocess.DEVNULL)
            self.error = None if done.returncode == 0 else (done.stderr.strip().splitlines() or ['no message'])[-1]
            text = done.stdout if self.error is None else ''
        except OSError as error:
            self.error, text = str(error), ''
        self.seconds = time.perf_counter() - start
        self.json, self.lines = {}, []
        if text.lstrip().startswith('{'):
            try:
                self.json = json.loads(text)
            except json.JSONDecodeError:
                self.lines = [json.loads(line) for line in text.splitlines() if line.strip()]
                self.json = self.lines[0]


def sundry(*arguments):
    return Run('dotnet', SUNDRY, *arguments, '--json')


def python(script, *arguments):
    return Run(sys.executable, script, *arguments)


class Series:
    """The values of one side of a comparison over the rounds."""

    def __init__(self, name=''):
        self.name, self.values, self.error = name, [], None

    def add(self, run, value):
        if run.error: self.error = run.error
        else: self.values.append(value(run))

    @property
    def median(self):
        return statistics.median(self.values)

    def __str__(self):
        if not self.values: return f'left out: {self.error or "not measured"}'
        spread = f' ({figure(min(self.values))} to {figure(max(self.values))})' if len(self.values) > 1 else ''
        return f'{figure(self.median)}{spread}{" " + self.name if self.name else ""}'


def best(series, most=True):
    """Of several peers the one with the best median."""
    measured = [s for s in series if s.values]
    return (max if most else min)(measured, key=lambda s: s.median) if measured else series[0]


def figure(value):
    return f'{value:,.0f}' if abs(value) >= 100 else f'{value:.3g}'


class Goal:
    """What a ratio or a value has to reach; it says whether it does."""

    def __init__(self, text, reached):
        self.text, self.reached = text, reached

    def judge(self, value):
        return self.text + (' ✓' if self.reached(value) else ' ✗')


def at_least(bound, unit='×'):
    return Goal(f'≥ {bound:g}{unit}', lambda value: value >= bound)


def at_most(bound, unit='×'):
    return Goal(f'≤ {bound:g}{unit}', lambda value: value <= bound)


class Table:
    def __init__(self):
        self.rows = []

    def compare(self, what, ours, theirs, goal=None):
        """Ours over theirs."""
        both = ours.values and theirs.values
        ratio = ours.median / theirs.median if both else None
        self._add(what, str(ours), str(theirs), f'{ratio:.2f}' if both else '', goal.judge(ratio) if goal and both else goal.text if goal else '')

    def state(self, what, ours, goal=None, beside=''):
        """A figure of ours that is held against a bound."""
        self._add(what, str(ours), beside, '', goal.judge(ours.median) if goal and ours.values else goal.text if goal else '')

    def _add(self, *row):
        self.rows.append(row)
        print(' | '.join(row), file=sys.stderr)

    def lines(self):
        return ['| what | Sundry | beside it | ratio | goal |', '|---|---|---|---|---|', *('| ' + ' | '.join(row) + ' |' for row in self.rows)]
