"""Turns CSV files into tensors for the PyTorch models of this folder. Everything is fitted on the training rows."""
import numpy as np
import pandas as pd
import torch


class Tables:
    """Ids [rows, fields] into one embedding table, numbers [rows, columns], labels [rows, tasks], for each of three files.

    recipe 'published': numbers scaled to 0..1 by minimum and maximum, as the code beside the papers does it.
    recipe 'strong': sign(x) log(1 + |x|), standardised, and the quantile bucket of each number as one more field.
    """

    def __init__(self, paths, tasks, exclude, numeric, recipe, buckets=32):
        frames = [pd.read_csv(path, dtype=str, keep_default_na=False) for path in paths]
        train = frames[0]
        labels = [column for _, column, _ in tasks]
        inputs = [c for c in train.columns if c not in labels and c not in exclude]
        self.numeric = [c for c in inputs if c in numeric] if numeric else [c for c in inputs if self._is_number(train[c])]
        categorical = [c for c in inputs if c not in self.numeric]

        raw = [self._numbers(frame) for frame in frames]
        fields = [[self._codes(train[c], frame[c]) for c in categorical] for frame in frames]
        if recipe == 'strong':
            edges = [np.unique(np.quantile(raw[0][:, i], np.linspace(0, 1, buckets + 1)[1:-1])) for i in range(raw[0].shape[1])]
            for values, columns in zip(raw, fields):
                columns += [np.searchsorted(edge, values[:, i], side='right') + 1 for i, edge in enumerate(edges)]
            raw = [np.sign(values) * np.log1p(np.abs(values)) for values in raw]
            shift, scale = raw[0].mean(0), raw[0].std(0)
        else:
            shift, scale = raw[0].min(0), raw[0].max(0) - raw[0].min(0)
        scale = np.where(scale > 0, scale, 1)

        sizes = [int(max(columns[i].max() for columns in fields)) + 1 for i in range(len(fields[0]))]
        offsets = np.cumsum([0] + sizes)
        self.rows = int(offsets[-1])
        self.parts = [(
            torch.tensor(np.stack(columns, 1) + offsets[:-1], dtype=torch.long),
            torch.tensor((values - shift) / scale, dtype=torch.float32),
            torch.tensor(np.stack([(frame[column] == positive).values for _, column, positive in tasks], 1), dtype=torch.float32),
        ) for frame, columns, values in zip(frames, fields, raw)]

    def _numbers(self, frame):
        return np.stack([frame[c].astype(float).values for c in self.numeric], 1) if self.numeric else np.zeros((len(frame), 0))

    @staticmethod
    def _is_number(column, few=64):
        values = pd.to_numeric(column, errors='coerce')
        return bool(values.notna().all()) and values.nunique() > few

    @staticmethod
    def _codes(train, column):
        """1 and up for the values of the training rows, 0 for all others."""
        seen = {value: i + 1 for i, value in enumerate(sorted(train.unique()))}
        return column.map(seen).fillna(0).astype(int).values
