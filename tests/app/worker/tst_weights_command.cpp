// `weights` from the command line: the list that worker and window share, and its exit codes.
#include <QFile>
#include <QTest>

#include "tests/core/weights/made_up_weights.h"
#include "worker_harness.h"

using namespace twofold;
using namespace twofold::test;
using tests::MadeUpWeights;

class TestWeightsCommand : public QObject {
  Q_OBJECT

 private:
  tests::TestFolder m_folder;

  [[nodiscard]] QString path(const std::string& name) const {
    return QString::fromStdString(m_folder.path(name).string());
  }
  /// Names of the folders in the result that were added.
  static QStringList added(const WorkerResult& result) {
    QStringList names;
    const Json last = result.last();
    for (const auto& folder : last.at("folders")) {
      if (folder.at("origin") == "added") {
        names << QString::fromStdString(folder.at("name").get<std::string>());
      }
    }
    return names;
  }

 private Q_SLOTS:
  void initTestCase() {
    qputenv("XDG_DATA_HOME", path("data").toUtf8());
    MadeUpWeights made(m_folder, "mine", tests::esm2Config());
    made.writeText("LICENSE", "MIT License\nPermission is granted\n");
    made.write();
  }

  void aFolderIsAddedListedAndRemoved() {
    const auto add = runWorker({"weights", "add", path("mine"), "--json"});
    QVERIFY2(add.exitCode == 0, add.message().c_str());
    QCOMPARE(added(add), QStringList{"mine"});
    const auto list = runWorker({"weights", "list", "--json"});
    QCOMPARE(list.exitCode, 0);
    QCOMPARE(list.last().at("command").get<std::string>(), std::string("weights list"));
    QVERIFY(list.last().at("available").get<std::int64_t>() > 0);
    QCOMPARE(added(list), QStringList{"mine"});
    const auto text = runWorker({"weights", "list"});
    for (const char* part : {"backbone", "mine", "esm2", "2 layers", "MIT License", "fp32 fits"}) {
      QVERIFY2(text.out.find(part) != std::string::npos, text.out.c_str());
    }
    const auto remove = runWorker({"weights", "remove", path("mine"), "--json"});
    QCOMPARE(remove.exitCode, 0);
    QVERIFY(added(remove).isEmpty());
    QVERIFY(QFile::exists(path("mine/model.safetensors")));
  }

  void oneFolderIsShownWithItsLicence() {
    const auto show = runWorker({"weights", "show", path("mine"), "--json"});
    QCOMPARE(show.exitCode, 0);
    QCOMPARE(show.last().at("folder").at("backbone").get<std::string>(), std::string("esm2"));
    QVERIFY(show.last().at("licence_text").get<std::string>().starts_with("MIT"));
    const auto text = runWorker({"weights", "show", path("mine")});
    QVERIFY2(text.out.find("fits in int8: needs") != std::string::npos, text.out.c_str());
  }

  void soundWeightsAreVerifiedAndBrokenOnesRefused() {
    const auto verify = runWorker({"weights", "verify", path("mine"), "--json"});
    QVERIFY2(verify.exitCode == 0, verify.message().c_str());
    QCOMPARE(verify.last().at("files").size(), std::size_t{2});
    MadeUpWeights broken(m_folder, "broken", tests::esm2Config());
    broken.drop("encoder.emb_layer_norm_after.bias");
    broken.write();
    const auto refused = runWorker({"weights", "verify", path("broken"), "--json"});
    QCOMPARE(refused.exitCode, 65);
    QVERIFY2(refused.message().find("emb_layer_norm_after.bias") != std::string::npos,
             refused.message().c_str());
  }

  void mistakesHaveTheirExitCodes_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("exitCode");
    QTest::newRow("no such folder") << QStringList{"show", path("nowhere")} << 66;
    QTest::newRow("not in the list") << QStringList{"remove", path("mine")} << 66;
    QTest::newRow("no weights") << QStringList{"add", path("data")} << 65;
    QTest::newRow("nothing to verify") << QStringList{"verify", path("nowhere")} << 66;
    QTest::newRow("no folder") << QStringList{"add"} << 2;
    QTest::newRow("no command") << QStringList{} << 2;
    QTest::newRow("unknown command") << QStringList{"verfy"} << 2;
  }
  void mistakesHaveTheirExitCodes() {
    QFETCH(QStringList, arguments);
    QFETCH(int, exitCode);
    const auto result = runWorker(QStringList{"weights"} + arguments + QStringList{"--json"});
    QVERIFY2(result.exitCode == exitCode, result.message().c_str());
    QCOMPARE(result.last().value("type", std::string()), std::string("error"));
  }
};

QTEST_GUILESS_MAIN(TestWeightsCommand)
#include "tst_weights_command.moc"
