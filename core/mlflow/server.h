// An MLflow tracking server, by its REST interface 2.0.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/formats/bounded_json.h"
#include "core/mlflow/batches.h"
#include "core/net/http_client.h"

namespace twofold::mlflow {

struct Dataset {
  std::string name;
  std::string digest;  // at most 36 characters
  std::string source;
};

struct RunState {
  std::string name;
  std::string status;        // RUNNING, SCHEDULED, FINISHED, FAILED, KILLED
  std::int64_t endTime = 0;  // ms since 1970; 0: none

  friend bool operator==(const RunState&, const RunState&) = default;
};

/// A run as it is at the server.
struct ServerRun {
  std::string id;
  RunState state;
  std::map<std::string, std::string> params;
  std::map<std::string, std::string> tags;
  std::set<std::string> metrics;                           // keys that have points
  std::set<std::pair<std::string, std::string>> datasets;  // names and digests
};

struct NewRun {
  std::string name;
  std::int64_t startTime = 0;  // ms since 1970
  KeyedTexts tags;             // the server has all of them or no run
};

/// Every call is one or a few requests, which throw Error(Io) in words that help, never with a
/// login in them, and StopRequested. None is repeated by itself.
class Server {
 public:
  /// Throws Error(Usage) for an URL that is none of http or https, or has a login in it.
  Server(const std::string& url, net::HttpLogin login, const net::HttpLimits& limits,
         std::stop_token stop);

  /// Its id; made where there is none of this name.
  [[nodiscard]] std::string experiment(const std::string& name);
  /// The oldest run with this tag that is not deleted. `value` has no quotes.
  [[nodiscard]] std::optional<ServerRun> runWithTag(const std::string& experimentId,
                                                    const std::string& tag,
                                                    const std::string& value);
  /// Its id; the run is RUNNING.
  [[nodiscard]] std::string createRun(const std::string& experimentId, const NewRun& run);
  [[nodiscard]] std::vector<MetricPoint> history(const std::string& runId, const std::string& key);
  void log(const std::string& runId, const Batch& batch);
  /// The run must have the tag.
  void deleteTag(const std::string& runId, const std::string& key);
  void logDataset(const std::string& runId, const Dataset& dataset);
  void update(const std::string& runId, const RunState& state);

 private:
  struct Reply {
    int status = 0;
    formats::Json json;
  };
  [[nodiscard]] Reply reply(const std::string& method, const std::string& call,
                            const formats::Json& body);
  /// What the server says; everything but "here it is" is thrown.
  formats::Json ask(const std::string& method, const std::string& call, const formats::Json& body);
  [[nodiscard]] Error refusal(const std::string& call, const Reply& reply) const;
  [[nodiscard]] Error strange() const;

  std::string m_url;
  std::string m_server;  // for messages
  net::HttpClient m_client;
  std::stop_token m_stop;
};

}  // namespace twofold::mlflow
