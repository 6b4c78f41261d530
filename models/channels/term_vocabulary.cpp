#include "models/channels/term_vocabulary.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string_view>
#include <utility>

#include "core/base/error.h"
#include "core/data/information_content.h"

namespace twofold::models {

namespace {

using data::AnnotationKind;

constexpr std::int64_t kFewest = 3;
constexpr double kMostShare = 0.9;

std::uint8_t groupOf(AnnotationKind kind) {
  switch (kind) {
    case AnnotationKind::Process:
      return 0;
    case AnnotationKind::Function:
      return 1;
    case AnnotationKind::Component:
      return 2;
    case AnnotationKind::Pfam:
    case AnnotationKind::InterPro:
    case AnnotationKind::Prosite:
      return 3;
    case AnnotationKind::Keyword:
    case AnnotationKind::Location:
    case AnnotationKind::Pathway:
      break;
  }
  return 4;
}

std::uint8_t groupOf(const std::string& name) {
  const std::string_view kind = std::string_view(name).substr(0, name.find(' '));
  const auto& names = data::kAnnotationKindNames;
  const auto found = std::find(names.begin(), names.end(), kind);
  if (found == names.end()) {
    throw Error(ErrorKind::BadInput, fmt::format("the checkpoint's term \"{}\" is of no kind that "
                                                 "this version knows; update Twofold",
                                                 name));
  }
  return groupOf(static_cast<AnnotationKind>(found - names.begin()));
}

/// Each with its kind before it; GO terms with all above them.
std::set<std::string> termsOf(const data::ProteinAnnotations& protein,
                              const data::TermGraph& graph) {
  std::set<std::string> names;
  for (const auto index : data::termsWithAncestors(graph, protein)) {
    const auto& term = graph.term(index);
    names.insert(fmt::format("{} {}", data::name(term.kind), term.id));
  }
  for (const auto& annotation : protein.annotations) {
    if (!data::isGo(annotation.kind) || !graph.find(annotation.term)) {
      names.insert(fmt::format("{} {}", data::name(annotation.kind), annotation.term));
    }
  }
  return names;
}

}  // namespace

TermVocabulary::TermVocabulary(std::vector<std::string> names, std::vector<float> content)
    : m_names(std::move(names)), m_content(std::move(content)) {
  for (std::size_t i = 0; i < m_names.size(); ++i) {
    m_groups.push_back(groupOf(m_names[i]));
    m_numbers.emplace(m_names[i], static_cast<std::uint32_t>(i));
  }
}

TermVocabulary TermVocabulary::learned(std::span<const data::ProteinAnnotations> proteins,
                                       const data::TermGraph& graph) {
  std::map<std::string, std::int64_t> counts;
  for (const auto& protein : proteins) {
    for (const auto& name : termsOf(protein, graph)) {
      ++counts[name];
    }
  }
  const auto all = static_cast<double>(proteins.size());
  std::vector<std::string> names;
  std::vector<float> content;
  for (const auto& [name, count] : counts) {
    const double share = static_cast<double>(count) / all;
    if (count >= kFewest && share <= kMostShare) {
      names.push_back(name);
      content.push_back(static_cast<float>(-std::log(share)));
    }
  }
  return {std::move(names), std::move(content)};
}

TermBag TermVocabulary::bagOf(const data::ProteinAnnotations& protein,
                              const data::TermGraph& graph) const {
  TermBag bag;
  for (const auto& name : termsOf(protein, graph)) {
    if (const auto found = m_numbers.find(name); found != m_numbers.end()) {
      bag.push_back(found->second);
    }
  }
  std::sort(bag.begin(), bag.end());
  return bag;
}

TermSimilarities TermVocabulary::similarities(const TermBag& a, const TermBag& b) const {
  struct Sums {
    double shared = 0;
    double best = 0;
    double a = 0;
    double b = 0;
  };
  std::array<Sums, kTermGroups> groups{};
  for (const auto term : a) {
    groups[m_groups[term]].a += double{m_content[term]};
  }
  for (const auto term : b) {
    groups[m_groups[term]].b += double{m_content[term]};
  }
  for (auto left = a.begin(), right = b.begin(); left != a.end() && right != b.end();) {
    if (*left < *right) {
      ++left;
    } else if (*right < *left) {
      ++right;
    } else {
      Sums& sums = groups[m_groups[*left]];
      sums.shared += double{m_content[*left]};
      sums.best = std::max(sums.best, double{m_content[*left]});
      ++left;
      ++right;
    }
  }
  TermSimilarities result{};
  for (std::size_t g = 0; g < kTermGroups; ++g) {
    const Sums& sums = groups[g];
    const double all = sums.a + sums.b - sums.shared;
    float* const into = result.data() + g * kSimilaritiesAGroup;
    into[0] = static_cast<float>(std::log1p(sums.shared));
    into[1] = static_cast<float>(all > 0 ? sums.shared / all : 0);
    into[2] = static_cast<float>(sums.best);
    into[3] = static_cast<float>(std::log1p(std::min(sums.a, sums.b)));
    into[4] = static_cast<float>(std::log1p(std::max(sums.a, sums.b)));
  }
  return result;
}

void TermVocabulary::save(ChannelState& state) const {
  state.put("terms", m_names);
  state.put("content", m_content);
}

TermVocabulary TermVocabulary::restored(const ChannelState& state) {
  auto names = state.texts("terms");
  auto content = state.floats("content");
  if (names.size() != content.size()) {
    throw Error(ErrorKind::BadInput,
                "the checkpoint's terms do not belong together; train the run anew");
  }
  return {std::move(names), std::move(content)};
}

}  // namespace twofold::models
