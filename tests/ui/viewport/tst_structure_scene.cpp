#include <QFile>
#include <QTest>

#include "core/base/error.h"
#include "core/bio/structure_reader.h"
#include "scenes.h"
#include "ui/viewport/interface_highlight.h"

using namespace twofold;
using namespace twofold::ui;

class TestStructureScene : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void pairIsColouredAndTheRestIsContext() {
    bio::Structure structure = test::twoChains();
    structure.chains.push_back(test::straightChain("C", 3, 40));
    const StructureScene scene = pairScene(structure, "B", "A");
    QCOMPARE(scene.chainA, 1);
    QCOMPARE(scene.chainB, 0);
    QCOMPARE(scene.chains[1].color, 0);
    QCOMPARE(scene.chains[0].color, 1);
    QCOMPARE(scene.chains[2].color, SceneChain::kContext);
    QVERIFY(scene.hasInterface());
  }

  void missingChainIsNamed() {
    try {
      static_cast<void>(pairScene(test::twoChains(), "A", "Z"));
      QFAIL("a missing chain must throw");
    } catch (const Error& error) {
      QCOMPARE(error.kind(), ErrorKind::NotFound);
      QVERIFY(QString::fromStdString(error.what()).contains("chain Z"));
    }
  }

  void wholeStructureFocusesThePairWithMostContacts() {
    bio::Structure structure = test::twoChains(12, 7);
    structure.chains.insert(structure.chains.begin(), test::straightChain("X", 12, 60));
    const StructureScene scene = wholeScene(structure);
    QCOMPARE(scene.chainA, 1);
    QCOMPARE(scene.chainB, 2);
    QCOMPARE(scene.chains[0].color, 2);
  }

  void chainsFarApartHaveNoInterface() {
    const StructureScene scene = wholeScene(test::twoChains(5, 90));
    QVERIFY(!scene.hasInterface());
    QVERIFY(widestContacts(scene).empty());
    QVERIFY(interfaceWithin(scene, {}, 8).contacts.empty());
  }

  void filesShownApartDoNotOverlapAndAreNotDocked() {
    bio::Structure other = test::twoChains();
    other.id = "OTHR";
    const StructureScene scene = apartScene(test::twoChains(), "A", other, "A");
    QVERIFY(!scene.hasInterface());
    float highest = -1e9F;
    float lowest = 1e9F;
    for (const bio::Residue& residue : scene.chains[0].chain.residues) {
      highest = std::max(highest, residue.calpha[0]);
    }
    for (const bio::Residue& residue : scene.chains[1].chain.residues) {
      lowest = std::min(lowest, residue.calpha[0]);
    }
    QVERIFY(lowest > highest + 5);
    QCOMPARE(scene.chains[1].name, std::string("OTHR A"));
  }

  void labelsNameChainResidueAndNumber() {
    const StructureScene scene = wholeScene(test::twoChains());
    QCOMPARE(scene.label({0, 2}), std::string("A:ALA 3"));
    QCOMPARE(scene.label({}), std::string());
    QCOMPARE(scene.label({7, 0}), std::string());
    QCOMPARE(scene.label({0, 99}), std::string());
  }

  void interfaceFollowsTheRadius() {
    const StructureScene scene = pairScene(test::twoChains(12, 7), "A", "B");
    const auto widest = widestContacts(scene);
    QVERIFY(interfaceWithin(scene, widest, 6.5F).contacts.empty());
    const InterfaceHighlight close = interfaceWithin(scene, widest, 7.5F);
    QCOMPARE(close.contacts.size(), 12U);
    QCOMPARE(close.residuesA(), 12U);
    QVERIFY(close.contains(scene, {0, 3}));
    QVERIFY(!close.contains(scene, {2, 3}));
    QVERIFY(interfaceWithin(scene, widest, 12).contacts.size() > close.contacts.size());
  }

  void haemoglobinInterfaceMatchesTheCore() {
    const QString path = QStringLiteral("/usr/share/EMBOSS/test/data/structure/2hhb.ent");
    if (!QFile::exists(path)) {
      QSKIP("emboss-test is not installed");
    }
    const bio::Structure structure = bio::readStructure(path.toStdString());
    const StructureScene scene = pairScene(structure, "A", "B");
    for (const float radius : {6.0F, 8.0F, 12.0F}) {
      const auto expected = bio::findContacts(*structure.chain("A"), *structure.chain("B"), radius);
      const InterfaceHighlight shown = interfaceWithin(scene, widestContacts(scene), radius);
      QCOMPARE(shown.contacts.size(), expected.size());
    }
  }
};

QTEST_GUILESS_MAIN(TestStructureScene)
#include "tst_structure_scene.moc"
