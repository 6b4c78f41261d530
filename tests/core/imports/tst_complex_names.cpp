#include <QTest>

#include "core/imports/complex_names.h"

using twofold::imports::speciesOf;
using twofold::imports::subunitOf;

class TestComplexNames : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void namesOfSubunitsAreRead_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("expected");  // "complex|subunit", empty for none
    const auto row = [](const char* name, const char* expected) {
      QTest::newRow(name) << QString::fromUtf8(name) << QString::fromUtf8(expected);
    };
    row("ATP synthase subunit alpha, chloroplastic", "atp synthase|alpha");
    row("ATP synthase subunit beta (Fragment)", "atp synthase|beta");
    row("NADH-quinone oxidoreductase subunit C/D", "nadh-quinone oxidoreductase|c/d");
    row("DNA-directed RNA polymerase subunit beta'", "dna-directed rna polymerase|beta'");
    row("Phenylalanine--tRNA ligase alpha subunit", "phenylalanine--trna ligase|alpha");
    row("Cytochrome c oxidase subunit II", "cytochrome c oxidase|2");
    row("V-type ATPase, subunit I", "v-type atpase|1");
    row("Probable glycine dehydrogenase (decarboxylating) subunit 2",
        "glycine dehydrogenase (decarboxylating)|2");
    row("50S ribosomal protein L25", "50s ribosomal subunit|l25");
    row("30S ribosomal protein S6 (Fragment)", "30s ribosomal subunit|s6");
    row("Photosystem II reaction center protein T", "photosystem ii|t");
    row("50S ribosomal protein L11 methyltransferase", "");
    row("Ribosomal RNA small subunit methyltransferase A", "");
    row("Imidazole glycerol phosphate synthase amidotransferase subunit", "");
    row("MICOS complex subunit", "");
    row("subunit alpha", "");
    row("Uncharacterized protein", "");
    row("", "");
  }

  void namesOfSubunitsAreRead() {
    QFETCH(QString, name);
    QFETCH(QString, expected);
    const auto found = subunitOf(name.toStdString());
    const std::string got = found ? found->complex + "|" + found->subunit : "";
    QCOMPARE(QString::fromStdString(got), expected);
  }

  void speciesLoseTheirStrain() {
    QCOMPARE(speciesOf("Bacillus subtilis (strain 168)"), std::string("bacillus subtilis"));
    QCOMPARE(speciesOf("Bacillus subtilis XF-1"), std::string("bacillus subtilis"));
    QCOMPARE(speciesOf("Homo sapiens"), std::string("homo sapiens"));
    QCOMPARE(speciesOf("Bacillus sp. BH072"), std::string("bacillus sp. bh072"));
    QCOMPARE(speciesOf("Dengue virus 3"), std::string("dengue virus 3"));
    QCOMPARE(speciesOf("Candidatus Riesia pediculicola (strain USDA)"),
             std::string("riesia pediculicola"));
    QCOMPARE(speciesOf(""), std::string());
  }
};

QTEST_GUILESS_MAIN(TestComplexNames)
#include "tst_complex_names.moc"
