#!/usr/bin/env python3
"""Keeps a serving process under load for an hour, answers and events side by side, and prints its memory as time goes on.

    python3 benchmarks/serving/hour.py --sundry 'dotnet artifacts/bin/Sundry.Cli/release/sundry.dll' --work /tmp/serving

The shop is that of run.py, in the same folder. Drift is the least-squares line through the second half of the samples, over the whole time: the first half is when caches fill.
"""
import argparse
import json
import os
import shlex
import signal
import statistics
import subprocess
import time

from run import memory, prepare, serve


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sundry", default="dotnet artifacts/bin/Sundry.Cli/release/sundry.dll")
    parser.add_argument("--work", required=True)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--rate", type=float, default=50, help="answers asked for a second")
    parser.add_argument("--batches", type=float, default=1, help="batches of 100 events a second")
    parser.add_argument("--port", type=int, default=8193)
    options = parser.parse_args()
    sundry = shlex.split(options.sundry)
    os.makedirs(options.work, exist_ok=True)
    prepare(sundry, options.work, 1_000_000, 100_000, 100_000)
    server, _, _ = serve(sundry, options.work, options.port)
    common = ["bench", "load", "-c", os.path.join(options.work, "log", "ple.yaml"), "--url", f"http://127.0.0.1:{options.port}", "--json", "--seconds", str(60 * options.minutes)]
    loads = {
        "answers": subprocess.Popen([*sundry, *common, "--rate", str(options.rate)], stdout=subprocess.PIPE, text=True),
        "events": subprocess.Popen([*sundry, *common, "--kind", "events", "--rate", str(options.batches)], stdout=subprocess.PIPE, text=True),
    }
    begun, samples = time.monotonic(), []
    try:
        print("| minute | resident MB, median of the minute | most |\n|---|---|---|", flush=True)
        minute = []
        while any(load.poll() is None for load in loads.values()) and server.poll() is None:
            time.sleep(5)
            now = (time.monotonic() - begun) / 60
            samples.append((now, memory(server.pid)))
            minute.append(samples[-1][1])
            if len(minute) == 12:
                if round(now) % 5 == 0 or round(now) < 5:
                    print(f"| {now:.0f} | {statistics.median(minute):.0f} | {max(minute):.0f} |", flush=True)
                minute = []
        if server.poll() is not None:
            raise SystemExit("the server ended: " + open(os.path.join(options.work, "serve.log")).read()[-2000:])
        half = [sample for sample in samples if sample[0] >= samples[-1][0] / 2]
        slope = statistics.linear_regression(*zip(*half)).slope
        middle = statistics.median(value for _, value in half)
        print(f"\n{samples[-1][0]:.0f} minutes; most {max(value for _, value in samples):.0f} MB; drift {100 * slope * samples[-1][0] / middle:+.1f} % of {middle:.0f} MB")
        for name, load in loads.items():
            told = json.loads(load.communicate()[0])
            print(f"{name}: {told['requests']} requests, errors {told['errors']}, degraded {told['degraded']}, p50 {told['p50_ms']:.1f} ms, p99 {told['p99_ms']:.1f} ms, most {told['most_ms']:.0f} ms")
    finally:
        for load in loads.values():
            load.kill()
        server.send_signal(signal.SIGTERM)
        server.wait(60)


if __name__ == "__main__":
    main()
