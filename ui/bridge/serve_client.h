// One warm `twofold-worker serve`: the probability of a pair under any channels, in milliseconds.
#pragma once

#include <QMap>
#include <QObject>
#include <QString>
#include <QStringList>
#include <memory>
#include <optional>

#include "core/formats/bounded_json.h"
#include "ui/bridge/worker_stream.h"

namespace twofold::ui {

struct ScoreAnswer {
  QString a;
  QString b;
  QStringList channels;  // switched on
  double probability = 0;
  double threshold = 0.5;
  QMap<QString, bool> present;    // channel → both proteins have that evidence
  QStringList notes;              // sentences on how the proteins were read
  QMap<QString, double> toggled;  // channel → probability with only its switch flipped
  double base = 0;                // logit with no channel at all
  QMap<QString, double> shapley;  // channel → logits it adds to `base`; 0 where off or absent
  QMap<QString, double> shapleyError;  // standard errors of sampled values; 0: exact
};

/// GUI thread. A worker that dies is started again, at most three times for one run.
class ServeClient : public QObject {
  Q_OBJECT
 public:
  explicit ServeClient(QObject* parent = nullptr);
  ~ServeClient() override;

  /// Ends the worker; the next load() starts one on this project. Empty: none.
  void setProject(const QString& folder);
  /// loaded() or failed() follows. The same run again answers at once.
  void load(const QString& runId);
  /// Drops the model, with what is asked of it: the next load() asks the worker again.
  void forget();
  /// scored() follows for the newest request only; waits while the worker loads or scores, so that
  /// requests never pile up.
  void score(const QString& a, const QString& b, const QStringList& channels);

  [[nodiscard]] bool isLoaded() const { return m_loaded; }
  [[nodiscard]] const QString& run() const { return m_run; }
  [[nodiscard]] const QStringList& channels() const { return m_channels; }
  /// As people read it; the id where the worker gave no name.
  [[nodiscard]] QString channelName(const QString& id) const { return m_names.value(id, id); }

 Q_SIGNALS:
  void loaded(const QStringList& channels, double threshold);
  void scored(const ScoreAnswer& answer);
  void failed(const QString& message);

 private:
  struct Request {
    QString a;
    QString b;
    QStringList channels;
  };

  void startWorker();
  void dropWorker();
  void sendLoad();
  void sendScore();
  void take(const QByteArray& line);
  void takeAnswer(const formats::Json& answer);
  void workerEnded(int status, const QString& errors);
  void send(const formats::Json& request);

  QString m_project;
  QString m_run;
  QStringList m_channels;
  QMap<QString, QString> m_names;
  double m_threshold = 0.5;
  bool m_loaded = false;
  int m_restarts = 0;
  std::int64_t m_lastId = 0;
  std::optional<Request> m_request;  // waits
  std::optional<Request> m_sent;     // is with the worker
  std::unique_ptr<WorkerStream> m_stream;
};

}  // namespace twofold::ui
