#include "core/audit/subject.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "core/base/error.h"

namespace twofold::audit {

Subject::Subject(data::Pairs pairs, const data::Split* split, std::vector<data::Protein> proteins)
    : m_pairs(std::move(pairs)), m_hasSplit(split != nullptr), m_proteins(std::move(proteins)) {
  m_parts = m_hasSplit ? split->parts : std::vector(m_pairs.size(), data::Part::None);
  if (m_parts.size() != m_pairs.size()) {
    throw Error(ErrorKind::Internal, "the split was made for another pair set");
  }
  std::unordered_map<data::ProteinKey, std::uint32_t> places;
  for (const auto& protein : m_proteins) {
    places.emplace(protein.key, static_cast<std::uint32_t>(places.size()));
  }
  const auto placeOf = [&](data::ProteinKey key) {
    const auto found = places.find(key);
    if (found == places.end()) {
      throw Error(ErrorKind::Internal, fmt::format("protein {} of the pairs is missing", key));
    }
    return found->second;
  };
  m_sides.reserve(m_pairs.size());
  for (const auto& pair : m_pairs) {
    m_sides.push_back({placeOf(pair.a), placeOf(pair.b)});
  }
  for (const auto part : {data::Part::Train, data::Part::Validation, data::Part::Test}) {
    if (pairsIn(part) > 0) {
      m_present.push_back(part);
    }
  }
  if (!m_hasSplit) {
    m_present = {data::Part::None};
  }
}

std::vector<data::Part> Subject::evaluatedParts() const {
  auto parts = m_present;
  std::erase(parts, data::Part::Train);
  return parts;
}

std::int64_t Subject::pairsIn(data::Part part) const {
  return std::count(m_parts.begin(), m_parts.end(), part);
}

std::vector<bool> Subject::proteinsIn(data::Part part) const {
  std::vector<bool> here(m_proteins.size(), false);
  for (std::size_t i = 0; i < m_sides.size(); ++i) {
    if (m_parts[i] == part) {
      here[m_sides[i].a] = true;
      here[m_sides[i].b] = true;
    }
  }
  return here;
}

std::vector<bool> Subject::evaluatedProteins() const {
  std::vector<bool> here(m_proteins.size(), false);
  for (const auto part : evaluatedParts()) {
    const auto more = proteinsIn(part);
    for (std::size_t i = 0; i < here.size(); ++i) {
      here[i] = here[i] || more[i];
    }
  }
  return here;
}

std::string_view partText(data::Part part) noexcept {
  return part == data::Part::None ? "the set" : data::name(part);
}

}  // namespace twofold::audit
