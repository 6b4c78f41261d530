"""A tracking server of few words for tests: MLflow's REST calls over memory, and faults to order.

It takes over nothing that MLflow does for its callers: equal points are kept twice, so that whatever is sent
twice is seen. POST /fault {"after": N, "mode": M} lets N calls pass, then:
  down    closes the connection unheard          lost  does as it is told, then closes without an answer
  half    does half of a batch, then closes      cut   answers with half a body
  rubbish answers with what is no JSON           slow  answers after 5 seconds
  broken  answers with status 503                login refuses the login
The fault stays until another is ordered. GET /state tells all there is.
"""
import json
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

experiments, runs = {}, {}
fault = {"after": -1, "mode": ""}
calls = {"count": 0, "authorization": "", "largest": 0}
lock = threading.Lock()


class Refused(Exception):
    def __init__(self, status, code, message):
        super().__init__(message)
        self.status, self.code = status, code


def put_batch(call):
    run = runs[call["run_id"]]
    if len(call["metrics"]) > 1000 or len(call["params"]) > 100 or len(call["tags"]) > 100:
        raise Refused(400, "INVALID_PARAMETER_VALUE", "too many items")
    for param in call["params"]:
        if run["params"].setdefault(param["key"], param["value"]) != param["value"]:
            raise Refused(400, "INVALID_PARAMETER_VALUE", "Changing param values is not allowed")
    for tag in call["tags"]:
        run["tags"][tag["key"]] = tag["value"]
    run["metrics"].extend(call["metrics"])


def shown(run):
    latest = {}
    for point in sorted(run["metrics"], key=lambda p: (p["step"], p["timestamp"], p["value"])):
        latest[point["key"]] = point
    return {
        "info": run["info"],
        "data": {
            "metrics": list(latest.values()),
            "params": [{"key": k, "value": v} for k, v in run["params"].items()],
            "tags": [{"key": k, "value": v} for k, v in run["tags"].items()],
        },
        "inputs": {"dataset_inputs": run["datasets"]},
    }


def answer(path, query, call):
    if path == "experiments/get-by-name":
        name = query["experiment_name"][0]
        if name not in experiments:
            raise Refused(404, "RESOURCE_DOES_NOT_EXIST", f"no experiment {name}")
        return {"experiment": {"experiment_id": experiments[name], "name": name}}
    if path == "experiments/create":
        experiments[call["name"]] = str(len(experiments))
        return {"experiment_id": experiments[call["name"]]}
    if path == "runs/search":
        key, value = call["filter"].split(" = ")
        key, value = key.removeprefix("tags.").strip("`"), value.strip("'")
        found = [r for r in runs.values()
                 if r["info"]["experiment_id"] in call["experiment_ids"] and r["tags"].get(key) == value]
        return {"runs": [shown(r) for r in found[: call["max_results"]]]} if found else {}
    if path == "runs/create":
        run_id = f"{len(runs):032x}"
        runs[run_id] = {
            "info": {"run_id": run_id, "run_name": call["run_name"], "experiment_id": call["experiment_id"],
                     "status": "RUNNING", "start_time": call["start_time"]},
            "params": {}, "tags": {t["key"]: t["value"] for t in call["tags"]}, "metrics": [], "datasets": [],
        }
        return {"run": shown(runs[run_id])}
    if path == "runs/log-batch":
        put_batch(call)
        return {}
    if path == "runs/delete-tag":
        if call["key"] not in runs[call["run_id"]]["tags"]:
            raise Refused(404, "RESOURCE_DOES_NOT_EXIST", f"no tag {call['key']}")
        del runs[call["run_id"]]["tags"][call["key"]]
        return {}
    if path == "runs/log-inputs":
        runs[call["run_id"]]["datasets"].extend(call["datasets"])
        return {}
    if path == "runs/update":
        runs[call["run_id"]]["info"].update({k: v for k, v in call.items() if k != "run_id"})
        return {}
    if path == "metrics/get-history":
        points = [p for p in runs[query["run_id"][0]]["metrics"] if p["key"] == query["metric_key"][0]]
        start = int(query.get("page_token", ["0"])[0])
        page = {"metrics": points[start:start + 7]}  # small pages, so that there are several
        return page | ({"next_page_token": str(start + 7)} if start + 7 < len(points) else {})
    raise Refused(404, "ENDPOINT_NOT_FOUND", path)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def reply(self, status, body, declared=None):
        self.send_response(status)
        self.send_header("Content-Length", str(declared or len(body)))
        self.end_headers()
        self.wfile.write(body)

    def serve(self):
        url = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        with lock:
            if url.path == "/fault":
                fault.update(json.loads(body))
                return self.reply(200, b"{}")
            if url.path == "/state":
                return self.reply(200, json.dumps({"runs": runs, "experiments": experiments, **calls}).encode())
            self.faulty(url, body)

    def faulty(self, url, body):
        calls["count"] += 1
        calls["authorization"] = self.headers.get("Authorization", "")
        calls["largest"] = max(calls["largest"], len(body))
        mode = ""
        if fault["after"] == 0:
            mode = fault["mode"]
        elif fault["after"] > 0:
            fault["after"] -= 1
        call = json.loads(body) if body else {}
        if mode in ("down", "half", "lost"):
            if mode == "half" and url.path.endswith("log-batch"):
                put_batch({k: v[: (len(v) + 1) // 2] if isinstance(v, list) else v for k, v in call.items()})
            if mode == "lost":
                answer(url.path.removeprefix("/api/2.0/mlflow/"), parse_qs(url.query), call)
            self.close_connection = True
            return None
        if mode == "rubbish":
            return self.reply(200, b"<html>not what you asked for</html>")
        if mode == "broken":
            return self.reply(503, b'{"error_code": "TEMPORARILY_UNAVAILABLE", "message": "not now"}')
        if mode == "login":
            return self.reply(401, b"You are not authenticated.")
        if mode == "slow":
            time.sleep(5)
        try:
            status, text = 200, json.dumps(answer(url.path.removeprefix("/api/2.0/mlflow/"),
                                                  parse_qs(url.query), call))
        except Refused as refused:
            status, text = refused.status, json.dumps({"error_code": refused.code, "message": str(refused)})
        if mode == "cut":
            self.close_connection = True
            return self.reply(status, text.encode()[:1], declared=len(text) + 1)
        return self.reply(status, text.encode())

    do_GET = do_POST = serve


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
print(server.server_address[1], flush=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
sys.stdin.read()  # until the test lets go
