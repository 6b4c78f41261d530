#include "core/imports/complex_names.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace twofold::imports {

namespace {

constexpr std::array<std::string_view, 14> kWordSubunits = {
    "alpha", "beta", "beta'", "beta''", "gamma", "delta", "epsilon",
    "zeta",  "eta",  "theta", "sigma",  "omega", "large", "small"};
constexpr std::array<std::string_view, 12> kRoman = {"i",   "ii",   "iii", "iv", "v",  "vi",
                                                     "vii", "viii", "ix",  "x",  "xi", "xii"};

std::string lowered(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return lower;
}

void trim(std::string& text) {
  const auto isPadding = [](char c) { return c == ' ' || c == ','; };
  while (!text.empty() && isPadding(text.back())) {
    text.pop_back();
  }
  text.erase(0, std::min(text.find_first_not_of(' '), text.size()));
}

void removeSuffix(std::string& text, std::string_view suffix) {
  if (text.ends_with(suffix)) {
    text.erase(text.size() - suffix.size());
    trim(text);
  }
}

std::string cleaned(std::string_view name) {
  std::string text = lowered(name);
  trim(text);
  for (const std::string_view suffix :
       {"(fragment)", "(fragments)", ", mitochondrial", ", chloroplastic", ", putative"}) {
    removeSuffix(text, suffix);
  }
  for (const std::string_view prefix : {"putative ", "probable "}) {
    if (text.starts_with(prefix)) {
      text.erase(0, prefix.size());
    }
  }
  return text;
}

/// "ii" and "2" are one subunit.
std::string subunitLabel(std::string_view label) {
  const auto* roman = std::find(kRoman.begin(), kRoman.end(), label);
  return roman == kRoman.end() ? std::string(label) : std::to_string(roman - kRoman.begin() + 1);
}

std::optional<SubunitName> made(std::string complex, std::string_view subunit) {
  trim(complex);
  if (complex.empty() || subunit.empty() || subunit.find(' ') != std::string_view::npos) {
    return std::nullopt;
  }
  return SubunitName{std::move(complex), subunitLabel(subunit)};
}

/// "50s ribosomal protein l3" and what may follow the number.
std::optional<SubunitName> ribosomal(std::string_view text) {
  constexpr std::string_view kMiddle = "s ribosomal protein ";
  if (text.size() < 2 + kMiddle.size() || !std::isdigit(static_cast<unsigned char>(text[0])) ||
      !std::isdigit(static_cast<unsigned char>(text[1])) ||
      text.substr(2, kMiddle.size()) != kMiddle) {
    return std::nullopt;
  }
  const std::string_view rest = text.substr(2 + kMiddle.size());
  const bool numbered = rest.size() >= 2 && (rest[0] == 'l' || rest[0] == 's') &&
                        std::isdigit(static_cast<unsigned char>(rest[1])) != 0;
  return numbered ? made(std::string(text.substr(0, 3)) + " ribosomal subunit", rest)
                  : std::nullopt;
}

std::optional<SubunitName> photosystem(std::string_view text) {
  constexpr std::string_view kMiddle = " reaction center protein ";
  const std::size_t at = text.find(kMiddle);
  if (at == std::string_view::npos || !text.starts_with("photosystem ")) {
    return std::nullopt;
  }
  return made(std::string(text.substr(0, at)), text.substr(at + kMiddle.size()));
}

}  // namespace

std::optional<SubunitName> subunitOf(std::string_view proteinName) {
  const std::string text = cleaned(proteinName);
  if (auto found = ribosomal(text)) {
    return found;
  }
  if (auto found = photosystem(text)) {
    return found;
  }
  constexpr std::string_view kBefore = " subunit ";
  if (const std::size_t at = text.rfind(kBefore); at != std::string::npos) {
    return made(text.substr(0, at), std::string_view(text).substr(at + kBefore.size()));
  }
  constexpr std::string_view kAfter = " subunit";
  if (text.ends_with(kAfter)) {
    const std::string_view front = std::string_view(text).substr(0, text.size() - kAfter.size());
    const std::size_t space = front.rfind(' ');
    const std::string_view word = space == std::string_view::npos ? front : front.substr(space + 1);
    if (space != std::string_view::npos &&
        std::find(kWordSubunits.begin(), kWordSubunits.end(), word) != kWordSubunits.end()) {
      return made(std::string(front.substr(0, space)), word);
    }
  }
  return std::nullopt;
}

std::string speciesOf(std::string_view organism) {
  std::string text = lowered(organism);
  for (const std::string_view prefix : {"candidatus ", "uncultured "}) {
    if (text.starts_with(prefix)) {
      text.erase(0, prefix.size());
    }
  }
  const std::size_t first = text.find(' ');
  if (first == std::string::npos) {
    return text;
  }
  const std::size_t second = text.find(' ', first + 1);
  const std::string word = text.substr(first + 1, second - first - 1);
  for (const std::string_view unnamed : {"sp.", "bacterium", "virus", "phage", "endosymbiont"}) {
    if (word == unnamed) {
      return text;
    }
  }
  return text.substr(0, second);
}

}  // namespace twofold::imports
