// Several processes train one run: as one would, however they are started, and they end together.
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QProcessEnvironment>
#include <QTest>
#include <cmath>
#include <csignal>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/formats/safetensors.h"
#include "worker_harness.h"

using namespace twofold::test;

namespace {

constexpr int kEpochs = 3;
constexpr int kEndless = 1000;  // the most that patience can be

/// Training losses, then the validation ones, epoch by epoch.
std::vector<double> curve(const std::vector<Json>& lines) {
  std::vector<double> losses;
  for (const char* part : {"train", "validation"}) {
    for (const auto& line : lines) {
      if (line.is_object() && line.value("event", "") == "metric" &&
          line.value("metric", "") == "loss" && line.value("part", "") == part) {
        losses.push_back(line.at("value").get<double>());
      }
    }
  }
  return losses;
}

double furthest(const std::vector<double>& a, const std::vector<double>& b) {
  double apart = a.size() == b.size() ? 0 : 1;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    apart = std::max(apart, std::abs(a[i] - b[i]));
  }
  return apart;
}

/// Of all weights in two checkpoints.
double furthestWeights(const QString& a, const QString& b) {
  const twofold::formats::SafetensorsFile first(a.toStdString());
  const twofold::formats::SafetensorsFile second(b.toStdString());
  double apart = 0;
  std::size_t weights = 0;
  for (const auto& [name, tensor] : first.tensors()) {
    if (!name.starts_with("model.")) {
      continue;
    }
    const auto other = second.tensor(name);
    const auto count = tensor.bytes.size() / sizeof(float);
    for (std::size_t i = 0; i < count; ++i) {
      float x = 0;
      float y = 0;
      std::memcpy(&x, tensor.bytes.data() + i * sizeof(float), sizeof(float));
      std::memcpy(&y, other.bytes.data() + i * sizeof(float), sizeof(float));
      apart = std::max(apart, std::abs(static_cast<double>(x) - static_cast<double>(y)));
    }
    ++weights;
  }
  return weights > 5 ? apart : 1;
}

int freePort() {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
  const bool isFound =
      ::bind(listener, generic, length) == 0 && ::getsockname(listener, generic, &length) == 0;
  ::close(listener);
  return isFound ? ntohs(address.sin_port) : 0;
}

QProcessEnvironment asRank(int rank, int size, int port) {
  auto environment = QProcessEnvironment::systemEnvironment();
  environment.insert("RANK", QString::number(rank));
  environment.insert("WORLD_SIZE", QString::number(size));
  environment.insert("LOCAL_RANK", QString::number(rank));
  environment.insert("LOCAL_WORLD_SIZE", QString::number(size));
  environment.insert("MASTER_ADDR", "127.0.0.1");
  environment.insert("MASTER_PORT", QString::number(port));
  return environment;
}

std::string runIdIn(const std::vector<Json>& lines) {
  for (const auto& line : lines) {
    if (line.is_object() && line.value("event", "") == "status") {
      return line.at("run").get<std::string>();
    }
  }
  return "";
}

std::vector<qint64> childrenOf(qint64 pid) {
  std::vector<qint64> children;
  for (const auto& entry : QDir("/proc").entryList(QDir::Dirs)) {
    QFile file("/proc/" + entry + "/stat");
    if (entry.toLongLong() > 0 && file.open(QIODevice::ReadOnly)) {
      const auto text = file.readAll();  // pid (name) state parent …
      const auto words = text.mid(text.lastIndexOf(')') + 2).split(' ');
      if (words.size() > 1 && words[1].toLongLong() == pid) {
        children.push_back(entry.toLongLong());
      }
    }
  }
  return children;
}

}  // namespace

class TestRanks : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    QVERIFY(m_made.prepare());
    const auto alone = m_made.run(command(kEpochs));
    QVERIFY2(alone.exitCode == 0, alone.message().c_str());
    m_curve = curve(alone.lines);
    QCOMPARE(m_curve.size(), std::size_t{2 * kEpochs});
    m_checkpoint = checkpointOf(runIdIn(alone.lines));
  }

  void ranksLearnWhatOneDoes_data() {
    QTest::addColumn<int>("ranks");
    QTest::newRow("two") << 2;
    QTest::newRow("three, which no batch divides by") << 3;
  }
  void ranksLearnWhatOneDoes() {
    QFETCH(int, ranks);
    const auto result = m_made.run(command(kEpochs) << "--ranks" << QString::number(ranks));
    QVERIFY2(result.exitCode == 0, result.message().c_str());
    const double apart = furthest(curve(result.lines), m_curve);
    QVERIFY2(apart < 1e-4, qPrintable(QString::number(apart)));
    const double weights = furthestWeights(checkpointOf(runIdIn(result.lines)), m_checkpoint);
    QVERIFY2(weights < 1e-3, qPrintable(QString::number(weights)));
    QCOMPARE(result.last().at("type").get<std::string>(), std::string("result"));
  }

  /// As `torchrun --no-python` starts them.
  void ranksOfALauncher() {
    const int port = freePort();
    QProcess first;
    QProcess second;
    first.setProcessEnvironment(asRank(0, 2, port));
    second.setProcessEnvironment(asRank(1, 2, port));
    m_made.start(second, command(kEpochs));
    m_made.start(first, command(kEpochs));
    QVERIFY(first.waitForFinished(60000) && second.waitForFinished(60000));
    const auto lines = jsonLines(first.readAllStandardOutput().toStdString());
    QVERIFY2(first.exitCode() == 0 && second.exitCode() == 0, lines.back().dump().c_str());
    QVERIFY(furthest(curve(lines), m_curve) < 1e-4);
    QVERIFY(second.readAllStandardOutput().isEmpty());
  }

  void aKilledRankEndsTheRunByName() {
    QProcess process;
    m_made.start(process, command(kEndless) << "--ranks"
                                            << "2");
    auto text = readUntilEpoch(process, 2);
    const auto children = childrenOf(process.processId());
    QCOMPARE(children.size(), std::size_t{1});
    QCOMPARE(::kill(static_cast<pid_t>(children.front()), SIGKILL), 0);
    QVERIFY(process.waitForFinished(20000));
    QCOMPARE(process.exitCode(), 74);
    text += process.readAllStandardOutput().toStdString();
    const auto message = jsonLines(text).back().value("message", std::string());
    QVERIFY2(QString::fromStdString(message).startsWith("rank 1 of 2 was ended by signal 9"),
             message.c_str());
    QCOMPARE(statusOf(runIdIn(jsonLines(text))), std::string("failed"));
  }

  void othersOutliveRankZeroByNoMuch() {
    QProcess process;
    m_made.start(process, command(kEndless) << "--ranks"
                                            << "2");
    readUntilEpoch(process, 2);
    const auto children = childrenOf(process.processId());
    QCOMPARE(children.size(), std::size_t{1});
    process.kill();
    QVERIFY(process.waitForFinished(10000));
    const auto isGone = [&] { return !QFile::exists(QString("/proc/%1").arg(children.front())); };
    QTRY_VERIFY_WITH_TIMEOUT(isGone(), 15000);
  }

  void stoppedRanksAreResumedByOne() {
    QProcess process;
    m_made.start(process, command(kEpochs * 40) << "--ranks"
                                                << "2");
    auto text = readUntilEpoch(process, 3);
    process.terminate();
    QVERIFY(process.waitForFinished(20000));
    QCOMPARE(process.exitCode(), 85);
    text += process.readAllStandardOutput().toStdString();
    const auto run = runIdIn(jsonLines(text));
    QCOMPARE(statusOf(run), std::string("stopped"));
    const auto resumed = m_made.run({"run", "--run", QString::fromStdString(run)});
    QVERIFY2(resumed.exitCode == 0, resumed.message().c_str());
    const auto undisturbed = m_made.run(command(kEpochs * 40));
    const auto losses = curve(resumed.lines);
    const auto whole = curve(undisturbed.lines);
    QVERIFY(!losses.empty() && losses.size() < whole.size());
    QVERIFY(std::abs(losses.back() - whole.back()) < 1e-3);
  }

  void aRankThatNeverComesIsNamed() {
    QProcess process;
    process.setProcessEnvironment(asRank(0, 2, freePort()));
    m_made.start(process, command(kEpochs) << "--rank-timeout"
                                           << "1");
    QVERIFY(process.waitForFinished(30000));
    QCOMPARE(process.exitCode(), 74);
    const auto message = jsonLines(process.readAllStandardOutput().toStdString())
                             .back()
                             .value("message", std::string());
    QVERIFY2(QString::fromStdString(message).startsWith("only 1 of 2 ranks came"), message.c_str());
  }

  void twoWaysAtOnceAreRefused() {
    QProcess process;
    process.setProcessEnvironment(asRank(0, 2, 1));
    m_made.start(process, command(kEpochs) << "--ranks"
                                           << "2");
    QVERIFY(process.waitForFinished(30000));
    QCOMPARE(process.exitCode(), 2);
  }

 private:
  [[nodiscard]] QStringList command(int epochs) const {
    return m_made.trainCommand("sequence,degree", epochs);
  }

  [[nodiscard]] QString checkpointOf(const std::string& run) const {
    return QString("%1/runs/%2/checkpoints/epoch-%3.safetensors")
        .arg(m_made.project(), QString::fromStdString(run))
        .arg(kEpochs, 4, 10, QChar('0'));
  }

  [[nodiscard]] std::string statusOf(const std::string& run) const {
    const auto result = m_made.run({"runs"}).last();
    for (const auto& listed : result.at("runs")) {
      if (listed.at("id") == run) {
        return listed.at("status").get<std::string>();
      }
    }
    return "not listed";
  }

  MadeUpProject m_made;
  std::vector<double> m_curve;  // of one process
  QString m_checkpoint;
};

QTEST_GUILESS_MAIN(TestRanks)
#include "tst_ranks.moc"
