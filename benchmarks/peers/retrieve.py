"""Exact retrieval of Sundry and hnswlib's graph on the same vectors at the same recall, in turn, one thread each.

    python benchmarks/peers/retrieve.py --items 1000000 --rounds 5

The graph takes long to build: with --folder it is kept, and --rounds 0 builds it and stops.

hnswlib is Debian's libhnswlib-dev (headers alone; --include names another place for them); g++ builds the program beside this script.
"""

import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def run(command):
    done = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(f"{command[0]} ended with {done.returncode}")
    return json.loads(done.stdout)


def spread(values):
    return f"{statistics.median(values):.3f} ({min(values):.3f} to {max(values):.3f})"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=1_000_000)
    parser.add_argument("--width", type=int, default=64)
    parser.add_argument("--top", type=int, default=200)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--directions", type=int, default=16)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--recall", type=float, default=0.99, help="the recall that the graph's beam is widened to")
    parser.add_argument("--links", type=int, default=16, help="hnswlib's M")
    parser.add_argument("--construction", type=int, default=200, help="hnswlib's ef_construction")
    parser.add_argument("--build-threads", type=int, default=2)
    parser.add_argument("--include", default="/usr/include", help="the folder that holds hnswlib/hnswlib.h")
    parser.add_argument("--folder", help="keeps the vectors and the graph for another time")
    parser.add_argument("--sundry", default=ROOT / "artifacts/bin/Sundry.Cli/release/sundry")
    options = parser.parse_args()

    header = pathlib.Path(options.include, "hnswlib/hnswlib.h")
    if not header.exists():
        sys.exit(f"{header} is not there; install libhnswlib-dev, or name its folder by --include")
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(options.folder or temporary)
        folder.mkdir(parents=True, exist_ok=True)
        program = folder / "search_hnswlib"
        subprocess.run(["g++", "-std=c++17", "-O3", "-march=native", "-pthread", "-I", options.include, HERE / "search_hnswlib.cpp", "-o", program], check=True)
        graph_file = folder / "graph.bin"
        scan = [options.sundry, "bench", "retrieve", "--json", "--write", folder]
        for name in ("items", "width", "top", "queries", "directions"):
            scan += [f"--{name}", getattr(options, name)]
        graph = [program, folder, options.width, options.top, options.recall, options.links, options.construction, options.build_threads]
        if not graph_file.exists():
            run(scan)
            run(graph)
        ours, theirs = [], []
        for round in range(options.rounds):
            ours.append(run(scan))
            theirs.append(run(graph))
            print(f"round {round + 1}: scan {ours[-1]['median_ms']:.3f} ms, graph {theirs[-1]['median_ms']:.3f} ms", file=sys.stderr)

        graph_mb = graph_file.stat().st_size / 1e6
    if not ours:
        return
    print(f"{options.items:,} x {options.width}, top {options.top}, one thread, {options.queries} queries, {options.rounds} rounds; {ours[0]['machine']['processor']}")
    print(f"sundry   p50 ms {spread([r['median_ms'] for r in ours])}, p99 ms {spread([r['p99_ms'] for r in ours])}, recall {ours[0]['recall']:.4f}, {statistics.median(r['gb_per_second'] for r in ours):.1f} GB/s, taken in within {ours[0]['build_seconds']:.1f} s")
    print(f"hnswlib  p50 ms {spread([r['median_ms'] for r in theirs])}, p99 ms {spread([r['p99_ms'] for r in theirs])}, recall {theirs[0]['recall']:.4f}, beam {theirs[0]['beam']}, built within {theirs[0]['build_seconds']:.1f} s by {options.build_threads} threads, {graph_mb:.0f} MB")


if __name__ == "__main__":
    main()
