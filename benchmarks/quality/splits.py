"""Five splits of a table by row number, 70/10/20; their test parts cover the table once."""
import csv
import gzip
import os


def write(path, folder, k):
    """Writes train, validation and test.csv: row i is in test where (i - 2k) mod 10 is 8 or 9, in validation where it is 7."""
    os.makedirs(folder, exist_ok=True)
    with (gzip.open if path.endswith('.gz') else open)(path, 'rt', newline='') as table:
        rows = csv.reader(table)
        header = next(rows)
        files = {part: open(os.path.join(folder, part + '.csv'), 'w', newline='') for part in ('train', 'validation', 'test')}
        writers = {part: csv.writer(file) for part, file in files.items()}
        for writer in writers.values(): writer.writerow(header)
        for i, row in enumerate(rows):
            place = (i - 2 * k) % 10
            writers['train' if place < 7 else 'validation' if place == 7 else 'test'].writerow(row)
        for file in files.values(): file.close()
