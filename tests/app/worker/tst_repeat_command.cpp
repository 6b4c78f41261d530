// A run is carried to another project, trained again there and gives the same probabilities, bit by
// bit; and the same in place.
#include <QDir>
#include <QFile>
#include <QTest>

#include "core/store/project.h"
#include "worker_harness.h"

using namespace twofold::test;

class TestRepeatCommand : public QObject {
  Q_OBJECT

 private:
  MadeUpProject m_made;
  QString m_run;

  QString other(const QString& name) const { return m_made.file(name); }
  static WorkerResult in(const QString& project, const QStringList& arguments) {
    return runWorker(arguments + QStringList{"--json", "--project", project});
  }
  static QByteArray contents(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
  }
  QString exported(const QString& name) const {
    const auto folder = m_made.file(name);
    return m_made.run({"export", "folder", m_run, "--out", folder}).exitCode == 0 ? folder
                                                                                  : QString();
  }

 private Q_SLOTS:
  void initTestCase() {
    QVERIFY(m_made.prepareWithStructures());
    std::string table = "id\tx\ty\n";
    for (int i = 0; i < 60; ++i) {
      table += "p" + std::string(i < 10 ? "0" : "") + std::to_string(i) + "\t" +
               std::to_string(i % 7) + "\t" + std::to_string(i % 5) + "\n";
    }
    const auto file = m_made.write("mine.tsv", table);
    QCOMPARE(m_made.run({"import", "channel", file, "--name", "mine"}).exitCode, 0);
    const auto trained = m_made.run(m_made.trainCommand("sequence,calpha,user:mine", 2));
    QVERIFY2(trained.exitCode == 0, trained.message().c_str());
    m_run = QString::fromStdString(trained.last().at("run").get<std::string>());
  }

  void inPlaceItIsTheSameToTheLastBit() {
    const auto again = m_made.run({"run", "--run", m_run, "--again"});
    QVERIFY2(again.exitCode == 0, again.message().c_str());
    QVERIFY2(again.last().at("same").get<bool>(), again.last().dump().c_str());
    QVERIFY(again.last().at("parts").at("validation").at("pairs").get<int>() > 0);
    QCOMPARE(again.last().at("of").get<std::string>(), m_run.toStdString());
    QVERIFY(again.last().at("run").get<std::string>() != m_run.toStdString());
  }

  void inAnotherProjectToo() {
    const auto folder = exported("carried");
    QVERIFY(!folder.isEmpty());
    for (const auto* name : {"pairs.csv", "proteins.fasta", "project/twofold.sqlite"}) {
      QVERIFY2(QFile::exists(folder + "/" + name), name);
    }
    const auto target = other("elsewhere");
    const auto imported = in(target, {"import", "run", folder});
    QVERIFY2(imported.exitCode == 0, imported.message().c_str());
    QCOMPARE(imported.last().at("run").get<std::string>(), m_run.toStdString());
    QVERIFY(imported.last().at("notes").empty());
    const auto again = in(target, {"run", "--run", m_run, "--again"});
    QVERIFY2(again.exitCode == 0, again.message().c_str());
    QVERIFY2(again.last().at("same").get<bool>(), again.last().dump().c_str());
    // And without asking the program: the files of both projects.
    const auto copy = QString::fromStdString(again.last().at("run").get<std::string>());
    const auto back = other("back");
    QCOMPARE(in(target, {"export", "folder", copy, "--out", back}).exitCode, 0);
    for (const auto* name : {"predictions_validation.csv", "predictions_test.csv"}) {
      const auto first = contents(folder + "/" + name);
      QVERIFY(first.size() > 100);
      QCOMPARE(contents(back + "/" + name), first);
    }
    // The checkpoint came along: no training is needed to ask the model.
    const auto pairs = m_made.write("few.tsv", "p00\tp01\n");
    QCOMPARE(
        in(target, {"predict", "--run", m_run, "--pairs", pairs, "--out", other("s.tsv")}).exitCode,
        0);
  }

  void whatDiffersIsToldAsTheReason() {
    const auto again = m_made.run({"run", "--run", m_run, "--again", "--threads", "2"});
    QVERIFY2(again.exitCode == 0, again.message().c_str());
    QVERIFY2(again.last().at("reasons").dump().find("threads (1, 2)") != std::string::npos,
             again.last().dump().c_str());
  }

  void aProjectWithOtherSequencesRefuses() {
    const auto folder = exported("refused");
    const auto target = other("mixed");
    const auto fasta = m_made.write("other.fasta", ">p00\nMKVLAAGIVGLCAKAYE\n");
    QCOMPARE(in(target, {"import", "proteins", fasta}).exitCode, 0);
    const auto result = in(target, {"import", "run", folder});
    QVERIFY(result.exitCode != 0);
    QVERIFY2(result.message().find("another sequence of protein p00") != std::string::npos,
             result.message().c_str());
    QVERIFY(in(target, {"runs", "list"}).last().at("rows").empty());
  }

  void aFolderThatIsNoneIsNamed() {
    QDir().mkpath(other("nothing"));
    const auto result = in(other("new"), {"import", "run", other("nothing")});
    QVERIFY(result.exitCode != 0);
    QVERIFY(result.message().find("no folder of export folder") != std::string::npos);
  }

  void aChangedSequenceIsSeen() {
    const auto folder = exported("changed");
    {
      auto inside = twofold::store::Project::open((folder + "/project").toStdString());
      twofold::store::Transaction transaction(inside.database());
      inside.database().execute(
          "UPDATE protein SET sequence = 'W' || substr(sequence, 2) WHERE id = 'p07'");
      transaction.commit();
    }
    const auto result = in(other("never"), {"import", "run", folder});
    QVERIFY(result.exitCode != 0);
    QVERIFY2(result.message().find("are not those that run") != std::string::npos,
             result.message().c_str());
  }

  void aRunThatIsDoneNamesAgain() {
    const auto result = m_made.run({"run", "--run", m_run});
    QVERIFY(result.exitCode != 0);
    QVERIFY2(result.message().find("--again") != std::string::npos, result.message().c_str());
  }
};

QTEST_GUILESS_MAIN(TestRepeatCommand)
#include "tst_repeat_command.moc"
