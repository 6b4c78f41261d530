#include "core/runs/sweep_plan.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <regex>
#include <set>
#include <string_view>
#include <utility>

#include "core/base/error.h"
#include "core/base/nearest_name.h"
#include "core/base/numbers.h"
#include "core/base/random.h"
#include "core/runs/complete_spec.h"

namespace twofold::runs {

namespace {

constexpr std::size_t kMostArms = 1000;
constexpr int kDrawsAnArm = 200;  // before it is said that there are no more

std::vector<std::string> parts(std::string_view text, char between) {
  std::vector<std::string> list;
  while (true) {
    const auto end = text.find(between);
    list.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) {
      return list;
    }
    text.remove_prefix(end + 1);
  }
}

/// Numbers on both sides, so that "../weights" is a value.
bool looksLikeRange(const std::string& text) {
  static const std::regex kRange("(log:)?[-+0-9.eE]+\\.\\.[-+0-9.eE]+");
  return std::regex_match(text, kRange);
}

Variation::Range parseRange(std::string_view text, const std::string& whole) {
  constexpr std::string_view kLog = "log:";
  constexpr std::string_view kTo = "..";
  Variation::Range range;
  range.isLog = text.starts_with(kLog);
  text.remove_prefix(range.isLog ? kLog.size() : 0);
  const auto between = text.find(kTo);
  const auto first = text.substr(0, between);
  const auto last = text.substr(between + kTo.size());
  const auto low = parseReal(first);
  const auto high = parseReal(last);
  if (!low || !high || !(*low < *high) || (range.isLog && *low <= 0)) {
    throw Error(ErrorKind::Usage,
                fmt::format("\"{}\" is no range; write LOW..HIGH with LOW below HIGH, as in "
                            "training.dropout=0..0.5, and log:LOW..HIGH with LOW above 0",
                            whole));
  }
  range.low = *low;
  range.high = *high;
  range.isWhole = parseInteger(first) && parseInteger(last);
  return range;
}

PartSpec* namedPart(RunSpec& spec, const std::string& key) {
  return key == "backbone" ? &spec.backbone
         : key == "fusion" ? &spec.fusion
         : key == "head"   ? &spec.head
                           : nullptr;
}

void setChannels(RunSpec& spec, const std::string& value) {
  const auto before = std::exchange(spec.channels, {});
  for (const auto& id : parts(value, '+')) {
    const auto own = std::find_if(before.begin(), before.end(),
                                  [&](const PartSpec& channel) { return channel.id == id; });
    spec.channels.push_back(own == before.end() ? PartSpec{id, {}} : *own);
  }
}

void apply(RunSpec& spec, const std::string& key, const std::string& value) {
  if (PartSpec* part = namedPart(spec, key)) {
    if (part->id != value) {
      *part = {value, {}};
    }
  } else if (key == "channels") {
    setChannels(spec, value);
  } else {
    setOption(spec, key + "=" + value);
  }
}

/// Parts before their options, since another part drops them.
SweepArm armOf(const RunSpec& spec, std::span<const Variation> variations,
               const std::vector<std::string>& values) {
  SweepArm arm{"", spec};
  std::vector<std::string> words;
  for (const bool isOption : {false, true}) {
    for (std::size_t v = 0; v < variations.size(); ++v) {
      if ((variations[v].key.find('.') != std::string::npos) == isOption) {
        apply(arm.spec, variations[v].key, values[v]);
      }
    }
  }
  for (std::size_t v = 0; v < variations.size(); ++v) {
    words.push_back(fmt::format("{} = {}", variations[v].key, values[v]));
  }
  arm.name = fmt::format("{}", fmt::join(words, ", "));
  return arm;
}

const std::string kAsGiven = "as given";

std::string asIs(const RunSpec& spec) {
  return toJson(spec).dump();
}

/// Remembers the recipes that are there.
class Arms {
 public:
  /// By what a recipe is known.
  using Key = std::function<std::string(const RunSpec&)>;
  explicit Arms(Key key) : m_key(std::move(key)) {}

  void add(SweepArm arm) {
    const auto [known, isNew] = m_known.try_emplace(m_key(arm.spec), m_arms.size());
    if (isNew) {
      m_arms.push_back(std::move(arm));
    } else if (auto& name = m_arms[known->second].name; name == kAsGiven) {
      name += ": " + arm.name;
    }
  }
  [[nodiscard]] std::size_t size() const { return m_arms.size(); }
  [[nodiscard]] std::vector<SweepArm> taken() && { return std::move(m_arms); }

 private:
  Key m_key;
  std::vector<SweepArm> m_arms;
  std::map<std::string, std::size_t> m_known;
};

std::string withoutBlanks(std::string text) {
  std::erase(text, ' ');
  return text;
}

void checkVariations(std::span<const Variation> variations) {
  if (variations.empty()) {
    throw Error(ErrorKind::Usage,
                "name what is to vary, as in --vary training.learning_rate=0.001,0.002");
  }
  std::set<std::string> keys;
  for (const auto& variation : variations) {
    if (!keys.insert(variation.key).second) {
      throw Error(
          ErrorKind::Usage,
          fmt::format("\"{}\" is varied twice; give all its values in one --vary", variation.key));
    }
  }
}

std::string drawn(const Variation& variation, Random& random) {
  if (!variation.range) {
    return variation.values[random.below(variation.values.size())];
  }
  const auto& range = *variation.range;
  const double part = random.uniform();
  const double value = range.isLog ? range.low * std::pow(range.high / range.low, part)
                                   : range.low + (range.high - range.low) * part;
  // Three digits can be typed again, and are all that a sweep can tell apart.
  return range.isWhole ? fmt::format("{}", static_cast<std::int64_t>(std::llround(value)))
                       : fmt::format("{:.3g}", std::clamp(value, range.low, range.high));
}

}  // namespace

Variation parseVariation(const std::string& text) {
  const auto equals = text.find('=');
  if (equals == std::string::npos || equals == 0 || equals + 1 == text.size()) {
    throw Error(ErrorKind::Usage, fmt::format("\"{}\" varies nothing; write KEY=VALUE,VALUE,… as "
                                              "in training.width=16,32 or backbone=esm2,unirep",
                                              text));
  }
  Variation variation{text.substr(0, equals), {}};
  const std::string values = text.substr(equals + 1);
  if (looksLikeRange(values)) {
    variation.range = parseRange(values, text);
    return variation;
  }
  variation.values = parts(values, ',');
  if (std::find(variation.values.begin(), variation.values.end(), "") != variation.values.end()) {
    throw Error(ErrorKind::Usage, fmt::format("\"{}\" has an empty value", text));
  }
  return variation;
}

std::vector<SweepArm> gridArms(const RunSpec& spec, std::span<const Variation> variations) {
  checkVariations(variations);
  std::size_t combinations = 1;
  for (const auto& variation : variations) {
    if (variation.range) {
      throw Error(ErrorKind::Usage, fmt::format("\"{}\" is a range, which a grid cannot go "
                                                "through; give values, or --random N",
                                                variation.key));
    }
    combinations *= variation.values.size();
    if (combinations > kMostArms) {
      throw Error(ErrorKind::Usage,
                  fmt::format("these are more than {} combinations; vary less, or draw some with "
                              "--random N",
                              kMostArms));
    }
  }
  Arms arms(asIs);
  arms.add({kAsGiven, spec});
  for (std::size_t i = 0; i < combinations; ++i) {
    std::vector<std::string> values(variations.size());
    std::size_t rest = i;
    for (std::size_t v = variations.size(); v-- > 0;) {
      values[v] = variations[v].values[rest % variations[v].values.size()];
      rest /= variations[v].values.size();
    }
    arms.add(armOf(spec, variations, values));
  }
  return std::move(arms).taken();
}

std::vector<SweepArm> randomArms(const RunSpec& spec, std::span<const Variation> variations,
                                 int count, std::uint64_t seed) {
  checkVariations(variations);
  if (count < 1 || static_cast<std::size_t>(count) > kMostArms) {
    throw Error(ErrorKind::Usage, fmt::format("a sweep draws 1 to {} combinations", kMostArms));
  }
  Arms arms(asIs);
  arms.add({kAsGiven, spec});
  Random random(seed);
  for (int left = count * kDrawsAnArm; arms.size() <= static_cast<std::size_t>(count); --left) {
    if (left == 0) {
      throw Error(ErrorKind::Usage,
                  fmt::format("{} combinations were asked for, and only {} that differ were found; "
                              "ask for fewer, or give more values",
                              count, arms.size() - 1));
    }
    std::vector<std::string> values;
    for (const auto& variation : variations) {
      values.push_back(drawn(variation, random));
    }
    arms.add(armOf(spec, variations, values));
  }
  return std::move(arms).taken();
}

std::vector<SweepArm> distinctArms(const ComponentCatalog& catalog,
                                   const std::vector<SweepArm>& arms) {
  Arms distinct([&](const RunSpec& spec) { return asIs(withDefaults(catalog, spec)); });
  for (const auto& arm : arms) {
    distinct.add(arm);
  }
  return std::move(distinct).taken();
}

std::size_t armNamed(const std::vector<std::string>& names, const std::string& name) {
  const auto wanted = withoutBlanks(name);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto own = withoutBlanks(names[i]);
    const auto as = withoutBlanks(kAsGiven);
    const auto ofReference = fmt::format("{}:{}", as, wanted);
    if (own == wanted || (own.starts_with(as) && (as == wanted || own == ofReference))) {
      return i;
    }
  }
  throw Error(ErrorKind::Usage,
              fmt::format("there is no arm \"{}\"{}", name, didYouMean(name, names)));
}

}  // namespace twofold::runs
