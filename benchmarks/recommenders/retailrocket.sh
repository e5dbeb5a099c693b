#!/bin/sh
# RetailRocket's views, carts and purchases (no times): 20 % of the purchased pairs, drawn at random, are held back with all of their events; lists over the whole catalogue.
# usage: retailrocket.sh DATA_FOLDER [further options of 'sundry recommend evaluate']
# DATA_FOLDER holds view_ecommerce.dat.gz, add_to_cart_ecommerce.dat.gz and purchase_ecommerce.dat.gz.
set -e
data=$1
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
{
    echo user,item,type
    for type in view add_to_cart purchase; do
        zcat "$data/${type}_ecommerce.dat.gz" | awk -v type=$type 'NR > 1 { print $1 "," $2 "," type }'
    done
} > "$work/events.csv"
${SUNDRY:-sundry} recommend evaluate --interactions "$work/events.csv" --split pairs --test-type purchase --test-share 20% "$@"
