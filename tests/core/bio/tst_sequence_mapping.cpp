#include <fmt/format.h>
#include <QTest>

#include <algorithm>
#include <map>
#include <string>

#include "core/bio/sequence_mapping.h"
#include "core/bio/structure_reader.h"
#include "tests/core/base/test_files.h"

using namespace twofold;
using namespace twofold::bio;

namespace {

constexpr std::string_view kSequence =
    "MKTAYIAKQRQISFVKSHFSRQLEERLGLIEVQAPILSRVGDGTQDNLSGAEKAVQVKVKALPDAQFEV";

std::string nameOf(char letter) {
  static const std::map<char, std::string> names = {
      {'A', "ALA"}, {'C', "CYS"}, {'D', "ASP"}, {'E', "GLU"}, {'F', "PHE"},
      {'G', "GLY"}, {'H', "HIS"}, {'I', "ILE"}, {'K', "LYS"}, {'L', "LEU"},
      {'M', "MET"}, {'N', "ASN"}, {'P', "PRO"}, {'Q', "GLN"}, {'R', "ARG"},
      {'S', "SER"}, {'T', "THR"}, {'V', "VAL"}, {'W', "TRP"}, {'Y', "TYR"}};
  return names.at(letter);
}

/// Residues one after another, 3.8 angstrom apart, numbered from `number`.
void append(Chain& chain, std::string_view letters, int number) {
  for (const char letter : letters) {
    Residue residue;
    residue.name = nameOf(letter);
    residue.letter = letter;
    residue.number = number;
    residue.hasCalpha = true;
    residue.calpha = {3.8F * static_cast<float>(number++), 0, 0};
    chain.residues.push_back(residue);
  }
}

Chain chainOf(std::string_view letters, int number) {
  Chain chain;
  chain.id = "A";
  append(chain, letters, number);
  return chain;
}

}  // namespace

class TestSequenceMapping : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void everyResidueHasItsPlaceOrAGap() {
    Chain chain = chainOf(kSequence.substr(4, 20), 101);
    append(chain, kSequence.substr(34, 20), 131);
    chain.residues[2].insertion = 'B';
    const auto mapping = mapSequence(kSequence, chain);
    QCOMPARE(mapping.residues.size(), kSequence.size());
    QVERIFY(!mapping.residues[3]);
    QCOMPARE(mapping.residues[4]->number, 101);
    QCOMPARE(mapping.residues[6]->label(), std::string("103B"));
    QCOMPARE(mapping.residues[23]->number, 120);
    QVERIFY(!mapping.residues[24] && !mapping.residues[33]);
    QCOMPARE(mapping.residues[34]->number, 131);
    QCOMPARE(mapping.first, std::size_t{5});
    QCOMPARE(mapping.last, std::size_t{54});
    QCOMPARE(mapping.gaps, std::size_t{1});
    QCOMPARE(mapping.mutations + mapping.modified + mapping.tags + mapping.inserted,
             std::size_t{0});
    QCOMPARE(summaryOf(mapping, "P12345"),
             std::string("P12345 5-54 ↔ chain A 101-150, 100 % identity, 1 gap"));
  }

  void mutationsModifiedResiduesAndTagsAreCounted() {
    Chain chain = chainOf("GSHHHHHH", -7);
    append(chain, kSequence.substr(0, 40), 1);
    chain.residues[8 + 10].name = "TRP";  // in place of Q
    chain.residues[8 + 10].letter = 'W';
    chain.residues[8].name = "MSE";  // its letter is M
    chain.residues[8 + 20].name = "XYZ";
    chain.residues[8 + 20].letter = 'X';
    append(chain, "WWWW", 41);
    const auto mapping = mapSequence(kSequence, chain);
    QCOMPARE(mapping.tags, std::size_t{12});
    QCOMPARE(mapping.mutations, std::size_t{1});
    QCOMPARE(mapping.modified, std::size_t{2});
    QCOMPARE(mapping.gaps, std::size_t{0});
    QCOMPARE(mapping.residues[0]->name, std::string("MSE"));
    QCOMPARE(summaryOf(mapping, "P"),
             std::string("P 1-40 ↔ chain A 1-40, 95 % identity, no gap, 1 mutation, "
                         "2 modified residues, 12 residues outside"));
  }

  /// A tag beside residues that were not in the construct is no row of mutations.
  void tagsAreNotAlignedWithWhatIsMissing() {
    Chain chain = chainOf("GSHHHHHHSSG", -10);
    append(chain, kSequence.substr(20, 30), 21);
    append(chain, "HHHHHH", 51);
    const auto mapping = mapSequence(kSequence, chain);
    QCOMPARE(mapping.first, std::size_t{21});
    QCOMPARE(mapping.last, std::size_t{50});
    QCOMPARE(mapping.tags, std::size_t{17});
    QCOMPARE(mapping.mutations, std::size_t{0});
  }

  void anInsertedStretchIsNoPartOfTheSequence() {
    Chain chain = chainOf(kSequence.substr(0, 30), 1);
    append(chain, "GGGGGG", 31);
    append(chain, kSequence.substr(30), 37);
    const auto mapping = mapSequence(kSequence, chain);
    QCOMPARE(mapping.inserted, std::size_t{6});
    QCOMPARE(mapping.gaps, std::size_t{0});
    QCOMPARE(mapping.residues[30]->number, 37);
  }

  void aGapStandsWhereTheChainIsBroken_data() {
    QTest::addColumn<int>("last");  // residue before the gap
    for (int last = 30; last <= 34; ++last) {
      QTest::newRow(std::to_string(last).c_str()) << last;
    }
  }
  /// Of SSSS the letters do not tell which two were seen on which side.
  void aGapStandsWhereTheChainIsBroken() {
    QFETCH(int, last);
    const std::string sequence = "MKTAYIAKQRQISFVKDHFDRQLEERLGLISSSSSSVQAPILARVGDGTQDNLAGAEKAVQVKV";
    const auto before = static_cast<std::size_t>(last);
    Chain chain = chainOf(sequence.substr(0, before), 1);
    append(chain, sequence.substr(before + 2), last + 3);
    const auto mapping = mapSequence(sequence, chain);
    QCOMPARE(mapping.residues[before - 1]->number, last);
    QVERIFY(!mapping.residues[before] && !mapping.residues[before + 1]);
    QCOMPARE(mapping.residues[before + 2]->number, last + 3);
    QCOMPARE(mapping.alike.identical, static_cast<std::int64_t>(sequence.size() - 2));
  }

  void nothingIsMappedToNothing() {
    const auto none = mapSequence("", chainOf("AGA", 1));
    QVERIFY(none.residues.empty());
    QCOMPARE(none.tags, std::size_t{3});
    const auto empty = mapSequence(kSequence, {});
    QCOMPARE(empty.residues.size(), kSequence.size());
    QCOMPARE(empty.first, std::size_t{0});
    QVERIFY(summaryOf(empty, "P").starts_with("P: nothing of it"));
    const auto unlike = mapSequence("WWWWWWWW", chainOf("GGGGGGGG", 1));
    QCOMPARE(unlike.alike.identical, std::int64_t{0});
    QVERIFY(std::none_of(unlike.residues.begin(), unlike.residues.end(),
                         [](const auto& residue) { return residue.has_value(); }));
  }

  void shortAndOddChainsAreMapped() {
    for (const std::size_t length : {1U, 2U, 3U}) {
      const auto mapping = mapSequence(kSequence, chainOf(kSequence.substr(0, length), 1));
      QVERIFY(mapping.alike.identical <= static_cast<std::int64_t>(length));
    }
    Chain repeated = chainOf(kSequence.substr(0, 30), 1);
    for (auto& residue : repeated.residues) {
      residue.number = 7;  // numbers say nothing
      residue.calpha = {};
    }
    const auto mapping = mapSequence(kSequence, repeated);
    QCOMPARE(mapping.alike.identical, std::int64_t{30});
    QCOMPARE(mapping.residues[29]->number, 7);
  }

  /// Each mapped residue is one of the chain, once, in order, and counts add up.
  void realChainsAreMappedToTheirOwnSequences() {
    const auto folder = tests::sharedData("structures/bernett-complexes");
    NEEDS_FILE(folder);
    std::size_t chains = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      for (const Chain& chain : readStructure(entry.path()).chains) {
        const auto mapping = mapSequence(chain.fullSequence, chain);
        std::size_t mapped = 0;
        std::int64_t before = -1;
        for (const auto& residue : mapping.residues) {
          if (residue) {
            ++mapped;
            QVERIFY(static_cast<std::int64_t>(residue->index) > before);
            before = residue->index;
            QCOMPARE(residue->number, chain.residues[residue->index].number);
          }
        }
        QCOMPARE(mapped + mapping.tags + mapping.inserted, chain.residues.size());
        QVERIFY2(chain.residues.size() < 30 || mapping.mutations * 20 <= mapped,
                 fmt::format("{} {}", entry.path().string(), chain.id).c_str());
        ++chains;
      }
    }
    QVERIFY(chains > 100);
  }
};

QTEST_GUILESS_MAIN(TestSequenceMapping)
#include "tst_sequence_mapping.moc"
