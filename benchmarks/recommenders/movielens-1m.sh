#!/bin/sh
# MovieLens-1M in the protocol of "Neural Collaborative Filtering" (2017): leave one out, 99 given negatives.
# usage: movielens-1m.sh DATA_FOLDER [further options of 'sundry recommend evaluate']
# DATA_FOLDER holds ml1m_pairs_in_file_order.csv.gz, ncf_ml-1m.test.rating.gz and ncf_ml-1m.test.negative.gz.
set -e
data=$1
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# that paper numbers users from 0 and items in the order of their first appearance; its test pairs are no training pairs
zcat "$data/ncf_ml-1m.test.rating.gz" | cut -f1,2 | tr '\t' ',' > "$work/test"
zcat "$data/ml1m_pairs_in_file_order.csv.gz" | awk -F, -v test="$work/test" '
    BEGIN { while ((getline line < test) > 0) held[line] = 1; print "user,item" }
    NR > 1 { if (!($2 in item)) item[$2] = items++; pair = ($1 - 1) "," item[$2]; if (!(pair in held)) print pair }' > "$work/train.csv"
cp "$data/ncf_ml-1m.test.negative.gz" "$work/candidates.gz"
${SUNDRY:-sundry} recommend evaluate --interactions "$work/train.csv" --candidates "$work/candidates.gz" "$@"
