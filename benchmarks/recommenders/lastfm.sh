#!/bin/sh
# Last.fm (HetRec 2011): 80 % of each user's artists to learn from, 20 % to test, drawn at random; plays are weights, friends and the artists' tags are known.
# usage: lastfm.sh DATA_FOLDER [further options of 'sundry recommend evaluate']
# DATA_FOLDER holds user_artists.dat.gz, user_friends.dat.gz and user_taggedartists.dat.gz.
set -e
data=$1
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
zcat "$data/user_artists.dat.gz" | tr -d '\r' | awk -F'\t' 'NR == 1 { print "user,item,weight"; next } { print $1 "," $2 "," $3 }' > "$work/plays.csv"
zcat "$data/user_friends.dat.gz" | tr -d '\r' | awk -F'\t' 'NR == 1 { print "user,friend"; next } { print $1 "," $2 }' > "$work/friends.csv"
# a tag that only one listener gave to an artist says as much of the listener as of the artist: two must have given it
zcat "$data/user_taggedartists.dat.gz" | tr -d '\r' | awk -F'\t' '
    NR == 1 { next }
    ++given[$2 "|" $3] == 2 { tags[$2] = tags[$2] ($2 in tags ? "|" : "") "t" $3 }
    END { print "item,tags"; for (artist in tags) print artist "," tags[artist] }' > "$work/artists.csv"
${SUNDRY:-sundry} recommend evaluate --interactions "$work/plays.csv" --items "$work/artists.csv" --friends "$work/friends.csv" --split random --test-share 20% --top 20 "$@"
