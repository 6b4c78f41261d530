#include "core/audit/fixed_split.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "core/base/error.h"

namespace twofold::audit {

namespace {

constexpr std::size_t kHashShown = 12;

bool isWanted(Kind kind, std::span<const Kind> kinds) {
  return kinds.empty() || std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

void requireCurable(std::span<const Kind> kinds) {
  for (const Kind kind : kinds) {
    if (!canBeLeftOut(kind)) {
      throw Error(ErrorKind::Usage,
                  fmt::format("{}: leaving pairs out does not cure this; the report says what does",
                              infoOf(kind).id));
    }
  }
}

std::string ruleOf(const data::Split& from, const std::string& fromName, const FixedSplit& fixed) {
  std::vector<std::string> reasons;
  for (const auto& [kind, count] : fixed.leftOut) {
    reasons.push_back(fmt::format("{} {}", infoOf(kind).id, count));
  }
  return fmt::format("{} ({}) without {}", fromName, from.hash().substr(0, kHashShown),
                     fmt::join(reasons, ", "));
}

/// A part that had pairs must keep some, or the split is of no use.
void requirePairs(const data::Split& from, const data::Split& made) {
  for (const auto part : data::kParts) {
    if (!from.indices(part).empty() && made.indices(part).empty()) {
      throw Error(ErrorKind::BadInput,
                  fmt::format("no {} pair would be left; {}", data::name(part),
                              part == data::Part::Train
                                  ? "name fewer kinds by --without, or cut the set by proteins"
                                  : "all of them repeat or contradict another"));
    }
  }
}

}  // namespace

bool canBeLeftOut(Kind kind) noexcept {
  switch (kind) {
    case Kind::SharedPair:
    case Kind::SwappedPair:
    case Kind::SharedProtein:
    case Kind::NearRelative:
    case Kind::Duplicate:
    case Kind::Contradiction:
    case Kind::SelfPair:
      return true;
    default:
      return false;
  }
}

FixedSplit splitWithout(const data::Split& from, const std::string& fromName,
                        std::span<const Finding> findings, std::span<const Kind> kinds) {
  requireCurable(kinds);
  FixedSplit fixed{from, {}, 0};
  for (const Finding& finding : findings) {
    if (finding.leaving.empty() || !isWanted(finding.kind, kinds)) {
      continue;
    }
    for (const auto pair : finding.leaving) {
      fixed.pairs += fixed.split.parts[pair] == data::Part::None ? 0 : 1;
      fixed.split.parts[pair] = data::Part::None;
    }
    fixed.leftOut.emplace_back(finding.kind, static_cast<std::int64_t>(finding.leaving.size()));
  }
  if (fixed.leftOut.empty()) {
    throw Error(ErrorKind::Usage,
                "there is nothing to leave out: no finding that was asked for has pairs");
  }
  requirePairs(from, fixed.split);
  fixed.split.rule = ruleOf(from, fromName, fixed);
  return fixed;
}

}  // namespace twofold::audit
