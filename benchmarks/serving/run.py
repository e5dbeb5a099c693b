#!/usr/bin/env python3
"""Measures a serving process over HTTP, with the load generator on the same machine, and prints the medians of several rounds.

    python3 benchmarks/serving/run.py --sundry 'dotnet artifacts/bin/Sundry.Cli/release/sundry.dll' --work /tmp/serving

The shop is simulated once and kept in the folder: 100,000 items, 100,000 users, 1,000,000 events; the model is a PLE of three tasks with experts of 128 and 64 and embeddings of 16, trained
for one epoch (its speed does not depend on how good it is). A round is: start the server, the first request, recommend at a rate and as fast as it can, rank 100 items, events in batches of 100.
"""
import argparse
import json
import os
import re
import shlex
import signal
import statistics
import subprocess
import time
import urllib.request

CONFIG = """
name: shop
data:
  log: {events: events.csv, items: items.csv, users: users.csv, friends: friends.csv, categories: categories.csv}
  rows: impressions
  validation: 5%
  split: {by: time, test: 5%}
tasks:
  click: {type: binary, within: 1h}
  cart: {type: binary, within: 1d, after: [click]}
  buy: {type: binary, event: purchase, within: 3d, after: [click]}
ranking:
  group: recommendation
  value: {weights: {click: 1, cart: 5, buy: 20}}
  goal: {ndcg: click, at: 10}
model: {architecture: ple, embedding: 16, experts: {count: 4, layers: [128, 64]}, tower: [64]}
training: {learning_rate: 1e-3, batch: 1024, epochs: 1, seed: 1}
"""


def run(sundry, *arguments):
    done = subprocess.run([*sundry, *map(str, arguments)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, arguments))} ended with {done.returncode}: {done.stderr[-2000:]}")
    return done.stdout


def prepare(sundry, work, events, users, items):
    log = os.path.join(work, "log")
    if not os.path.exists(os.path.join(work, "model", "manifest.json")):
        run(sundry, "simulate", "log", "--out", log, "--events", events, "--users", users, "--items", items)
        with open(os.path.join(log, "ple.yaml"), "w") as file:
            file.write(CONFIG)
        run(sundry, "train", "-c", os.path.join(log, "ple.yaml"), "--out", os.path.join(work, "model"), "--force")
    if not os.path.exists(os.path.join(work, "shop.db")):
        run(sundry, "store", "load", "-c", os.path.join(log, "ple.yaml"), "--store", os.path.join(work, "shop.db.part"))
        os.rename(os.path.join(work, "shop.db.part"), os.path.join(work, "shop.db"))


def memory(pid):
    with open(f"/proc/{pid}/status") as file:
        return int(re.search(r"VmRSS:\s+(\d+)", file.read())[1]) / 1000


def serve(sundry, work, port):
    begun = time.monotonic()
    server = subprocess.Popen([*sundry, "serve", os.path.join(work, "model"), "--store", os.path.join(work, "shop.db"), "--open", "--listen", f"127.0.0.1:{port}"],
                              stdout=subprocess.DEVNULL, stderr=open(os.path.join(work, "serve.log"), "w"))
    while True:
        if server.poll() is not None:
            raise SystemExit("the server ended: " + open(os.path.join(work, "serve.log")).read()[-2000:])
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=1) as answer:
                if answer.status == 200:
                    break
        except OSError:
            time.sleep(0.02)
    ready = time.monotonic() - begun
    begun = time.monotonic()
    request = urllib.request.Request(f"http://127.0.0.1:{port}/v1/recommend", b'{"user":"u00001"}', {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        answer.read()
    return server, ready, 1000 * (time.monotonic() - begun)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sundry", default="dotnet artifacts/bin/Sundry.Cli/release/sundry.dll")
    parser.add_argument("--work", required=True)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--users", type=int, default=100_000)
    parser.add_argument("--items", type=int, default=100_000)
    parser.add_argument("--port", type=int, default=8193)
    options = parser.parse_args()
    sundry = shlex.split(options.sundry)
    os.makedirs(options.work, exist_ok=True)
    prepare(sundry, options.work, options.events, options.users, options.items)
    config = os.path.join(options.work, "log", "ple.yaml")

    def load(*arguments):
        done = subprocess.run([*sundry, "bench", "load", "-c", config, "--url", f"http://127.0.0.1:{options.port}", "--json", "--seconds", str(options.seconds), *arguments], capture_output=True, text=True, check=False)
        return json.loads(done.stdout)

    rounds = []
    for number in range(options.rounds):
        server, ready, first = serve(sundry, options.work, options.port)
        try:
            row = {"ready s": ready, "first request ms": first, "memory at first MB": memory(server.pid)}
            at_rate = load("--rate", "200")
            row |= {"recommend 200/s p50 ms": at_rate["p50_ms"], "recommend 200/s p99 ms": at_rate["p99_ms"], "recommend 200/s errors": sum(at_rate["errors"].values()), "recommend 200/s degraded": at_rate["degraded"],
                    "generator late p99 ms": at_rate["late_ms"]}
            row["recommend closed loop /s"] = load("--rate", "0", "--clients", "4")["per_second"]
            row["rank 100 at 200/s p99 ms"] = load("--kind", "rank", "--rate", "200")["p99_ms"]
            events = load("--kind", "events", "--rate", "0", "--clients", "4")
            row |= {"events /s": 100 * events["per_second"], "events ack p99 ms": events["p99_ms"], "memory at last MB": memory(server.pid)}
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(60)
        rounds.append(row)
        print(json.dumps({"round": number + 1, **{name: round(value, 3) for name, value in row.items()}}), flush=True)
    print("\n| what | median | rounds |\n|---|---|---|")
    for name in rounds[0]:
        values = sorted(row[name] for row in rounds)
        print(f"| {name} | {statistics.median(values):.2f} | {values[0]:.2f} … {values[-1]:.2f} |")


if __name__ == "__main__":
    main()
