"""Reads a recording without pgtwin: `python3 read.py FILE` prints after each command the tables as they are then, a line of JSON each."""

import gzip
import json
import sys


class Tables:
    """Tables with their keys and rows, as the changes make them."""

    def __init__(self, observed):
        self.keys = dict(observed["tables"])
        self.rows = {name: {} for name in self.keys}

    def apply(self, changes):
        for name, change in changes.items():
            if change is None:
                self.keys.pop(name, None)
                self.rows.pop(name, None)
            else:
                self.change(name, change)

    def change(self, name, change):
        key = self.keys[name] = change.get("key", self.keys.get(name, []))
        rows = self.rows.setdefault(name, {})
        if "rows" in change:
            # Whole, in an order of its own: no key tells these rows apart, or may not.
            whole = change["rows"]
            rows = {identity(key, row): row for row in whole}
            if len(rows) < len(whole):
                rows = dict(enumerate(whole))
            self.rows[name] = rows
        for values in change.get("gone", []):
            rows.pop(json.dumps(values), None)
        for row in change.get("set", []):
            name_of_row = identity(key, row)
            rows[name_of_row] = {**rows.get(name_of_row, {}), **row}

    def all(self):
        return {name: list(rows.values()) for name, rows in self.rows.items()}


def identity(key, row):
    return json.dumps([row.get(column) for column in key])


with gzip.open(sys.argv[1], "rt", encoding="utf-8", newline="\n") as lines:
    heading = json.loads(next(lines))
    tables = Tables(heading["observed"])
    for text in lines:
        line = json.loads(text)
        if "trace" in line:
            tables = Tables(heading["observed"])
        elif "changes" in line:
            tables.apply(line["changes"])
            print(json.dumps(tables.all()))
