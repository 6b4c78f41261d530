"""What the runs of experiments are at an MLflow server, through MLflow's own client, as one line of counts:
runs, distinct runs of Twofold, points of metrics, points given twice, params, tags, datasets, statuses."""
import collections
import sys

from mlflow import MlflowClient

client = MlflowClient(sys.argv[1])
counts = collections.Counter()
identities, statuses = set(), collections.Counter()
for experiment in client.search_experiments():
    for run in client.search_runs([experiment.experiment_id]):
        counts["runs"] += 1
        identities.add(run.data.tags.get("twofold.run", ""))
        statuses[run.info.status] += 1
        counts["params"] += len(run.data.params)
        counts["tags"] += len(run.data.tags)
        counts["datasets"] += len(run.inputs.dataset_inputs)
        for key in run.data.metrics:
            steps = [point.step for point in client.get_metric_history(run.info.run_id, key)]
            counts["points"] += len(steps)
            counts["twice"] += len(steps) - len(set(steps))
print(f"runs {counts['runs']}, distinct {len(identities)}, points {counts['points']}, twice {counts['twice']}, "
      f"params {counts['params']}, tags {counts['tags']}, datasets {counts['datasets']}, "
      + ", ".join(f"{status} {n}" for status, n in sorted(statuses.items())))
