"""MLflow's search_runs on the data of bench_tracking, in MLflow's own SQLite schema.

tracking_contest.py FOLDER RUNS: fills FOLDER/mlflow-RUNS.db where it is missing. MLflow makes the schema, the rows are
written straight into its tables, since 50 metrics of 100,000 runs through its client would take hours. Its table of
metric histories stays empty: search_runs reads latest_metrics. Prints the median of several searches and, when a text
with the figures of bench_tracking comes on standard input, the ratios.
"""
import logging
import os
import random
import re
import sqlite3
import statistics
import sys
import time

folder, runs = sys.argv[1], int(sys.argv[2])
metrics = ["auprc"] + [f"m{i:02}" for i in range(1, 50)]
backbones = ["composition", "esm2", "unirep", "protbert"]
logging.disable(logging.INFO)

import mlflow  # noqa: E402
from mlflow.tracking import MlflowClient  # noqa: E402


def insert(database, table, rows):
    """Rows are dicts; columns that the schema has and a row does not are NULL."""
    names = [column[1] for column in database.execute(f"PRAGMA table_info({table})")]
    rows = iter(rows)
    first = next(rows)
    assert set(first) <= set(names), (table, set(first) - set(names))
    used = list(first)
    marks = ", ".join("?" for _ in used)
    statement = f"INSERT INTO {table} ({', '.join(used)}) VALUES ({marks})"
    database.execute(statement, list(first.values()))
    database.executemany(statement, (list(row.values()) for row in rows))


def fill(path, experiment):
    database = sqlite3.connect(path)
    database.execute("PRAGMA foreign_keys=OFF")
    draw = random.Random(1)
    ids = [f"{i:032x}" for i in range(runs)]
    insert(database, "runs", ({
        "run_uuid": ids[i], "name": f"r{i}", "source_type": "LOCAL", "source_name": "", "entry_point_name": "",
        "user_id": "", "status": "FINISHED", "start_time": (1_700_000_000 + i * 60) * 1000,
        "end_time": (1_700_000_050 + i * 60) * 1000, "source_version": "", "lifecycle_stage": "active",
        "artifact_uri": f"/tmp/{ids[i]}", "experiment_id": int(experiment)} for i in range(runs)))
    insert(database, "params", ({"key": key, "value": value, "run_uuid": ids[i]} for i in range(runs) for key, value in
                                (("backbone", backbones[i % 4]), ("training.epochs", str(5 + i % 30)))))
    insert(database, "tags", ({"key": "mlflow.runName", "value": f"r{i}", "run_uuid": ids[i]} for i in range(runs)))
    insert(database, "latest_metrics", ({
        "key": key, "value": draw.random(), "timestamp": 1_700_000_000_000, "step": 0, "is_nan": 0, "run_uuid": ids[i]}
        for i in range(runs) for key in metrics))
    database.commit()
    database.execute("ANALYZE")
    database.commit()
    database.close()


def seconds(work):
    """Of the wall clock, and of the processor, which a busy machine leaves nearly as it is."""
    start, begun = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - start, time.process_time() - begun


def main():
    path = os.path.join(folder, f"mlflow-{runs}.db")
    is_new = not os.path.exists(path)
    mlflow.set_tracking_uri(f"sqlite:///{path}")
    client = MlflowClient()
    found = client.get_experiment_by_name("contest")
    experiment = found.experiment_id if found else client.create_experiment("contest")
    if is_new:
        print(f"MLflow {mlflow.__version__}: {runs} runs x {len(metrics)} metrics written in "
              f"{seconds(lambda: fill(path, experiment))[0]:.0f} s")

    def search():
        page = client.search_runs([experiment], "metrics.auprc > 0.6 and params.backbone = 'esm2'",
                                  order_by=["metrics.m07 DESC"], max_results=50)
        assert len(page) == min(50, len(page)) and page[0].data.metrics["auprc"] > 0.6
        assert len(page[0].data.metrics) == 50

    search()  # its first builds what SQLAlchemy keeps
    times = [seconds(search) for _ in range(7)]
    walls = [wall for wall, _ in times]
    processor = statistics.mean(spent for _, spent in times)
    print(f"MLflow {mlflow.__version__} search_runs, filter, sort, first page of 50: median "
          f"{statistics.median(walls) * 1000:.0f} ms, worst {max(walls) * 1000:.0f} ms, of the processor "
          f"{processor * 1000:.0f} ms")
    for line in "" if sys.stdin.isatty() else sys.stdin:
        figure = re.match(r"(filter, sort|the same)(.*?)\s+median.*of the processor\s+([\d.]+) ms", line)
        if figure:
            print(f"  {processor * 1000 / float(figure[3]):8.0f} times Twofold's processor time: {figure[1]}{figure[2]}")


main()
