#!/usr/bin/env python3
"""Clones one ACM certificate, with its key, its job and its row of the CA, until there are many.

Usage: fill.py DATA_DIRECTORY CERTIFICATE_ARN COUNT

For measuring a large store; the server must not be running. The clones are not in the issuance log.
"""
import sqlite3
import sys

CHUNK = 50_000


def columns(database, table):
    return [row[1] for row in database.execute(f"PRAGMA table_info({table})")]


def clone(database, table, where, changed, first, count):
    """Copies the row that `where` finds `count` times; `changed` gives new values in SQL of i."""
    names = columns(database, table)
    values = ", ".join(changed.get(name, name) for name in names)
    database.execute(
        f"WITH RECURSIVE counter(i) AS (SELECT ? UNION ALL SELECT i + 1 FROM counter WHERE i < ?)"
        f" INSERT INTO {table} ({', '.join(names)})"
        f" SELECT {values} FROM counter, (SELECT * FROM {table} WHERE {where})",
        (first, first + count - 1))


def main():
    folder, arn, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
    database = sqlite3.connect(f"{folder}/everseal.db", isolation_level=None)
    prefix = arn.rsplit("/", 1)[0]
    new_arn = f"'{prefix}/' || printf('%08x-0000-4000-8000-%012x', i, i)"
    last_id, = database.execute("SELECT max(id) FROM acmpca_certificate").fetchone()
    for first in range(1, count + 1, CHUNK):
        size = min(CHUNK, count + 1 - first)
        database.execute("BEGIN IMMEDIATE")
        clone(database, "acm_certificate", f"arn = '{arn}'", {"arn": new_arn}, first, size)
        clone(database, "acm_material", f"arn = '{arn}'", {"arn": new_arn}, first, size)
        clone(database, "jobs_job", f"kind = 'acm.renew' AND key = '{arn}'", {"key": new_arn}, first, size)
        clone(database, "acmpca_certificate", f"id = {last_id}",
              {"id": f"{last_id} + i", "serial": "randomblob(16)"}, first, size)
        database.execute("COMMIT")
    stored, = database.execute("SELECT count(*) FROM acm_certificate").fetchone()
    print(f"{stored} certificates")


if __name__ == "__main__":
    main()
