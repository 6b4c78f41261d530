// Complexes of two chains, and the oracle that tells the answer.
#include <QTest>

#include "core/bio/structure_reader.h"
#include "models/contacts/contact_data.h"
#include "tests/core/base/expect_error.h"
#include "tests/core/base/test_files.h"

using namespace twofold;
using namespace twofold::models;

namespace {

/// Two chains along x, five angstrom apart; the first residue of A was not observed, the third of B
/// has no C-alpha.
constexpr const char* kPdb =
    "SEQRES   1 A    4  GLY MET SER ALA                                              \n"
    "SEQRES   1 B    3  ALA CYS TRP                                                  \n"
    "ATOM      1  CA  MET A   2       0.000   0.000   0.000  1.00 20.50           C\n"
    "ATOM      2  CA  SER A   3       3.800   0.000   0.000  1.00 20.50           C\n"
    "ATOM      3  CA  ALA A   4      40.000   0.000   0.000  1.00 20.50           C\n"
    "TER\n"
    "ATOM      4  CA  ALA B  10       0.000   5.000   0.000  1.00 30.00           C\n"
    "ATOM      5  CA  CYS B  11       3.800   5.500   0.000  1.00 31.00           C\n"
    "ATOM      6  N   TRP B  12       3.800   2.000   0.000  1.00 32.00           N\n"
    "END\n";

}  // namespace

class TestContactData : public QObject {
  Q_OBJECT

 private:
  tests::TestFolder m_folder;

  ContactComplex complex(float distance) const {
    const auto structure = bio::readStructure(m_folder.write("two.pdb", kPdb));
    return complexOf(*structure.chain("A"), *structure.chain("B"), distance);
  }

 private Q_SLOTS:
  void placesAreThoseOfTheFullSequence() {
    const auto found = complex(6);
    QCOMPARE(found.lengthA, std::size_t{4});
    QCOMPARE(found.observedA, (std::vector<std::uint32_t>{1, 2, 3}));
    QCOMPARE(found.observedB, (std::vector<std::uint32_t>{0, 1}));
    const std::vector<ResiduePair> wanted = {{1, 0}, {2, 1}};
    QVERIFY(found.contacts == wanted);
    QCOMPARE(complex(7).contacts.size(), std::size_t{4});
    QVERIFY(complex(2).contacts.empty());
  }

  void labelsFollowTheObservedResidues() {
    const std::vector<std::int8_t> wanted = {1, 0, 0, 1, 0, 0};
    QCOMPARE(labelsOf(complex(6)), wanted);
    auto wrong = complex(6);
    wrong.contacts.push_back({0, 0});
    EXPECT_ERROR(labelsOf(wrong), ErrorKind::Internal, "not observed");
  }

  void theOracleTellsWhichResiduesHaveAContact() {
    ContactSet set;
    set.ids = {"A", "B"};
    set.sequences = {"GMSA", "ACW"};
    set.complexes = {complex(6)};
    set.complexes[0].a = 0;
    set.complexes[0].b = 1;
    const ResidueEmbeddings embeddings{"x", 1, {{5, 6, 7, 8}, {1, 2, 3}}};
    const auto [told, rows] = withOracle(set, embeddings);
    QCOMPARE(rows.width, std::int64_t{2});
    QCOMPARE(rows.rows[told.complexes[0].a], (std::vector<float>{5, 0, 6, 1, 7, 1, 8, 0}));
    QCOMPARE(rows.rows[told.complexes[0].b], (std::vector<float>{1, 1, 2, 1, 3, 0}));
    QVERIFY(rows.identity != embeddings.identity);
  }
};

QTEST_APPLESS_MAIN(TestContactData)
#include "tst_contact_data.moc"
