// UniProt's words of function from import to evaluation, through the worker.
#include <fmt/format.h>

#include <QProcess>
#include <QTest>

#include "worker_harness.h"

using namespace twofold::test;

namespace {

/// Entries of p00 … p49: those of even number do one thing, the others another.
std::string entries() {
  std::string text;
  for (int i = 0; i < 50; ++i) {
    text += fmt::format(
        "ID   P{0:02}_MADE               Reviewed;           8 AA.\n"
        "AC   p{0:02};\n"
        "OS   Nowhere.\n"
        "CC   -!- FUNCTION: {1} (PubMed:1).\n"
        "CC   -!- SUBUNIT: Interacts with p01.\n"
        "SQ   SEQUENCE   8 AA;  900 MW;  07269000E6C214F0 CRC64;\n"
        "     MANAGL QL\n"
        "//\n",
        i, i % 2 == 0 ? "Cuts sugar" : "Moves ions across membranes");
  }
  return text;
}

}  // namespace

class TestTextChannel : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    QVERIFY(m_made.prepare());
    QCOMPARE(QProcess::execute(TWOFOLD_MAKE_WEIGHTS, {m_weights.path()}), 0);
  }

  void aFolderIsAskedFor() {
    const auto result = m_made.run(m_made.trainCommand("sequence,text", 1));
    QCOMPARE(result.exitCode, 2);
    QVERIFY2(result.message().find("set text.weights") != std::string::npos,
             result.message().c_str());
  }

  void textsAreAskedFor() {
    const auto result = m_made.run(train(1));
    QCOMPARE(result.exitCode, 65);
    QVERIFY2(result.message().find("for text: UniProt's entries") != std::string::npos,
             result.message().c_str());
  }

  void whatUniProtSaysIsLearntFrom() {
    const auto imported =
        m_made.run({"import", "annotations", m_made.write("uniprot.dat", entries())});
    QVERIFY2(imported.exitCode == 0, imported.message().c_str());
    const auto trained = m_made.run(train(6));
    QVERIFY2(trained.exitCode == 0, trained.message().c_str());
    QVERIFY(trained.out.find("Channel text: evidence for 50 of 60 proteins") != std::string::npos);
    const auto run = QString::fromStdString(trained.last().at("run").get<std::string>());
    const auto again = m_made.run({"evaluate", "--run", run});
    QVERIFY2(again.exitCode == 0, again.message().c_str());
    QCOMPARE(withoutDetails(again.last().at("parts")).dump(), trained.last().at("parts").dump());
    const auto alone = m_made.run({"evaluate", "--run", run, "--channels", "text"});
    QVERIFY2(alone.exitCode == 0, alone.message().c_str());
    const double auroc = alone.last().at("parts").at("validation").at("auroc").get<double>();
    QVERIFY2(auroc > 0.6, fmt::format("{}", auroc).c_str());
  }

 private:
  /// The networks have 128 positions.
  [[nodiscard]] QStringList train(int epochs) const {
    return m_made.trainCommand("sequence,text", epochs)
           << "text.weights=" + m_weights.filePath("bert") << "text.limit=100";
  }

  MadeUpProject m_made;
  QTemporaryDir m_weights;
};

QTEST_GUILESS_MAIN(TestTextChannel)
#include "tst_text_channel.moc"
