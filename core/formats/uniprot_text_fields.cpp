#include "core/formats/uniprot_text_fields.h"

#include <algorithm>
#include <array>

#include "core/base/dates.h"
#include "core/formats/evidence_code.h"

namespace twofold::formats {

namespace {

/// What a bracket after a species says when it belongs to the scientific name.
constexpr std::array<std::string_view, 8> kStrainWords = {
    "strain", "isolate", "serotype", "serogroup", "subsp.", "biovar", "pathovar", "type"};

std::string_view withoutEnd(std::string_view text, char end) {
  text = trimmedField(text);
  if (text.ends_with(end)) {
    text.remove_suffix(1);
  }
  return text;
}

/// Where the bracket that ends the text begins, brackets inside it included; npos without one.
std::size_t lastBracket(std::string_view text) {
  int depth = 0;
  for (std::size_t i = text.ends_with(')') ? text.size() : 0; i-- > 0;) {
    depth += text[i] == ')' ? 1 : text[i] == '(' ? -1 : 0;
    if (depth == 0) {
      return i;
    }
  }
  return std::string_view::npos;
}

/// "(By similarity)" and its like, which entries of before 2014 have in place of evidence.
std::string_view withoutQualifier(std::string_view text) {
  for (;;) {
    const std::size_t at = lastBracket(text);
    if (at == std::string_view::npos) {
      return text;
    }
    const std::string_view bracket = text.substr(at);
    if (bracket != "(By similarity)" && bracket != "(Potential)" && bracket != "(Probable)") {
      return text;
    }
    text = trimmedField(text.substr(0, at));
  }
}

/// "[Isoform 1]: Nucleus" and, before 2016, "Isoform 1: Nucleus".
std::string_view withoutIsoform(std::string_view text) {
  const bool named = text.starts_with("[") || text.starts_with("Isoform ");
  const std::size_t colon = text.find(": ");
  return named && colon != std::string_view::npos ? trimmedField(text.substr(colon + 2)) : text;
}

void addLocation(std::string_view sentence, std::vector<EvidencedTerm>& locations) {
  std::string term(withoutIsoform(trimmedField(sentence)));
  // The evidence of the location itself stands before the semicolon of its topology.
  term.resize(std::min(term.find(';'), term.size()));
  std::string evidence = takeEvidence(term);
  const std::string_view name = withoutQualifier(withoutEnd(term, '.'));
  if (!name.empty()) {
    locations.push_back({std::string(name), std::move(evidence)});
  }
}

constexpr std::string_view kMonths = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";

}  // namespace

std::string dateOf(std::string_view text) {
  if (text.size() < 11 || text[2] != '-' || text[6] != '-') {
    return {};
  }
  const std::size_t place = kMonths.find(text.substr(3, 3));
  if (place == std::string_view::npos || place % 3 != 0) {
    return {};
  }
  const auto month = std::to_string(place / 3 + 1);
  auto date = std::string(text.substr(7, 4)) + (month.size() == 1 ? "-0" : "-") + month + '-' +
              std::string(text.substr(0, 2));
  return isDate(date) ? date : std::string();
}

std::string_view trimmedField(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\n");
  if (first == std::string_view::npos) {
    return {};
  }
  return text.substr(first, text.find_last_not_of(" \t\n") - first + 1);
}

std::vector<std::string_view> fieldsOf(std::string_view text, char separator) {
  std::vector<std::string_view> fields;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    if (const auto field = trimmedField(text.substr(0, end)); !field.empty()) {
      fields.push_back(field);
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return fields;
}

std::string takeEvidence(std::string& text) {
  std::string code;
  std::string kept;
  std::size_t from = 0;
  for (std::size_t at = text.find("{ECO:"); at != std::string::npos;
       at = text.find("{ECO:", from)) {
    const std::size_t end = text.find('}', at);
    if (end == std::string::npos) {
      break;
    }
    if (code.empty()) {
      code = evidenceCode(std::string_view(text).substr(at + 1, end - at - 1));
    }
    kept.append(text, from, at - from);
    while (kept.ends_with(' ')) {
      kept.pop_back();
    }
    from = end + 1;
  }
  kept.append(text, from, std::string::npos);
  text = std::string(trimmedField(kept));
  return code;
}

std::string proteinNameOf(std::string_view description) {
  const std::size_t full = description.find("Full=");
  if (full != std::string_view::npos) {
    const std::string_view rest = description.substr(full + 5);
    std::string name(rest.substr(0, rest.find(';')));
    takeEvidence(name);
    return name;
  }
  return std::string(withoutEnd(description, '.'));
}

std::string organismOf(std::string_view text) {
  text = withoutEnd(text, '.');
  for (;;) {
    const std::size_t at = lastBracket(text);
    if (at == std::string_view::npos || at == 0) {
      break;
    }
    const std::string_view inside = text.substr(at + 1);
    if (std::any_of(kStrainWords.begin(), kStrainWords.end(),
                    [&](std::string_view word) { return inside.starts_with(word); })) {
      break;
    }
    text = trimmedField(text.substr(0, at));
  }
  return std::string(text);
}

std::vector<EvidencedTerm> locationsOf(std::string_view comment) {
  std::vector<EvidencedTerm> locations;
  comment = comment.substr(0, comment.find("Note="));
  while (!comment.empty()) {
    const std::size_t end = comment.find(". ");
    addLocation(comment.substr(0, end), locations);
    if (end == std::string_view::npos) {
      break;
    }
    comment.remove_prefix(end + 2);
  }
  return locations;
}

}  // namespace twofold::formats
