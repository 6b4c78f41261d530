#include "ui/bridge/serve_client.h"

#include <utility>

#include "core/base/error.h"

namespace twofold::ui {

namespace {

constexpr int kMostRestarts = 3;

QStringList textList(const formats::Json& json) {
  QStringList list;
  for (const auto& item : json) {
    list << QString::fromStdString(item.get<std::string>());
  }
  return list;
}

QString text(const formats::Json& json, const char* key) {
  return QString::fromStdString(json.at(key).get<std::string>());
}

ScoreAnswer scoreAnswer(const formats::Json& json) {
  ScoreAnswer answer;
  answer.a = text(json, "a");
  answer.b = text(json, "b");
  answer.channels = textList(json.at("channels"));
  answer.probability = json.at("probability").get<double>();
  answer.threshold = json.at("threshold").get<double>();
  answer.notes = textList(json.at("notes"));
  for (const auto& [channel, value] : json.at("present").items()) {
    answer.present[QString::fromStdString(channel)] = value.get<bool>();
  }
  answer.base = json.at("base").get<double>();
  for (const auto& [channel, value] : json.at("shapley").items()) {
    answer.shapley[QString::fromStdString(channel)] = value.get<double>();
  }
  for (const auto& [channel, value] : json.at("shapley_error").items()) {
    answer.shapleyError[QString::fromStdString(channel)] = value.get<double>();
  }
  for (const auto& [channel, value] : json.at("toggled").items()) {
    answer.toggled[QString::fromStdString(channel)] = value.get<double>();
  }
  return answer;
}

}  // namespace

ServeClient::ServeClient(QObject* parent) : QObject(parent) {}
ServeClient::~ServeClient() = default;

void ServeClient::setProject(const QString& folder) {
  m_project = folder;
  dropWorker();
  m_run.clear();
  m_loaded = false;
  m_request.reset();
}

void ServeClient::load(const QString& runId) {
  if (runId == m_run && m_loaded) {
    Q_EMIT loaded(m_channels, m_threshold);
    return;
  }
  m_run = runId;
  m_loaded = false;
  m_restarts = 0;
  m_sent.reset();
  m_request.reset();
  if (!m_stream) {
    startWorker();
  }
  sendLoad();
}

void ServeClient::forget() {
  m_run.clear();
  m_loaded = false;
  m_sent.reset();
  m_request.reset();
  ++m_lastId;  // an answer under way is nobody's
}

void ServeClient::score(const QString& a, const QString& b, const QStringList& channels) {
  m_request = Request{a, b, channels};
  if (m_loaded && !m_sent) {
    sendScore();
  }
}

void ServeClient::dropWorker() {
  m_sent.reset();
  if (m_stream) {
    disconnect(m_stream.get(), nullptr, this, nullptr);
    m_stream->stop();
    m_stream.release()->deleteLater();  // this may be called from one of its signals
  }
}

void ServeClient::startWorker() {
  try {
    m_stream =
        std::make_unique<WorkerStream>(QStringList{"serve", "--project", m_project, "--json"});
  } catch (const Error& error) {
    Q_EMIT failed(error.what());
    return;
  }
  connect(m_stream.get(), &WorkerStream::line, this, &ServeClient::take);
  connect(m_stream.get(), &WorkerStream::ended, this, &ServeClient::workerEnded);
}

void ServeClient::sendLoad() {
  send({{"id", ++m_lastId}, {"type", "load"}, {"run", m_run.toStdString()}});
}

void ServeClient::sendScore() {
  m_sent = std::exchange(m_request, std::nullopt);
  formats::Json channels = formats::Json::array();
  for (const auto& channel : m_sent->channels) {
    channels.push_back(channel.toStdString());
  }
  send({{"id", ++m_lastId},
        {"type", "score"},
        {"run", m_run.toStdString()},
        {"a", m_sent->a.toStdString()},
        {"b", m_sent->b.toStdString()},
        {"channels", channels}});
}

void ServeClient::send(const formats::Json& request) {
  if (m_stream) {
    m_stream->send(QByteArray::fromStdString(request.dump()) + '\n');
  }
}

void ServeClient::take(const QByteArray& line) {
  try {
    takeAnswer(formats::parseJson(line.toStdString(), "twofold-worker serve"));
  } catch (const std::exception& error) {
    Q_EMIT failed(tr("The worker's answer cannot be read: %1").arg(error.what()));
  }
}

void ServeClient::takeAnswer(const formats::Json& answer) {
  const QString type = text(answer, "type");
  if (answer.value("id", std::int64_t{-1}) != m_lastId) {
    return;  // overtaken by a newer request
  }
  m_sent.reset();
  if (type == "loaded") {
    m_loaded = true;
    m_channels = textList(answer.at("channels"));
    m_threshold = answer.at("threshold").get<double>();
    m_names.clear();
    if (answer.contains("names")) {
      for (const auto& [id, name] : answer.at("names").items()) {
        m_names[QString::fromStdString(id)] = QString::fromStdString(name.get<std::string>());
      }
    }
    Q_EMIT loaded(m_channels, m_threshold);
  } else if (type == "error") {
    Q_EMIT failed(text(answer, "message"));
  } else if (type == "score" && !m_request) {
    Q_EMIT scored(scoreAnswer(answer));
  }
  if (m_loaded && m_request && !m_sent) {
    sendScore();
  }
}

void ServeClient::workerEnded(int status, const QString& errors) {
  m_stream.release()->deleteLater();
  m_loaded = false;
  if (!m_request) {
    m_request = m_sent;  // asked again once the run is loaded again
  }
  m_sent.reset();
  if (m_run.isEmpty()) {
    return;
  }
  if (m_restarts++ < kMostRestarts) {
    startWorker();
    sendLoad();
  } else {
    Q_EMIT failed(tr("The scoring worker ended with status %1. %2").arg(status).arg(errors));
  }
}

}  // namespace twofold::ui
