#include <QTest>

#include "core/mlflow/batches.h"
#include "core/mlflow/keys.h"
#include "core/mlflow/metric_names.h"

using namespace twofold;
using namespace twofold::mlflow;

class TestBatches : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void keysAreThoseThatMlflowPermits_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("key");
    QTest::newRow("plain") << "training.epochs"
                           << "training.epochs";
    QTest::newRow("path") << "validation/auprc"
                          << "validation/auprc";
    QTest::newRow("colon") << "user:mine.width"
                           << "user_mine.width";
    QTest::newRow("umlaut") << QString::fromUtf8("größe") << "gr____e";
    QTest::newRow("empty") << ""
                           << "_";
    QTest::newRow("root") << "/a"
                          << "_/a";
    QTest::newRow("twice") << "a//b"
                           << "a/_/b";
    QTest::newRow("end") << "a/"
                         << "a/_";
    QTest::newRow("up") << "../a"
                        << "__/a";
    QTest::newRow("within") << "a/./b/../c"
                            << "a/_/b/__/c";
    QTest::newRow("dots") << "..a"
                          << "__a";
    QTest::newRow("long") << QString(300, 'x') << QString(250, 'x');
    QTest::newRow("long dots") << QString(248, 'x') + "/...." << QString(248, 'x') + "/_";
    QTest::newRow("long path") << QString(249, 'x') + "/yz" << QString(249, 'x');
  }
  void keysAreThoseThatMlflowPermits() {
    QFETCH(QString, name);
    QFETCH(QString, key);
    QCOMPARE(QString::fromStdString(permittedKey(name.toStdString())), key);
  }

  void namesNeverShareAKey() {
    Keys keys;
    QCOMPARE(keys.add("a:b"), std::string("a_b"));
    QCOMPARE(keys.add("a_b"), std::string("a_b_2"));
    const std::string longName(300, 'x');
    QCOMPARE(keys.add(longName).size(), kLongestKey);
    QCOMPARE(keys.add(longName + "y").size(), kLongestKey);
    QCOMPARE(keys.renamed().size(), std::size_t{4});
  }

  void textsAreCutBetweenCharacters() {
    QCOMPARE(shortened("gr\xc3\xb6\xc3\x9f"
                       "e",
                       5),
             std::string("gr\xc3\xb6"));
    QCOMPARE(shortened("abc", 3), std::string("abc"));
  }

  void batchesKeepToTheLimits() {
    Batch all;
    for (int i = 0; i < 2500; ++i) {
      all.metrics.push_back({"m", 0.5, i, i});
    }
    for (int i = 0; i < 250; ++i) {
      all.params.emplace_back(std::to_string(i), std::string(6000, '\x01'));  // 36 kB as JSON
      all.tags.emplace_back(std::to_string(i), "t");
    }
    Batch joined;
    for (const auto& batch : batchesOf(all)) {
      QVERIFY(batch.metrics.size() <= 1000 && batch.params.size() <= 100 &&
              batch.tags.size() <= 100);
      QVERIFY(batch.params.size() <= 25);  // of 36 kB each
      QVERIFY(batch.metrics.size() + batch.params.size() + batch.tags.size() > 0);
      joined.metrics.insert(joined.metrics.end(), batch.metrics.begin(), batch.metrics.end());
      joined.params.insert(joined.params.end(), batch.params.begin(), batch.params.end());
      joined.tags.insert(joined.tags.end(), batch.tags.begin(), batch.tags.end());
    }
    QVERIFY(joined.metrics == all.metrics && joined.params == all.params &&
            joined.tags == all.tags);
    QVERIFY(batchesOf({}).empty());
  }

  void namesOfMetricsSayTheirPart_data() {
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("part");
    QTest::addColumn<QString>("metric");
    QTest::newRow("own") << "test/auprc"
                         << "test"
                         << "auprc";
    QTest::newRow("keras") << "val_loss"
                           << "validation"
                           << "loss";
    QTest::newRow("autolog") << "training_f1_score"
                             << "train"
                             << "f1_score";
    QTest::newRow("behind") << "auc-Test"
                            << "test"
                            << "auc";
    QTest::newRow("none") << "loss"
                          << "validation"
                          << "loss";
    QTest::newRow("only a part") << "test"
                                 << "validation"
                                 << "test";
    QTest::newRow("not a word") << "testament/x"
                                << "validation"
                                << "testament/x";
  }
  void namesOfMetricsSayTheirPart() {
    QFETCH(QString, key);
    QFETCH(QString, part);
    QFETCH(QString, metric);
    const auto name = metricNameOf(key.toStdString());
    QCOMPARE(QString::fromStdString(name.part), part);
    QCOMPARE(QString::fromStdString(name.metric), metric);
    QVERIFY(!name.isHistory);
  }

  void namesComeBack() {
    for (const MetricName& name :
         {MetricName{"validation", "auprc", true}, MetricName{"test", "ece", false}}) {
      QVERIFY(metricNameOf(textOf(name)) == name);
    }
  }
};

QTEST_GUILESS_MAIN(TestBatches)
#include "tst_batches.moc"
