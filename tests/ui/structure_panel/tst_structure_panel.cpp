#include <QApplication>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include "core/store/protein_repository.h"
#include "core/store/structure_repository.h"
#include "tests/ui/pair_panel/nameless_widgets.h"
#include "ui/panels/structure/structure_panel.h"
#include "ui/viewport/opengl_setup.h"

using namespace twofold;
using namespace twofold::ui;

namespace {

const QString kHaemoglobin = QStringLiteral("/usr/share/EMBOSS/test/data/structure/2hhb.ent");

/// One C-alpha line of a PDB file.
QByteArray calphaLine(int serial, char chain, int number, double x, double y) {
  return QString::asprintf("ATOM  %5d  CA  ALA %c%4d    %8.3f%8.3f%8.3f  1.00 10.00           C\n",
                           serial, chain, number, x, y, 0.0)
      .toLatin1();
}

/// Straight chains A, B, … at these heights.
QByteArray chainsFile(int residues, const QList<double>& heights) {
  QByteArray text;
  int serial = 0;
  for (qsizetype c = 0; c < heights.size(); ++c) {
    for (int i = 0; i < residues; ++i) {
      text += calphaLine(++serial, static_cast<char>('A' + c), i + 1, 3.8 * i, heights[c]);
    }
    text += "TER\n";
  }
  return text + "END\n";
}

QByteArray twoChainFile(int residues) {
  return chainsFile(residues, {0, 7});
}

}  // namespace

class TestStructurePanel : public QObject {
  Q_OBJECT

 private:
  Theme m_theme{ThemeMode::Light};
  std::unique_ptr<QTemporaryDir> m_folder;
  std::unique_ptr<Session> m_session;
  std::unique_ptr<StructurePanel> m_panel;
  std::vector<data::ProteinKey> m_proteins;

  void addStructure(const std::string& id, const QByteArray& text, std::size_t a, std::size_t b) {
    addChains(id, text, {{"A", m_proteins[a], 12, "test"}, {"B", m_proteins[b], 12, "test"}});
  }

  void addChains(const std::string& id, const QByteArray& text,
                 const std::vector<store::StructureChain>& chains) {
    store::Project& project = *m_session->project();
    std::filesystem::create_directories(project.structuresFolder());
    // As imports do it: the name says nothing of the structure.
    const std::string name = "0123-" + id + ".pdb";
    const auto path = project.structuresFolder() / name;
    QFile file(QString::fromStdString(path.string()));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    store::Transaction transaction(project.database());
    store::StructureRepository(project.database())
        .insert({0, id, "A structure for tests", name, false, chains});
    transaction.commit();
  }

  FocusedPair pairOf(std::size_t a, std::size_t b) const {
    return {"set",
            0,
            m_proteins[a],
            m_proteins[b],
            QStringLiteral("P%1").arg(a),
            QStringLiteral("P%1").arg(b),
            data::Label::Positive};
  }

  QLabel* emptyText() const {
    return m_panel->findChild<QWidget*>("emptyNote")->findChild<QLabel*>("emptyText");
  }

  bool shown(const char* id) const { return !m_panel->isLoading() && m_panel->scene().id == id; }

 private Q_SLOTS:
  void init() {
    m_folder = std::make_unique<QTemporaryDir>();
    m_session = std::make_unique<Session>();
    auto project = std::make_unique<store::Project>(
        store::Project::openOrCreate(m_folder->filePath("project").toStdString()));
    m_proteins.clear();
    {
      store::Transaction transaction(project->database());
      store::ProteinRepository proteins(project->database());
      for (int i = 0; i < 5; ++i) {
        m_proteins.push_back(proteins.insert(
            {0, "P" + std::to_string(i), "", "", "ACDEFGHIKL" + std::string(1, "MNPQR"[i])}));
      }
      transaction.commit();
    }
    m_session->setProject(std::move(project));
    m_panel = std::make_unique<StructurePanel>(*m_session, m_theme);
    m_panel->resize(1000, 700);
    m_panel->show();
  }

  void cleanup() {
    m_panel.reset();
    m_session.reset();
  }

  void saysInWordsWhenThereIsNoOpenGl() {
    if (openGlProblem().isEmpty()) {
      QVERIFY(m_panel->viewport() != nullptr);
      return;
    }
    QVERIFY(m_panel->viewport() == nullptr);
    addStructure("ONE", twoChainFile(12), 0, 1);
    m_session->focusPair(pairOf(0, 1));
    QTRY_VERIFY(shown("ONE"));
    auto* words = m_panel->findChild<QWidget*>("noOpenGl");
    QVERIFY(words && words->isVisible());
    QVERIFY(words->findChild<QLabel*>("emptyText")->text().contains("3-D"));
  }

  void withoutAStructureItOffersToImportOne() {
    QSignalSpy wanted(m_session.get(), &Session::panelWanted);
    m_session->focusPair(pairOf(0, 1));
    QVERIFY(emptyText()->text().contains("P0"));
    auto* empty = m_panel->findChild<QWidget*>("emptyNote");
    QTest::mouseClick(empty->findChild<QPushButton*>("emptyAction"), Qt::LeftButton);
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(wanted[0][0].toString(), QString("data"));
  }

  void showsThePairWithItsInterface() {
    addStructure("ONE", twoChainFile(12), 0, 1);
    m_session->focusPair(pairOf(0, 1));
    QTRY_VERIFY(shown("ONE"));
    QVERIFY(m_panel->findChild<QLabel*>("interfaceCounts")->text().startsWith("12 and 12"));
    auto* slider = m_panel->findChild<QSlider*>("radiusSlider");
    slider->setValue(slider->minimum());
    QVERIFY(m_panel->findChild<QLabel*>("interfaceCounts")->text().startsWith("0 and 0"));
    QCOMPARE(m_panel->findChild<QTableView*>("contactTable")->model()->rowCount(), 0);
  }

  void copiesThatTouchAreShownFirst() {
    addChains("COPY", chainsFile(12, {0, 60, 7}),
              {{"A", m_proteins[0], 12, "test"},
               {"B", m_proteins[1], 12, "test"},
               {"C", m_proteins[1], 12, "test"}});
    m_session->focusPair(pairOf(0, 1));
    QTRY_VERIFY(shown("COPY"));
    auto* chooser = m_panel->findChild<QComboBox*>("structureChooser");
    QCOMPARE(chooser->count(), 2);
    QCOMPARE(chooser->currentText(), QString("COPY, chains A and C"));
    QCOMPARE(m_panel->scene().chainB, 2);
    chooser->setCurrentIndex(0);
    Q_EMIT chooser->activated(0);
    QTRY_VERIFY(shown("COPY"));
    QCOMPARE(m_panel->scene().chainB, 1);
  }

  void contactSelectsBothResiduesEverywhere() {
    addStructure("ONE", twoChainFile(12), 0, 1);
    m_session->focusPair(pairOf(0, 1));
    QTRY_VERIFY(shown("ONE"));
    auto* table = m_panel->findChild<QTableView*>("contactTable");
    table->setCurrentIndex(table->model()->index(3, 0));
    const QString picked = m_panel->findChild<QLabel*>("pickedResidue")->text();
    QVERIFY2(picked.startsWith("A:ALA ") && picked.contains("B:ALA "), qPrintable(picked));
    if (m_panel->viewport()) {
      QCOMPARE(m_panel->viewport()->selection().size(), 2);
    }
  }

  void stripAndViewShareTheSelection() {
    addStructure("ONE", twoChainFile(12), 0, 1);
    m_session->focusPair(pairOf(0, 1));
    QTRY_VERIFY(shown("ONE"));
    auto* strip = m_panel->findChild<SequenceStrip*>("stripB");
    QTest::mouseClick(strip, Qt::LeftButton, {}, strip->cellOf(6).center());
    QCOMPARE(m_panel->findChild<QLabel*>("pickedResidue")->text(), QString("B:ALA 7"));
    if (m_panel->viewport()) {
      QCOMPARE(m_panel->viewport()->selection(), (QList<ResidueRef>{{1, 6}}));
      m_panel->viewport()->setSelection({{0, 3}});
      QCOMPARE(m_panel->findChild<QLabel*>("pickedResidue")->text(), QString("A:ALA 4"));
    }
  }

  void switchingPairsDropsTheStaleLoad() {
    addStructure("SLOW", twoChainFile(4000), 0, 1);
    addStructure("FAST", twoChainFile(12), 2, 3);
    m_session->focusPair(pairOf(0, 1));
    m_session->focusPair(pairOf(2, 3));
    QTRY_VERIFY(shown("FAST"));
    QTest::qWait(150);
    QCOMPARE(m_panel->scene().id, std::string("FAST"));
  }

  void brokenFileShowsTheReasonAndLivesOn() {
    addStructure("BAD", "this is no structure\n", 0, 1);
    addStructure("GOOD", twoChainFile(12), 2, 3);
    m_session->focusPair(pairOf(0, 1));
    QTRY_VERIFY2(emptyText()->text().contains("BAD.pdb:"), qPrintable(emptyText()->text()));
    m_session->focusPair(pairOf(2, 3));
    QTRY_VERIFY(shown("GOOD"));
  }

  void oneUnreadableFileLeavesTheOtherChoices() {
    addStructure("BAD", "this is no structure\n", 0, 1);
    addStructure("GOOD", twoChainFile(12), 0, 1);
    QSignalSpy said(m_session.get(), &Session::message);
    m_session->focusPair(pairOf(0, 1));
    QTRY_VERIFY(shown("GOOD"));
    QVERIFY(said[0][0].toString().contains("BAD.pdb:"));
    auto* chooser = m_panel->findChild<QComboBox*>("structureChooser");
    QCOMPARE(chooser->count(), 2);
    QCOMPARE(chooser->currentIndex(), 1);
    chooser->setCurrentIndex(0);
    Q_EMIT chooser->activated(0);
    QTRY_COMPARE(said.size(), 2);
    QTRY_VERIFY(shown("GOOD"));
    QCOMPARE(chooser->currentIndex(), 1);
  }

  void theKeyboardReachesEverythingAndLeavesTheTable() {
    addStructure("ONE", twoChainFile(12), 0, 1);
    m_session->focusPair(pairOf(0, 1));
    QTRY_VERIFY(shown("ONE"));
    QCOMPARE(namelessWidgets(*m_panel).join(", "), QString());
    QVERIFY(!m_panel->findChild<QTableView*>("contactTable")->tabKeyNavigation());
  }

  void theMappingOfBothChainsIsShown() {
    const std::string sequence = "GG" + std::string(12, 'A') + "GG";
    {
      store::Transaction transaction(m_session->project()->database());
      m_proteins.push_back(store::ProteinRepository(m_session->project()->database())
                               .insert({0, "P5", "", "", sequence}));
      transaction.commit();
    }
    addStructure("ONE", twoChainFile(12), 5, 5);
    m_session->focusPair(pairOf(5, 5));
    QTRY_VERIFY(shown("ONE"));
    for (const char* chain : {"A", "B"}) {
      auto* line = m_panel->findChild<MappingLine*>(QStringLiteral("mapping%1").arg(chain));
      QVERIFY(line && line->isVisibleTo(m_panel.get()));
      QCOMPARE(line->findChild<QLabel*>("mappingText")->text(),
               QStringLiteral("P5 3-14 ↔ chain %1 1-12, 100 % identity, no gap").arg(chain));
    }
    auto* line = m_panel->findChild<MappingLine*>("mappingB");
    QTest::mouseClick(line->findChild<QPushButton*>("mappingButton"), Qt::LeftButton);
    auto* dialog = line->findChild<QWidget*>("mappingDialog");
    QVERIFY(dialog && dialog->isVisible());
    auto* table = dialog->findChild<QTableView*>("mappingTable");
    QCOMPARE(table->model()->rowCount(), 16);
    QCOMPARE(namelessWidgets(*dialog).join(", "), QString());
    QTest::keyClick(dialog, Qt::Key_Escape);
    QTRY_VERIFY(line->findChild<QWidget*>("mappingDialog") == nullptr);
  }

  void residuesOfTheAnswerAreShownAndTakenOff() {
    const std::string sequence(12, 'A');
    {
      store::Transaction transaction(m_session->project()->database());
      m_proteins.push_back(store::ProteinRepository(m_session->project()->database())
                               .insert({0, "P5", "", "", sequence}));
      transaction.commit();
    }
    addStructure("ONE", twoChainFile(12), 5, 5);
    m_session->focusPair(pairOf(5, 5));
    QTRY_VERIFY(shown("ONE"));
    auto* tint = m_panel->findChild<QWidget*>("residueTint");
    QVERIFY(!tint->isVisible());
    std::vector<float> values(12, 0.0F);
    values[3] = 0.02F;
    m_session->showResidueValues(ResidueValues{"r1", "P5", "P5", values, values, "Occlusion"});
    QVERIFY(tint->isVisible());
    QVERIFY(tint->findChild<QLabel*>("residueTintWords")->text().contains("0.020"));
    QCOMPARE(m_panel->scene().chains[1].values.at(3), 1.0F);
    QTest::mouseClick(tint->findChild<QPushButton*>("colourByChain"), Qt::LeftButton);
    QVERIFY(!tint->isVisible());
    QVERIFY(m_panel->scene().chains[1].values.empty());
    QVERIFY(!m_session->residueValues());
  }

  void missingFileShowsTheReason() {
    addStructure("GONE", twoChainFile(12), 0, 1);
    QVERIFY(QFile::remove(QString::fromStdString(
        (m_session->project()->structuresFolder() / "0123-GONE.pdb").string())));
    m_session->focusPair(pairOf(0, 1));
    QTRY_VERIFY2(emptyText()->text().contains("0123-GONE.pdb"), qPrintable(emptyText()->text()));
  }

  void proteinsOfTwoFilesAreShownApartWithoutInterface() {
    addStructure("ONE", twoChainFile(12), 0, 4);
    addStructure("TWO", twoChainFile(12), 1, 4);
    m_session->focusPair(pairOf(0, 1));
    QTRY_VERIFY(shown("ONE and TWO"));
    QVERIFY(!m_panel->scene().hasInterface());
    QVERIFY(m_panel->findChild<QLabel*>("interfaceCounts")->text().contains("no interface"));
    QVERIFY(!m_panel->findChild<QSlider*>("radiusSlider")->isEnabled());
  }

  void structureOfItsOwnIsShownWhole() {
    QFile file(kHaemoglobin);
    if (!file.open(QIODevice::ReadOnly)) {
      QSKIP("emboss-test is not installed");
    }
    addStructure("2HHB", file.readAll(), 0, 1);
    store::StructureRepository structures(m_session->project()->database());
    m_session->focusStructure(structures.structures().front().key);
    QTRY_VERIFY(shown("2HHB"));
    QCOMPARE(m_panel->scene().chains.size(), 4U);
    m_panel->findChild<QComboBox*>("chainB")->setCurrentIndex(2);
    Q_EMIT m_panel->findChild<QComboBox*>("chainB")->activated(2);
    QCOMPARE(m_panel->scene().chainB, 2);
    QVERIFY(m_panel->scene().hasInterface());
  }

  void destroyedWhileReadingIsSafe() {
    addStructure("SLOW", twoChainFile(4000), 0, 1);
    m_session->focusPair(pairOf(0, 1));
    m_panel.reset();
    QTest::qWait(100);
  }
};

int main(int argc, char** argv) {
  setUpOpenGl();
  QApplication application(argc, argv);
  TestStructurePanel test;
  return QTest::qExec(&test, argc, argv);
}
#include "tst_structure_panel.moc"
