"""An independent judge of predictions: reads labels and predictions from CSV and prints what scikit-learn says.

    python score_csv.py --labels test.csv --predictions predictions.csv --task click --task income=income:50000+. --task rating:regression

A task is NAME[=COLUMN[:POSITIVE]][:regression]; its prediction is the column p_NAME. The label column is looked for in --labels, or, without
it, in the predictions, which carry the input's rows. Rows without a label are left out, as are those that --where COLUMN=VALUE rules out.
"""
import argparse
import json
import sys

import numpy as np
import pandas as pd
from sklearn import metrics

from versions import versions


def parse(task):
    regression = task.endswith(':regression')
    name, _, rest = (task[:-len(':regression')] if regression else task).partition('=')
    column, _, positive = rest.partition(':')
    return name, column or name, positive or None, regression


def calibration_error(labels, p, bins=10):
    """Mean distance of the observed rate from the mean prediction, in bins of equal numbers of rows."""
    parts = np.array_split(np.argsort(p, kind='stable'), bins)
    return float(sum(len(part) * abs(labels[part].mean() - p[part].mean()) for part in parts if len(part)) / len(p))


def judge(labels, predictions, column, positive, regression):
    known = labels[column].ne('') & labels[column].notna()
    p = pd.to_numeric(predictions[known]).to_numpy()
    if regression:
        y = pd.to_numeric(labels[column][known]).to_numpy()
        return {'rows': len(y), 'rmse': float(np.sqrt(metrics.mean_squared_error(y, p))), 'mae': float(metrics.mean_absolute_error(y, p)),
                'r2': float(metrics.r2_score(y, p))}
    text = labels[column][known]
    y = (text == positive if positive else text.isin(['1', 'true', 'True', 'yes', 'y'])).to_numpy().astype(int)
    both = 0 < y.sum() < len(y)
    return {'rows': len(y), 'positives': int(y.sum()), 'auc': float(metrics.roc_auc_score(y, p)) if both else None,
            'logloss': float(metrics.log_loss(y, np.clip(p, 1e-15, 1 - 1e-15), labels=[0, 1])), 'ece': calibration_error(y, p),
            'calibration': float(p.sum() / y.sum()) if both else None}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--predictions', required=True)
    parser.add_argument('--labels')
    parser.add_argument('--task', action='append', required=True)
    parser.add_argument('--where', metavar='COLUMN=VALUE')
    args = parser.parse_args()
    predictions = pd.read_csv(args.predictions, dtype=str, keep_default_na=False)
    labels = pd.read_csv(args.labels, dtype=str, keep_default_na=False) if args.labels else predictions
    if len(labels) != len(predictions):
        sys.exit(f'{args.labels} has {len(labels)} rows, {args.predictions} has {len(predictions)}')
    if args.where:
        column, _, value = args.where.partition('=')
        chosen = labels[column] == value
        labels, predictions = labels[chosen], predictions[chosen]
    results = {}
    for task in args.task:
        name, column, positive, regression = parse(task)
        results[name] = judge(labels, predictions['p_' + name], column, positive, regression)
    print(json.dumps({'tasks': results, 'versions': versions()}, indent=2))


if __name__ == '__main__':
    main()
