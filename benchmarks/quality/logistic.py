"""Test AUC of a logistic regression for each label, on the table that splits.py wrote: one JSON line.

    python logistic.py FOLDER LABEL...
"""
import json
import sys

import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

LABELS = ['visit', 'conversion', 'spend']
NUMBERS = ['recency', 'history']

folder, labels = sys.argv[1], sys.argv[2:]
train, test = (pd.read_csv(f'{folder}/{part}.csv') for part in ('train', 'test'))
categories = [column for column in train.columns if column not in LABELS + NUMBERS]
model = make_pipeline(make_column_transformer((StandardScaler(), NUMBERS), (OneHotEncoder(handle_unknown='ignore'), categories)), LogisticRegression(C=1.0, max_iter=1000))
features = NUMBERS + categories
print(json.dumps({label: roc_auc_score(test[label], model.fit(train[features], train[label]).predict_proba(test[features])[:, 1]) for label in labels}))
