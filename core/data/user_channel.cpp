#include "core/data/user_channel.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/error.h"
#include "core/base/nearest_name.h"

namespace twofold::data {

namespace {

template <class Value>
using Names = std::span<const std::pair<Value, std::string_view>>;

constexpr std::array<std::pair<Normalisation, std::string_view>, 4> kNormalisations = {{
    {Normalisation::Standard, "standard"},
    {Normalisation::Unit, "unit"},
    {Normalisation::Log, "log"},
    {Normalisation::None, "none"},
}};
constexpr std::array<std::pair<Missing, std::string_view>, 3> kMissing = {{
    {Missing::Mask, "mask"},
    {Missing::Refuse, "refuse"},
    {Missing::Mean, "mean"},
}};
constexpr std::array<std::pair<Pooling, std::string_view>, 2> kPoolings = {{
    {Pooling::Mean, "mean"},
    {Pooling::MeanMax, "mean-max"},
}};

template <class Value>
std::string_view nameOf(Names<Value> names, Value wanted) noexcept {
  for (const auto& [value, text] : names) {
    if (value == wanted) {
      return text;
    }
  }
  return {};
}

template <class Value>
Value valueOf(Names<Value> names, const std::string& wanted, std::string_view what) {
  std::vector<std::string> texts;
  for (const auto& [value, text] : names) {
    if (text == wanted) {
      return value;
    }
    texts.emplace_back(text);
  }
  throw Error(ErrorKind::Usage,
              fmt::format("there is no {} \"{}\"{}", what, wanted, didYouMean(wanted, texts)));
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool isLetter(char c) {
  return lower(c) >= 'a' && lower(c) <= 'z';
}

bool isIdentifier(std::string_view text) {
  constexpr std::size_t kLongest = 40;
  return !text.empty() && text.size() <= kLongest && isLetter(text.front()) &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return isLetter(c) || (c >= '0' && c <= '9') || c == '_'; });
}

bool sameInAnyCase(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

std::string_view name(Normalisation normalisation) noexcept {
  return nameOf<Normalisation>(kNormalisations, normalisation);
}
std::string_view name(Missing missing) noexcept {
  return nameOf<Missing>(kMissing, missing);
}
std::string_view name(Pooling pooling) noexcept {
  return nameOf<Pooling>(kPoolings, pooling);
}

Normalisation normalisationOf(const std::string& text) {
  return valueOf<Normalisation>(kNormalisations, text, "normalisation");
}
Missing missingOf(const std::string& text) {
  return valueOf<Missing>(kMissing, text, "rule for missing proteins");
}
Pooling poolingOf(const std::string& text) {
  return valueOf<Pooling>(kPoolings, text, "pooling");
}

std::string userChannelId(std::string_view name) {
  return std::string(kUserPrefix).append(name);
}

bool isUserChannel(std::string_view id) noexcept {
  return id.starts_with(kUserPrefix);
}

std::string userChannelName(std::string_view id) {
  return std::string(id.substr(kUserPrefix.size()));
}

void requireUserChannelName(const std::string& name, std::span<const std::string> taken) {
  if (!isIdentifier(name)) {
    throw Error(
        ErrorKind::Usage,
        fmt::format("\"{}\" cannot be a channel's name; give a letter, then letters, digits "
                    "and underscores, 40 at most, as in expression_2024",
                    name));
  }
  for (const auto& other : taken) {
    if (sameInAnyCase(name, other)) {
      throw Error(ErrorKind::Usage,
                  fmt::format("\"{}\" is the name of a part of this program; call the channel "
                              "otherwise, as in my_{}",
                              name, name));
    }
  }
}

}  // namespace twofold::data
