#include <QDir>
#include <QFile>
#include <QPointer>
#include <QSignalSpy>
#include <QTest>

#include "tests/ui/bridge/test_project.h"
#include "ui/bridge/worker_bridge.h"

using namespace twofold;
using namespace twofold::ui;

class TestWorkerBridge : public QObject {
  Q_OBJECT

 private:
  struct Heard {
    explicit Heard(WorkerCommand& command) {
      connect(&command, &WorkerCommand::succeeded, &context,
              [this](const runs::ResultEvent& event) { result = event; });
      connect(&command, &WorkerCommand::failed, &context,
              [this](const QString& text) { error = text; });
      connect(&command, &WorkerCommand::stopped, &context, [this] { stopped = true; });
      connect(&command, &WorkerCommand::progressed, &context,
              [this](const runs::ProgressEvent& event) { progress << event.done; });
    }
    QObject context;
    std::optional<runs::ResultEvent> result;
    QString error;
    bool stopped = false;
    QList<qint64> progress;
  };

  /// Living child processes of this test.
  static int children() {
    int count = 0;
    const QDir threads(QStringLiteral("/proc/self/task"));
    for (const auto& thread : threads.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
      QFile file(threads.filePath(thread + "/children"));
      if (file.open(QIODevice::ReadOnly)) {
        count += static_cast<int>(file.readAll().count(' '));
      }
    }
    return count;
  }

 private Q_SLOTS:
  void init() { useFakeWorker(); }

  void resultArrivesAfterThrottledProgressWhoseLastIsKept() {
    WorkerCommand command("/p", {"import", "pairs", "a.tsv"});
    Heard heard(command);
    command.start();
    QVERIFY(command.isRunning());
    QTRY_VERIFY(heard.result);
    QCOMPARE(heard.result->body.at("command").get<std::string>(), std::string("import"));
    QCOMPARE(heard.progress.last(), 500);
    QVERIFY2(heard.progress.size() < 50, qPrintable(QString::number(heard.progress.size())));
    QVERIFY(!command.isRunning());
  }

  void workersErrorIsHandedOver() {
    useFakeWorker("early");
    WorkerCommand command("/p", {"import"});
    Heard heard(command);
    command.start();
    QTRY_COMPARE(heard.error, QString("pairs.tsv:3: two columns are needed"));
    QVERIFY(!heard.result && !heard.stopped);
  }

  void deadWorkerIsAnError() {
    useFakeWorker("die");
    WorkerCommand command("/p", {"import"});
    Heard heard(command);
    command.start();
    QTRY_VERIFY(heard.error.contains("137"));
  }

  void garbageWithoutAResultIsAnError() {
    useFakeWorker("garbage");
    WorkerCommand command("/p", {"import"});
    Heard heard(command);
    command.start();
    QTRY_VERIFY(heard.error.contains("no result"));
    QVERIFY(heard.progress.isEmpty());
  }

  void stopIsNoError() {
    useFakeWorker("slow");
    WorkerCommand command("/p", {"import"});
    Heard heard(command);
    command.start();
    QTRY_COMPARE(heard.progress.size(), 1);
    command.stop();
    QTRY_VERIFY(heard.stopped);
    QVERIFY(heard.error.isEmpty());
  }

  void workerThatWillNotStopIsKilled() {
    useFakeWorker("hang");
    WorkerCommand command("/p", {"import"});
    Heard heard(command);
    command.start();
    QTRY_COMPARE(heard.progress.size(), 1);
    command.stop();
    QTRY_VERIFY_WITH_TIMEOUT(!command.isRunning(), 8000);
    QVERIFY(heard.stopped);
  }

  void missingProgramIsSaidAfterStart() {
    qputenv("TWOFOLD_WORKER", "/nowhere/twofold-worker");
    WorkerCommand command("/p", {"import"});
    command.start();
    Heard heard(command);
    QTRY_VERIFY(heard.error.contains("/nowhere/twofold-worker"));
  }

  void deletingACommandDoesNotWaitForItsWorker() {
    useFakeWorker("hang");
    auto command = std::make_unique<WorkerCommand>("/p", QStringList{"import"});
    Heard heard(*command);
    command->start();
    QTRY_COMPARE(heard.progress.size(), 1);
    command.reset();
    QVERIFY(children() > 0);  // it ignores to be asked, and nobody waited for it
  }

  void commandMayBeDeletedByItsOwnSignal() {
    auto* command = new WorkerCommand("/p", {"import"});
    QPointer<WorkerCommand> alive = command;
    connect(command, &WorkerCommand::succeeded, this, [command] { delete command; });
    command->start();
    QTRY_VERIFY(alive.isNull());
  }

  void commandLineIsQuotedForAShell() {
    const WorkerCommand command("/my project", {"import", "it's.tsv", ""});
    QCOMPARE(command.asCommandLine(),
             QString("twofold-worker import 'it'\\''s.tsv' '' --project '/my project'"));
  }
};

QTEST_GUILESS_MAIN(TestWorkerBridge)
#include "tst_worker_bridge.moc"
