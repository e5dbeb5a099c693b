"""How long pandas takes to read a CSV file, its own start included or not: read_csv_pandas.py FILE [ROUNDS]"""
import json
import sys
import time

started = time.perf_counter()
import pandas  # noqa: E402 - its import is part of what is timed

imported = time.perf_counter() - started
seconds = []
for _ in range(int(sys.argv[2]) if len(sys.argv) > 2 else 5):
    start = time.perf_counter()
    frame = pandas.read_csv(sys.argv[1])
    seconds.append(time.perf_counter() - start)
print(json.dumps({'file': sys.argv[1], 'rows': len(frame), 'columns': len(frame.columns), 'import_seconds': round(imported, 3),
                  'first_seconds': round(seconds[0], 3), 'median_seconds': round(sorted(seconds)[len(seconds) // 2], 3), 'pandas': pandas.__version__}))
