// fake_mlflow.py, started for a test.
#pragma once

#include <QProcess>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

#include "core/formats/bounded_json.h"
#include "core/net/http_client.h"

namespace twofold::tests {

class FakeServer {
 public:
  FakeServer() {
    m_process.start("python3", {QString(TWOFOLD_FAKE_MLFLOW)});
    if (!m_process.waitForStarted() || !m_process.waitForReadyRead(30'000)) {
      throw std::runtime_error("python3 does not start the fake server");
    }
    m_url = "http://127.0.0.1:" + m_process.readLine().trimmed().toStdString();
  }
  ~FakeServer() {
    m_process.closeWriteChannel();
    m_process.waitForFinished();
  }
  FakeServer(const FakeServer&) = delete;
  FakeServer& operator=(const FakeServer&) = delete;

  [[nodiscard]] const std::string& url() const { return m_url; }
  /// From the `after`th call on; see fake_mlflow.py.
  void order(const std::string& mode, int after) {
    ask("POST", "/fault", formats::Json{{"after", after}, {"mode", mode}}.dump());
  }
  void orderNothing() { order("", -1); }
  [[nodiscard]] formats::Json state() { return ask("GET", "/state", {}); }

 private:
  formats::Json ask(const std::string& method, const std::string& path, const std::string& body) {
    const auto answer = m_client.send({method, m_url + path, {}, body}, {});
    return formats::Json::parse(answer.body);
  }

  QProcess m_process;
  std::string m_url;
  net::HttpClient m_client{{}, {}};
};

}  // namespace twofold::tests
