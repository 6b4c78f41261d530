#include <QTest>
#include <algorithm>

#include "core/base/files.h"
#include "core/bio/predicted_model.h"
#include "core/bio/structure_reader.h"
#include "tests/core/base/test_files.h"

using namespace twofold;
using namespace twofold::bio;

namespace {

std::size_t withConfidence(const Structure& structure) {
  std::size_t count = 0;
  for (const Chain& chain : structure.chains) {
    count += static_cast<std::size_t>(
        std::count_if(chain.residues.begin(), chain.residues.end(),
                      [](const Residue& residue) { return residue.confidence.has_value(); }));
  }
  return count;
}

bool hasNote(const Structure& structure, const std::string& text) {
  return std::any_of(structure.notes.begin(), structure.notes.end(), [&](const auto& note) {
    return note.find(text) != std::string::npos && note.ends_with('.');
  });
}

}  // namespace

class TestPredictedModel : public QObject {
  Q_OBJECT

 private:
  tests::TestFolder m_folder;

  /// A fixture's text with one stretch replaced.
  Structure changed(const std::string& name, const std::string& from, const std::string& to) const {
    std::string text = readFile(tests::fixture("structures/" + name), 1 << 20);
    const auto at = text.find(from);
    if (at != std::string::npos) {
      text.replace(at, from.size(), to);
    }
    return readStructure(m_folder.write("changed", text));
  }

 private Q_SLOTS:
  void whatAFileSaysDecides_data() {
    QTest::addColumn<QByteArray>("title");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<int>("metric");  // 0 none, 1 another, 2 pLDDT
    QTest::addColumn<int>("nature");
    const int experiment = static_cast<int>(ModelNature::Experiment);
    const int prediction = static_cast<int>(ModelNature::Prediction);
    const int confident = static_cast<int>(ModelNature::ConfidentModel);
    const QByteArray alphafold = "ALPHAFOLD MONOMER V2.0 PREDICTION FOR RICIN (P02879)";
    QTest::newRow("nothing") << QByteArray() << QByteArray() << QByteArray("1ABC") << 0
                             << experiment;
    QTest::newRow("title") << alphafold << QByteArray() << QByteArray() << 0 << confident;
    QTest::newRow("lower") << alphafold.toLower() << QByteArray() << QByteArray() << 0 << confident;
    QTest::newRow("esmfold") << QByteArray("ESMFOLD V1 PREDICTION FOR INPUT") << QByteArray()
                             << QByteArray() << 0 << confident;
    QTest::newRow("other title") << QByteArray("CRYSTAL STRUCTURE PREDICTION FOR FUN")
                                 << QByteArray() << QByteArray() << 0 << experiment;
    QTest::newRow("entry") << QByteArray() << QByteArray() << QByteArray("AF-P02879-F1") << 0
                           << confident;
    QTest::newRow("theory") << QByteArray("A MODEL") << QByteArray("THEORETICAL MODEL")
                            << QByteArray() << 0 << prediction;
    QTest::newRow("theory of alphafold")
        << alphafold << QByteArray("THEORETICAL MODEL") << QByteArray() << 0 << confident;
    QTest::newRow("experiment wins") << alphafold << QByteArray("X-RAY DIFFRACTION")
                                     << QByteArray("AF-P02879-F1") << 2 << experiment;
    QTest::newRow("unknown method")
        << alphafold << QByteArray("?") << QByteArray() << 0 << confident;
    QTest::newRow("metric") << QByteArray() << QByteArray() << QByteArray() << 2 << confident;
    QTest::newRow("other metric") << QByteArray() << QByteArray() << QByteArray() << 1
                                  << prediction;
  }
  void whatAFileSaysDecides() {
    QFETCH(QByteArray, title);
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, id);
    QFETCH(int, metric);
    QFETCH(int, nature);
    const ModelOrigin origin{id.toStdString(), title.toStdString(), method.toStdString(),
                             metric > 0,       metric == 2,         false};
    QCOMPARE(static_cast<int>(natureOf(origin)), nature);
  }

  void pdbAndMmcifGiveTheSameConfidences() {
    for (const std::string name : {"predicted.pdb", "predicted.cif"}) {
      const auto structure = readStructure(tests::fixture("structures/" + name));
      QVERIFY(structure.predicted);
      QCOMPARE(withConfidence(structure), std::size_t{10});
      QCOMPARE(structure.chains[0].residues[0].confidence, std::optional<float>(42.27F));
      QCOMPARE(structure.chains[0].residues[9].confidence, std::optional<float>(38.0F));
      QVERIFY(hasNote(structure, "pLDDT, 73.0 on average"));
    }
  }

  void aNamedExperimentKeepsItsBFactors() {
    const auto pdb =
        changed("predicted.pdb", "COMPND    MOL_ID: 1;        ", "EXPDTA    X-RAY DIFFRACTION ");
    QVERIFY(!pdb.predicted);
    QCOMPARE(withConfidence(pdb), std::size_t{0});
    QCOMPARE(pdb.chains[0].residues[0].bFactor, 42.27F);
    const auto cif =
        changed("predicted.cif", "_entity.id 1", "_exptl.method 'SOLUTION NMR'\n_entity.id 1");
    QVERIFY(!cif.predicted);
    QCOMPARE(withConfidence(cif), std::size_t{0});
  }

  void aTheoreticalModelIsPredictedWithoutConfidence() {
    const auto structure = changed("small.pdb", "TITLE  ", "EXPDTA    THEORETICAL MODEL\nTITLE  ");
    QVERIFY(structure.predicted);
    QCOMPARE(withConfidence(structure), std::size_t{0});
    QVERIFY(hasNote(structure, "nothing says that its B-factors are pLDDT"));
  }

  void valuesThatCannotBePlddtAreNotTaken() {
    for (const std::string value : {"142.27", "-42.27"}) {
      const auto structure = changed("predicted.cif", " 42.27 ", " " + value + " ");
      QVERIFY(structure.predicted);
      QCOMPARE(withConfidence(structure), std::size_t{0});
      QVERIFY(hasNote(structure, "are no pLDDT of 0 to 100"));
    }
    Structure zero;
    zero.chains.resize(1);
    zero.chains[0].residues.resize(3);
    for (Residue& residue : zero.chains[0].residues) {
      residue.hasCalpha = true;
    }
    readConfidence(zero, {"AF-Q00000-F1", {}, {}, false, false, false});
    QVERIFY(zero.predicted);
    QCOMPARE(withConfidence(zero), std::size_t{0});
  }

  void experimentsOfTheFixturesHaveNone() {
    for (const std::string name : {"small.pdb", "small.cif"}) {
      const auto structure = readStructure(tests::fixture("structures/" + name));
      QVERIFY(!structure.predicted);
      QCOMPARE(withConfidence(structure), std::size_t{0});
    }
  }

  void noExperimentOfTheRealFilesHasAny() {
    const auto folder = tests::sharedData("structures");
    NEEDS_FILE(folder);
    for (const char* part : {"bernett-complexes", "docking", "mmcif"}) {
      for (const auto& entry : std::filesystem::directory_iterator(folder / part)) {
        const auto structure = readStructure(entry.path());
        QVERIFY2(!structure.predicted && withConfidence(structure) == 0, entry.path().c_str());
      }
    }
  }

  void alphafoldFilesHaveOneForEachResidue() {
    const auto folder = tests::sharedData("structures/alphafold");
    NEEDS_FILE(folder);
    int models = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      const auto structure = readStructure(entry.path());
      const bool saysSo = entry.path().filename().string().starts_with("AF-");
      models += saysSo ? 1 : 0;
      // The files af__….pdb have no title, and B-factors of 0.
      QCOMPARE(withConfidence(structure),
               saysSo ? structure.chains[0].residues.size() : std::size_t{0});
    }
    QCOMPARE(models, 5);
  }
};

QTEST_GUILESS_MAIN(TestPredictedModel)
#include "tst_predicted_model.moc"
