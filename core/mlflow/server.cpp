#include "core/mlflow/server.h"

#include <fmt/format.h>

#include <utility>

#include "core/base/numbers.h"
#include "core/mlflow/keys.h"

namespace twofold::mlflow {

namespace {

using formats::Json;

constexpr int kDone = 200;
constexpr int kMostPages = 10'000;

std::string checkedUrl(std::string url) {
  const bool isWeb = url.starts_with("http://") || url.starts_with("https://");
  const auto host = url.find("://") + 3;
  if (!isWeb || url.size() == host || url.find_first_of(" \t\r\n") != std::string::npos) {
    throw Error(ErrorKind::Usage,
                "--url is the address of an MLflow server, as in "
                "http://localhost:5000");
  }
  if (url.find_first_of("?#") != std::string::npos) {
    throw Error(ErrorKind::Usage, "--url is the address of a server alone, without ? and #");
  }
  if (url.find('@', host) < url.find('/', host)) {
    throw Error(ErrorKind::Usage,
                "--url has a login in it, which other programs could read; give it by "
                "MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD");
  }
  while (url.ends_with('/')) {
    url.pop_back();
  }
  return url;
}

/// MLflow writes 64-bit numbers as numbers, other servers of this interface as texts.
std::int64_t integer(const Json& json) {
  if (json.is_string()) {
    return parseInteger(json.get<std::string>()).value_or(0);
  }
  return json.get<std::int64_t>();
}

std::map<std::string, std::string> textsFrom(const Json& data, const char* field) {
  std::map<std::string, std::string> texts;
  for (const auto& item : data.value(field, Json::array())) {
    texts[item.at("key")] = item.value("value", std::string());
  }
  return texts;
}

ServerRun runFrom(const Json& json) {
  const Json& info = json.at("info");
  const Json data = json.value("data", Json::object());
  ServerRun run;
  run.id = info.at("run_id");
  run.state.name = info.value("run_name", std::string());
  run.state.status = info.value("status", std::string());
  run.state.endTime = info.contains("end_time") ? integer(info.at("end_time")) : 0;
  run.params = textsFrom(data, "params");
  run.tags = textsFrom(data, "tags");
  for (const auto& metric : data.value("metrics", Json::array())) {
    run.metrics.insert(metric.at("key").get<std::string>());
  }
  const Json inputs = json.value("inputs", Json::object());
  for (const auto& input : inputs.value("dataset_inputs", Json::array())) {
    const Json& dataset = input.at("dataset");
    run.datasets.emplace(dataset.at("name"), dataset.at("digest"));
  }
  return run;
}

/// A NaN is written as a text.
double number(const Json& json) {
  return json.is_number() ? json.get<double>() : parseReal(json.get<std::string>()).value_or(0);
}

Json toJson(const KeyedTexts& texts) {
  Json all = Json::array();
  for (const auto& [key, value] : texts) {
    all.push_back({{"key", key}, {"value", value}});
  }
  return all;
}

Json toJson(const std::vector<MetricPoint>& points) {
  Json all = Json::array();
  for (const auto& point : points) {
    all.push_back({{"key", point.key},
                   {"value", point.value},
                   {"timestamp", point.timestamp},
                   {"step", point.step}});
  }
  return all;
}

/// An object, or null for what is none.
Json objectFrom(const std::string& text) {
  try {
    Json json = formats::parseJson(text, "answer");
    return json.is_object() ? json : Json();
  } catch (const Error&) {
    return {};
  }
}

}  // namespace

Server::Server(const std::string& url, net::HttpLogin login, const net::HttpLimits& limits,
               std::stop_token stop)
    : m_url(checkedUrl(url)),
      m_server(net::serverOf(m_url)),
      m_client(std::move(login), limits),
      m_stop(std::move(stop)) {}

Error Server::strange() const {
  return {
      ErrorKind::Io,
      fmt::format("{}: the answer is none of MLflow's; check that --url is an MLflow server and "
                  "no other program",
                  m_server)};
}

Error Server::refusal(const std::string& call, const Reply& reply) const {
  if (reply.status == 401 || reply.status == 403) {
    return {ErrorKind::Io, fmt::format("{}: the server refuses the login (status {}); set "
                                       "MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or "
                                       "MLFLOW_TRACKING_TOKEN, or give --token-file",
                                       m_server, reply.status)};
  }
  if (reply.json.is_null() && reply.status < 500) {
    return strange();
  }
  std::string reason = fmt::format("status {}", reply.status);
  if (reply.json.contains("error_code") && reply.json["error_code"].is_string()) {
    reason += ", " + reply.json["error_code"].get<std::string>();
  }
  if (reply.json.contains("message") && reply.json["message"].is_string()) {
    reason += ": " + shortened(reply.json["message"].get<std::string>(), 400);
  }
  return {ErrorKind::Io,
          fmt::format("{}: MLflow refuses {} ({}){}", m_server, call, reason,
                      reply.status >= 500 ? "; look into the server's log, then repeat" : "")};
}

Server::Reply Server::reply(const std::string& method, const std::string& call, const Json& body) {
  net::HttpRequest request;
  request.method = method;
  request.url = fmt::format("{}/api/2.0/mlflow/{}", m_url, call);
  request.headers = {"Accept: application/json"};
  if (!body.is_null()) {
    request.headers.emplace_back("Content-Type: application/json");
    request.body = body.dump(-1, ' ', false, Json::error_handler_t::replace);
  }
  const auto answer = m_client.send(request, m_stop);
  Reply reply{answer.status, objectFrom(answer.body)};
  if (reply.status == kDone && reply.json.is_null()) {
    throw strange();
  }
  return reply;
}

Json Server::ask(const std::string& method, const std::string& call, const Json& body) {
  auto answer = reply(method, call, body);
  if (answer.status != kDone) {
    throw refusal(call.substr(0, call.find('?')), answer);
  }
  return std::move(answer.json);
}

std::string Server::experiment(const std::string& name) {
  const std::string find = "experiments/get-by-name?experiment_name=" + net::urlEncoded(name);
  for (int tries = 0;; ++tries) {
    auto found = reply("GET", find, {});
    const auto code = found.json.is_object() ? found.json.value("error_code", Json()) : Json();
    try {
      if (found.status == kDone) {
        const Json& experiment = found.json.at("experiment");
        if (experiment.value("lifecycle_stage", "active") != "active") {
          throw Error(
              ErrorKind::Usage,
              fmt::format("{}: the experiment \"{}\" is deleted there; restore it in MLflow "
                          "or name another one with --experiment",
                          m_server, name));
        }
        return experiment.at("experiment_id");
      }
      if (code != "RESOURCE_DOES_NOT_EXIST") {
        throw refusal("experiments/get-by-name", found);
      }
      const auto made = reply("POST", "experiments/create", {{"name", name}});
      if (made.status == kDone) {
        return made.json.at("experiment_id");
      }
      // Another program was quicker.
      if (tries > 0 || made.json.is_null() ||
          made.json.value("error_code", Json()) != "RESOURCE_ALREADY_EXISTS") {
        throw refusal("experiments/create", made);
      }
    } catch (const Json::exception&) {
      throw strange();
    }
  }
}

std::optional<ServerRun> Server::runWithTag(const std::string& experimentId, const std::string& tag,
                                            const std::string& value) {
  const auto found = ask("POST", "runs/search",
                         {{"experiment_ids", Json::array({experimentId})},
                          {"filter", fmt::format("tags.`{}` = '{}'", tag, value)},
                          {"order_by", Json::array({"attributes.start_time ASC"})},
                          {"max_results", 1}});
  try {
    const Json runs = found.value("runs", Json::array());
    return runs.empty() ? std::nullopt : std::optional(runFrom(runs.at(0)));
  } catch (const Json::exception&) {
    throw strange();
  }
}

std::string Server::createRun(const std::string& experimentId, const NewRun& run) {
  const auto made = ask("POST", "runs/create",
                        {{"experiment_id", experimentId},
                         {"run_name", run.name},
                         {"start_time", run.startTime},
                         {"tags", toJson(run.tags)}});
  try {
    return made.at("run").at("info").at("run_id");
  } catch (const Json::exception&) {
    throw strange();
  }
}

std::vector<MetricPoint> Server::history(const std::string& runId, const std::string& key) {
  const auto call = fmt::format("metrics/get-history?run_id={}&metric_key={}&max_results=10000",
                                net::urlEncoded(runId), net::urlEncoded(key));
  std::vector<MetricPoint> points;
  std::string page;
  for (int pages = 0; pages < kMostPages; ++pages) {
    const auto found =
        ask("GET", page.empty() ? call : fmt::format("{}&page_token={}", call, page), {});
    try {
      for (const auto& metric : found.value("metrics", Json::array())) {
        points.push_back({key, number(metric.at("value")), integer(metric.at("timestamp")),
                          metric.contains("step") ? integer(metric.at("step")) : 0});
      }
      page = net::urlEncoded(found.value("next_page_token", std::string()));
    } catch (const Json::exception&) {
      throw strange();
    }
    if (page.empty()) {
      return points;
    }
  }
  throw strange();
}

void Server::log(const std::string& runId, const Batch& batch) {
  ask("POST", "runs/log-batch",
      {{"run_id", runId},
       {"metrics", toJson(batch.metrics)},
       {"params", toJson(batch.params)},
       {"tags", toJson(batch.tags)}});
}

void Server::deleteTag(const std::string& runId, const std::string& key) {
  ask("POST", "runs/delete-tag", {{"run_id", runId}, {"key", key}});
}

void Server::logDataset(const std::string& runId, const Dataset& dataset) {
  const Json tag = {{"key", "mlflow.data.context"}, {"value", "training"}};
  const Json input = {{"tags", Json::array({tag})},
                      {"dataset",
                       {{"name", dataset.name},
                        {"digest", dataset.digest},
                        {"source_type", "twofold"},
                        {"source", dataset.source}}}};
  ask("POST", "runs/log-inputs", {{"run_id", runId}, {"datasets", Json::array({input})}});
}

void Server::update(const std::string& runId, const RunState& state) {
  Json body = {{"run_id", runId}, {"status", state.status}, {"run_name", state.name}};
  if (state.endTime > 0) {
    body["end_time"] = state.endTime;
  }
  ask("POST", "runs/update", body);
}

}  // namespace twofold::mlflow
