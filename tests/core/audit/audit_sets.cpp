#include "audit_sets.h"

#include <fmt/format.h>

#include <stdexcept>

#include "core/base/random.h"

namespace twofold::test {

namespace {

constexpr std::string_view kLetters = "ACDEFGHIKLMNPQRSTVWY";
constexpr std::size_t kLength = 120;

/// Neighbours on a ring interact, those two steps apart do not.
void addRing(AuditSet& set, data::Part part, data::ProteinKey first, int proteins) {
  for (int i = 0; i < proteins; ++i) {
    set.add(part, first + i, first + (i + 1) % proteins, true);
    set.add(part, first + i, first + (i + 2) % proteins, false);
  }
}

}  // namespace

std::string drawn(std::uint64_t seed, std::size_t length) {
  Random random(seed);
  std::string letters;
  for (std::size_t i = 0; i < length; ++i) {
    letters += kLetters[random.below(kLetters.size())];
  }
  return letters;
}

std::string changed(std::string sequence, double identity, std::uint64_t seed) {
  Random random(seed);
  std::vector<std::size_t> places(sequence.size());
  for (std::size_t i = 0; i < places.size(); ++i) {
    places[i] = i;
  }
  random.shuffle(std::span(places));
  const auto kept = static_cast<std::size_t>(identity * static_cast<double>(places.size()) + 0.5);
  for (std::size_t i = kept; i < places.size(); ++i) {
    char& letter = sequence[places[i]];
    letter =
        kLetters[(kLetters.find(letter) + 1 + random.below(kLetters.size() - 1)) % kLetters.size()];
  }
  return sequence;
}

AuditSet::AuditSet() {
  for (int i = 0; i < 80; ++i) {
    (void)addProtein();
  }
  addRing(*this, data::Part::Train, train(0), 40);
  addRing(*this, data::Part::Validation, validation(0), 20);
  addRing(*this, data::Part::Test, test(0), 20);
}

data::ProteinKey AuditSet::addProtein() {
  const auto key = static_cast<data::ProteinKey>(proteins.size()) + 1;
  proteins.push_back({key, fmt::format("p{}", key), "", "",
                      drawn(1000 + static_cast<std::uint64_t>(key), kLength)});
  return key;
}

void AuditSet::add(data::Part part, data::ProteinKey a, data::ProteinKey b, bool positive) {
  pairs.push_back({a, b, positive ? data::Label::Positive : data::Label::Negative});
  split.parts.push_back(part);
}

std::string& AuditSet::sequence(data::ProteinKey key) {
  return proteins.at(static_cast<std::size_t>(key - 1)).sequence;
}

std::vector<audit::Finding> audited(const audit::Subject& subject, audit::AuditRequest request) {
  request.relatives.threads = 2;
  return audit::audit(subject, request);
}

const audit::Finding& findingOf(const std::vector<audit::Finding>& findings, audit::Kind kind) {
  for (const auto& finding : findings) {
    if (finding.kind == kind) {
      return finding;
    }
  }
  throw std::logic_error("a finding is missing");
}

std::string foundKinds(const std::vector<audit::Finding>& findings) {
  std::string names;
  for (const auto& finding : findings) {
    if (finding.count > 0) {
      names += (names.empty() ? "" : " ") + std::string(audit::infoOf(finding.kind).id);
    }
  }
  return names;
}

}  // namespace twofold::test
