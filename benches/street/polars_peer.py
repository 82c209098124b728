"""Polars: the street files of a folder into a table by neighbourhood, crime type and month."""

import os
import sys
import time

os.environ["POLARS_MAX_THREADS"] = "2"
import polars as pl

folder, out, how = sys.argv[1:4]
started = time.perf_counter()
rows = (
    pl.scan_csv(f"{folder}/*/*-street.csv", infer_schema=False)
    .select("Crime ID", "Month", "Reported by", "LSOA code", "Crime type")
    .filter(
        pl.col("LSOA code").is_not_null()
        & (pl.col("LSOA code") != "")
        & (pl.col("Reported by") != "British Transport Police")
    )
)
keys = ["LSOA code", "Crime type", "Month"]
if how == "once":
    # Which row of an id stays is left open, which is less work than ours.
    blank = pl.col("Crime ID").is_null() | (pl.col("Crime ID") == "")
    once = rows.filter(~blank).unique(subset="Crime ID", keep="any").select(keys)
    rows = pl.concat([once, rows.filter(blank).select(keys)])
counted = rows.group_by(keys).len().collect(engine="streaming")
wide = counted.pivot(on="Month", index=["LSOA code", "Crime type"], values="len")
wide.write_csv(out)
print(f"{time.perf_counter() - started:.3f} {counted['len'].sum()}")
