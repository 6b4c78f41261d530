// Event lines: what is written is read back; anything else is quietly no event.
#include <QTest>
#include <cmath>
#include <limits>
#include <string>

#include "core/runs/run_event.h"

using namespace twofold;
using namespace twofold::runs;

namespace {

template <class Event>
Event roundTrip(const Event& event) {
  const auto line = toLine(event);
  const auto read = eventFromLine(line);
  if (!read || !std::holds_alternative<Event>(*read)) {
    throw std::runtime_error("not read back: " + line);
  }
  return std::get<Event>(*read);
}

}  // namespace

class TestRunEvent : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void progressSurvives() {
    const auto read = roundTrip(ProgressEvent{"Embedding proteins", 5, 20, "residues", 2.5, 6.0});
    QCOMPARE(read.stage, std::string("Embedding proteins"));
    QCOMPARE(read.done, 5);
    QCOMPARE(read.total, 20);
    QCOMPARE(read.unit, std::string("residues"));
    QCOMPARE(read.rate, 2.5);
    QCOMPARE(read.secondsLeft, 6.0);
  }

  void metricSurvives() {
    const auto read = roundTrip(MetricEvent{"validation", "auprc", 3, 0.1 + 0.2});
    QCOMPARE(read.part, std::string("validation"));
    QCOMPARE(read.metric, std::string("auprc"));
    QCOMPARE(read.step, 3);
    QCOMPARE(read.value, 0.1 + 0.2);
  }

  void undefinedMetricIsNullAndReadAsNan() {
    const MetricEvent event{"test", "auroc", 1, std::numeric_limits<double>::quiet_NaN()};
    QVERIFY(toLine(event).find("\"value\":null") != std::string::npos);
    QVERIFY(std::isnan(roundTrip(event).value));
  }

  void messageStatusAndErrorSurvive() {
    QCOMPARE(roundTrip(MessageEvent{"a \"quoted\"\nsentence"}).text,
             std::string("a \"quoted\"\nsentence"));
    QCOMPARE(roundTrip(StatusEvent{"r7k2m", "running"}).status, std::string("running"));
    const auto error = roundTrip(ErrorEvent{"bad-input", "a.fasta:3: no residue"});
    QCOMPARE(error.kind, std::string("bad-input"));
    QCOMPARE(error.message, std::string("a.fasta:3: no residue"));
  }

  void resultKeepsItsBody() {
    const auto read = roundTrip(ResultEvent{{{"command", "train"}, {"run", "r7k2m"}}});
    QCOMPARE(read.body.at("command").get<std::string>(), std::string("train"));
    QCOMPARE(read.body.at("run").get<std::string>(), std::string("r7k2m"));
  }

  void aLineHoldsNoLineEnd() {
    QCOMPARE(toLine(MessageEvent{"two\nlines\r\n"}).find_first_of("\r\n"), std::string::npos);
  }

  void bytesThatAreNoUtf8DoNotFail() {
    QVERIFY(eventFromLine(toLine(ErrorEvent{"bad-input", "caf\xe9.fasta:1"})).has_value());
  }

  void otherTextIsNoEvent_data() {
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("a warning of a library") << QByteArray("[W] something");
    QTest::newRow("cut off") << QByteArray("{\"type\":\"progress\",\"stage\":\"Trai");
    QTest::newRow("no object") << QByteArray("[1,2]");
    QTest::newRow("a number") << QByteArray("7");
    QTest::newRow("no type") << QByteArray(R"({"stage":"x"})");
    QTest::newRow("a newer type") << QByteArray(R"({"type":"hologram"})");
    QTest::newRow("a newer event") << QByteArray(R"({"type":"event","event":"hologram"})");
    QTest::newRow("missing key") << QByteArray(R"({"type":"error","kind":"io"})");
    QTest::newRow("wrong type") << QByteArray(
        R"({"type":"event","event":"metric","part":"test","metric":"f1","step":"x","value":1})");
    QTest::newRow("too deep") << QByteArray(100000, '[');
  }

  void otherTextIsNoEvent() {
    QFETCH(QByteArray, line);
    QVERIFY(!eventFromLine({line.constData(), static_cast<std::size_t>(line.size())}).has_value());
  }
};

QTEST_GUILESS_MAIN(TestRunEvent)
#include "tst_run_event.moc"
