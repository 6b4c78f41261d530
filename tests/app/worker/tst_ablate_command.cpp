// ablate: the channel study as one table, and its runs.
#include <QTest>

#include "worker_harness.h"

using namespace twofold::test;

class TestAblateCommand : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    QVERIFY(m_made.prepare());
    m_study = m_made.run(command());
    QVERIFY2(m_study.exitCode == 0, m_study.message().c_str());
  }

  void everySubsetAndEveryControlIsARow() {
    std::vector<std::string> names;
    for (const auto& row : rows()) {
      names.push_back(row.at("name").get<std::string>());
    }
    const std::vector<std::string> wanted = {
        "sequence",
        "neighbours",
        "sequence + neighbours",
        "control: composition alone",
        "control: degree alone",
        "control: labels permuted",
        "control: sequences shuffled, other evidence kept",
        "control: pairs in swapped order (must change nothing)"};
    QCOMPARE(names, wanted);
    QCOMPARE(rows()[0].at("runs").size(), std::size_t{2});
    QCOMPARE(rows()[6].at("runs").size(), std::size_t{1});
    QCOMPARE(rows()[7].at("runs").size(), std::size_t{1});
    for (const auto& row : rows()) {
      QVERIFY(row.at("auprc").get<double>() > 0 && row.at("auprc").get<double>() <= 1);
      const auto& gain = row.at("auprc_gain");
      QVERIFY(gain.at("low").get<double>() <= gain.at("high").get<double>());
      QCOMPARE(gain.at("p").is_null(), row.at("runs")[0] == rows()[0].at("runs")[0]);
      QVERIFY(gain.at("p").is_null() ||
              gain.at("p").get<double>() <= gain.at("p_holm").get<double>());
    }
  }

  void itsRunsBelongToTheStudyAndKnowTheirArm() {
    const auto study = QString::fromStdString(m_study.last().at("study").get<std::string>());
    const auto listed = m_made
                            .run({"runs", "list", "--filter", "parent = '" + study + "'",
                                  "--columns", "tags.arm", "--sort", "created"})
                            .last();
    QCOMPARE(listed.at("rows").size(), std::size_t{10});
    const auto one = m_made
                         .run({"runs", "list", "--filter",
                               "parent = '" + study + "' and tags.arm = 'sequence + neighbours'"})
                         .last();
    QCOMPARE(one.at("rows").size(), std::size_t{2});
  }

  void theTableComesWithWhatItsNumbersAre() {
    const auto note = m_study.last().at("note").get<std::string>();
    QVERIFY2(note.starts_with("On validation, on which"), note.c_str());
  }

  void theFirstRowIsNoBetterThanItself() {
    const Json gain = rows()[0].at("auprc_gain");
    QCOMPARE(gain.at("delta").get<double>(), 0.0);
    QCOMPARE(gain.at("high").get<double>(), 0.0);
  }

  void runsThatAreDoneAreTakenAsTheyAre() {
    const auto before = m_made.run({"runs"}).last().at("runs").size();
    QCOMPARE(before, std::size_t{10});  // composition alone is the first row again
    const auto again = m_made.run(command());
    QCOMPARE(again.exitCode, 0);
    QCOMPARE(again.last().at("rows").dump(), m_study.last().at("rows").dump());
    QCOMPARE(m_made.run({"runs"}).last().at("runs").size(), before);
  }

  void whatCannotBeStudiedIsRefused() {
    auto none = command();
    none.removeAll("--channels");
    none.removeAll("sequence,neighbours");
    const auto missing = m_made.run(none);
    QCOMPARE(missing.exitCode, 2);
    QVERIFY(missing.message().find("--channels") != std::string::npos);
    auto wrong = command();
    wrong.replaceInStrings("sequence,neighbours", "sequence,neighbors");
    const auto unknown = m_made.run(wrong);
    QCOMPARE(unknown.exitCode, 2);
    QVERIFY2(unknown.message().find("neighbours") != std::string::npos, unknown.message().c_str());
  }

 private:
  static QStringList command() {
    return {"ablate",
            "--pairs",
            "made",
            "--split",
            "random",
            "--channels",
            "sequence,neighbours",
            "--backbone",
            "composition",
            "--seeds",
            "2",
            "--experiment",
            "study",
            "--threads",
            "1",
            "--set",
            "training.epochs=2"};
  }
  [[nodiscard]] Json rows() const { return m_study.last().at("rows"); }

  MadeUpProject m_made;
  WorkerResult m_study;
};

QTEST_GUILESS_MAIN(TestAblateCommand)
#include "tst_ablate_command.moc"
