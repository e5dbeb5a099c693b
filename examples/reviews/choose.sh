#!/bin/sh
# Chooses the settings of sundry.yaml on its validation rows alone: the test rows are set aside before anything is trained. Prints the figures of each setting, the mean of two seeds,
# the best by the sum of the three tasks' gains over the mean of all settings, each in units of that figure's spread, first.
# usage: choose.sh [SUNDRY], with reviews.csv.gz beside sundry.yaml
set -e
sundry=${1:-sundry}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# what sundry.yaml tests, the last fifth by row number, is not even read
rows=$(zcat "$here/reviews.csv.gz" | python3 -c 'import csv, sys; print(sum(1 for _ in csv.DictReader(sys.stdin)))')
zcat "$here/reviews.csv.gz" | python3 -c 'import csv, sys
keep = int(sys.argv[1]) * 4 // 5
rows = csv.reader(sys.stdin)
out = csv.writer(sys.stdout)
out.writerow(next(rows))
for number, row in enumerate(rows):
    if number < keep: out.writerow(row)' "$rows" > "$work/reviews.csv"
sed -e 's/reviews.csv.gz/reviews.csv/' -e 's/test: 20%/test: 0%/' "$here/sundry.yaml" > "$work/sundry.yaml"
cd "$work"
for width in 32 64; do
    for noise in 0 0.2 0.4 0.6; do
        for tower in '[]' '[16]'; do
            for seed in 1 2; do
                "$sundry" train -c sundry.yaml --out model --force --set "features.words.embedding=$width" --set "model.embedding_noise=$noise" --set "model.tower=$tower" --set "training.seed=$seed" > log 2>&1 || { cat log >&2; exit 1; }
                python3 -c 'import json, sys
tasks = json.load(open("model/metrics.json"))["tasks"]
print("|".join(sys.argv[1:]), tasks["recommended"]["validation"]["auc"], tasks["rating"]["validation"]["rmse"], tasks["department"]["validation"]["accuracy"], sep="\t")' \
                    "$width" "$noise" "$tower" >> figures
            done
        done
    done
done
python3 -c 'import statistics
figures = {}
for line in open("figures"):
    name, *values = line.rstrip("\n").split("\t")
    figures.setdefault(name, []).append([float(v) for v in values])
means = {name: [statistics.mean(v) for v in zip(*runs)] for name, runs in figures.items()}
columns = list(zip(*means.values()))
gain = lambda values: sum(sign * (v - statistics.mean(c)) / statistics.stdev(c) for sign, v, c in zip((1, -1, 1), values, columns))
print("embedding|noise|tower\trecommended AUC\trating RMSE\tdepartment accuracy\tgain")
for name, values in sorted(means.items(), key=lambda m: -gain(m[1])):
    print(name, *("%.4f" % v for v in values), "%.2f" % gain(values), sep="\t")'
