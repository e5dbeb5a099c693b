#!/bin/sh
# MovieLens-100K, 75/25 stratified by user, lists over the whole catalogue.
# usage: movielens-100k.sh FILE [further options of 'sundry recommend evaluate'], FILE being u.data or u.data.gz
set -e
file=$1
shift
${SUNDRY:-sundry} recommend evaluate --interactions "$file" --columns user,item,rating,_ --split random --test-share 25% "$@"
