"""DuckDB: the street files of a folder into a table by neighbourhood, crime type and month."""

import sys
import time

import duckdb

folder, out, how = sys.argv[1:4]
started = time.perf_counter()
db = duckdb.connect()
db.execute("SET threads = 2")
db.execute("SET preserve_insertion_order = false")
columns = (
    "{'Crime ID': 'VARCHAR', 'Month': 'VARCHAR', 'Reported by': 'VARCHAR', 'Falls within': 'VARCHAR', "
    "'Longitude': 'VARCHAR', 'Latitude': 'VARCHAR', 'Location': 'VARCHAR', 'LSOA code': 'VARCHAR', "
    "'LSOA name': 'VARCHAR', 'Crime type': 'VARCHAR', 'Last outcome category': 'VARCHAR', 'Context': 'VARCHAR'}"
)
rows = f"""
    SELECT "Crime ID" AS id, "Month" AS month, "LSOA code" AS code, "Crime type" AS type
    FROM read_csv('{folder}/*/*-street.csv', auto_detect = false, header = true, delim = ',', quote = '"', escape = '"',
                  columns = {columns})
    WHERE "LSOA code" IS NOT NULL AND "LSOA code" <> '' AND "Reported by" <> 'British Transport Police'
"""
counted = {
    "all": f"SELECT code, type, month, count(*) AS rows FROM ({rows}) GROUP BY ALL",
    # Which row of an id stays is left open, which is less work than ours; ids that differ are never taken for one.
    "once": f"""
        WITH once AS MATERIALIZED ({rows})
        SELECT code, type, month, count(*) AS rows FROM (
            SELECT any_value(code) AS code, any_value(type) AS type, any_value(month) AS month
            FROM once WHERE id IS NOT NULL AND id <> '' GROUP BY id
            UNION ALL
            SELECT code, type, month FROM once WHERE id IS NULL OR id = ''
        ) GROUP BY ALL
    """,
}[how]
# A pivot goes through what it is given twice: the files are read once, before it.
db.execute(f"CREATE TEMP TABLE counted AS {counted}")
db.execute(f"COPY (PIVOT counted ON month USING sum(rows) GROUP BY code, type) TO '{out}' (HEADER)")
seconds = time.perf_counter() - started
total = db.execute(f"SELECT sum(COLUMNS(* EXCLUDE (code, type))) FROM read_csv('{out}')").fetchone()
print(f"{seconds:.3f} {int(sum(total))}")
