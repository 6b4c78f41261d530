#include <QTest>
#include <cmath>

#include "ui/panels/structure/residue_tint.h"
#include "ui/theme/theme.h"
#include "ui/viewport/scene_colors.h"

using namespace twofold;
using namespace twofold::ui;

namespace {

/// A chain of `residues`; the sequence "AAAA" whose second residue the chain lacks.
void addChain(StructureScene& scene, ChainMappings& mappings, const std::string& protein) {
  SceneChain chain;
  chain.color = static_cast<int>(scene.chains.size());
  chain.chain.residues.resize(3);
  scene.chains.push_back(chain);
  ChainMapping mapping;
  mapping.protein = protein;
  mapping.sequence = "AAAA";
  mapping.mapping.residues.resize(4);
  for (const auto& [place, residue] : {std::pair{0, 0}, {2, 1}, {3, 2}}) {
    bio::MappedResidue mapped;
    mapped.index = static_cast<std::uint32_t>(residue);
    mapping.mapping.residues[static_cast<std::size_t>(place)] = mapped;
  }
  mappings.push_back(mapping);
}

ResidueValues someValues() {
  return {"r1", "P1", "P2", {0.5F, 9, -0.25F, 0}, {0, 0, 0, -1}, "Occlusion"};
}

}  // namespace

class TestResidueTint : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void valuesGoThroughTheMapping() {
    StructureScene scene;
    ChainMappings mappings;
    addChain(scene, mappings, "P1");
    addChain(scene, mappings, "P2");
    auto values = someValues();
    values.a[1] = 0.75F;  // of a residue that the structure lacks
    QCOMPARE(tintChains(scene, mappings, values), 1.0);
    QCOMPARE(scene.chains[0].values, (std::vector<float>{0.5F, -0.25F, 0}));
    QCOMPARE(scene.chains[1].values, (std::vector<float>{0, 0, -1}));
    QCOMPARE(tintChains(scene, mappings, std::nullopt), 0.0);
    QVERIFY(scene.chains[0].values.empty());
  }

  void chainsOfOtherProteinsAndOtherLengthsKeepTheirColour() {
    StructureScene scene;
    ChainMappings mappings;
    addChain(scene, mappings, "P3");
    addChain(scene, mappings, "P2");
    mappings[1]->mapping.residues.pop_back();
    QCOMPARE(tintChains(scene, mappings, someValues()), 0.0);
    QVERIFY(scene.chains[0].values.empty() && scene.chains[1].values.empty());
    mappings.clear();  // nothing is known of the chains
    QCOMPARE(tintChains(scene, mappings, someValues()), 0.0);
  }

  void coloursTellBothSidesOfZeroApart() {
    for (const auto mode : {ThemeMode::Light, ThemeMode::Dark}) {
      const Theme theme(mode);
      const SceneColors colors = sceneColors(theme);
      SceneChain chain;
      chain.chain.residues.resize(4);
      QCOMPARE(colors.of(chain, 0), colors.of(chain));
      chain.values = {1, -1, 0, std::nanf("")};
      QVERIFY(colors.of(chain, 0).red() > colors.of(chain, 0).blue());
      QVERIFY(colors.of(chain, 1).blue() > colors.of(chain, 1).red());
      QVERIFY(colors.of(chain, 2).saturation() < 40);
      QVERIFY(contrastRatio(colors.of(chain, 2), colors.context) > 1.5);
      QCOMPARE(colors.of(chain, 3), colors.context);
    }
  }
};

QTEST_MAIN(TestResidueTint)
#include "tst_residue_tint.moc"
