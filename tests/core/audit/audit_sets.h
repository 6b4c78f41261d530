// A small pair set without any flaw, under a split, to plant flaws in.
#pragma once

#include <string>
#include <vector>

#include "core/audit/audit.h"

namespace twofold::test {

/// Residues drawn at random.
[[nodiscard]] std::string drawn(std::uint64_t seed, std::size_t length);
/// The same length, `identity` of its residues kept; the others become another residue.
[[nodiscard]] std::string changed(std::string sequence, double identity, std::uint64_t seed);

/// 40 proteins for training, 20 for validation, 20 for test, of 120 residues each; in each part
/// every protein has two positive and two negative pairs. Keys count from 1 in that order.
struct AuditSet {
  data::Pairs pairs;
  data::Split split{"files", 0, {}};
  std::vector<data::Protein> proteins;

  AuditSet();

  static constexpr data::ProteinKey train(int i) { return 1 + i; }
  static constexpr data::ProteinKey validation(int i) { return 41 + i; }
  static constexpr data::ProteinKey test(int i) { return 61 + i; }

  /// A new protein of the same length; its key.
  data::ProteinKey addProtein();
  void add(data::Part part, data::ProteinKey a, data::ProteinKey b, bool positive);
  [[nodiscard]] std::string& sequence(data::ProteinKey key);

  [[nodiscard]] audit::Subject subject() const { return {pairs, &split, proteins}; }
  [[nodiscard]] audit::Subject withoutSplit() const { return {pairs, nullptr, proteins}; }
};

/// On two threads, without MMseqs2.
[[nodiscard]] std::vector<audit::Finding> audited(const audit::Subject& subject,
                                                  audit::AuditRequest request = {});

[[nodiscard]] const audit::Finding& findingOf(const std::vector<audit::Finding>& findings,
                                              audit::Kind kind);

/// Names of those with a count, joined by spaces, in the order of Kind.
[[nodiscard]] std::string foundKinds(const std::vector<audit::Finding>& findings);

}  // namespace twofold::test
