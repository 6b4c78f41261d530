#include "core/formats/score_columns.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

#include "core/base/error.h"
#include "core/base/numbers.h"
#include "core/formats/pair_columns.h"

namespace twofold::formats {

namespace {

using Fields = std::vector<std::string_view>;

constexpr std::string_view kCure = "; name the columns by --columns a,b,score";

constexpr std::array<std::string_view, 19> kScoreNames = {
    "confidence",
    "interactionprobability",
    "interactionscore",
    "pred",
    "predictedprobability",
    "predictedscore",
    "prediction",
    "predictions",
    "predscore",
    "predscores",
    "prob",
    "probability",
    "probabilities",
    "probs",
    "score",
    "scores",
    "ypred",
    "yprob",
    "yscore",
};

bool namesScore(std::string_view field) {
  const auto name = plainName(field);
  return std::find(kScoreNames.begin(), kScoreNames.end(), name) != kScoreNames.end();
}

bool isMissing(std::string_view text) {
  const auto name = plainName(text);
  return text.empty() || name == "na" || name == "nan" || name == "none" || name == "null";
}

/// A row of data has a score, so a number or the sign that there is none; names are neither.
bool looksLikeHeader(const Fields& first) {
  return std::none_of(first.begin(), first.end(),
                      [](std::string_view field) { return parseScore(field).has_value(); });
}

template <class Matches>
std::optional<std::size_t> onlyColumn(const Fields& first, Matches matches, std::string_view what) {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < first.size(); ++i) {
    if (!matches(first[i])) {
      continue;
    }
    if (found) {
      throw Error(ErrorKind::BadInput, fmt::format("columns \"{}\" and \"{}\" may both be the {}{}",
                                                   first[*found], first[i], what, kCure));
    }
    found = i;
  }
  return found;
}

auto named(std::string_view name) {
  return [name](std::string_view field) { return plainName(field) == name; };
}

ScoreColumns tuna(const Fields& first) {
  ScoreColumns columns;
  columns.layout.name = "TUnA";
  columns.a = *onlyColumn(first, namesFirstId, "first id");
  columns.b = *onlyColumn(first, namesSecondId, "second id");
  columns.label = onlyColumn(first, named("t"), "label");
  columns.score = *onlyColumn(first, named("s"), "score");
  return columns;
}

ScoreColumns byNames(const Fields& first) {
  const auto has = [&](std::string_view name) {
    return std::any_of(first.begin(), first.end(), named(name));
  };
  const auto a = onlyColumn(first, namesFirstId, "first id");
  const auto b = onlyColumn(first, namesSecondId, "second id");
  if (a && b && has("t") && has("s") && has("uncertainty")) {
    return tuna(first);
  }
  const auto score = onlyColumn(first, namesScore, "score");
  if (!score) {
    throw Error(ErrorKind::BadInput,
                fmt::format("no column is called score, probability or prediction{}", kCure));
  }
  ScoreColumns columns;
  columns.score = *score;
  columns.label = onlyColumn(first, namesLabel, "label");
  columns.layout.name = "named columns";
  if (has("query") && has("text")) {
    columns.layout = {"PLM-interact", true, true};
    columns.a = *onlyColumn(first, named("query"), "first sequence");
    columns.b = *onlyColumn(first, named("text"), "second sequence");
  } else if (a && b) {
    columns.a = *a;
    columns.b = *b;
  } else if (first.size() == 1) {
    columns.layout = {"scores alone", false, false};
  } else {
    throw Error(
        ErrorKind::BadInput,
        fmt::format("no two columns are called protein_a and protein_b or the like{}", kCure));
  }
  return columns;
}

ScoreColumns byShape(const Fields& first) {
  ScoreColumns columns;
  switch (first.size()) {
    case 1:
      columns.layout = {"scores alone", false, false};
      columns.score = 0;
      return columns;
    case 2:
      if (!parseScore(first[0]) || !parseLabel(first[1])) {
        break;
      }
      columns.layout = {"SPRINT", false, false};
      columns.score = 0;
      columns.label = 1;
      return columns;
    case 3:
      columns.layout.name = "three columns";
      return columns;
    case 4:
      if (!parseLabel(first[2])) {
        break;
      }
      columns.layout.name = "D-SCRIPT";
      columns.label = 2;
      columns.score = 3;
      return columns;
    default:
      break;
  }
  throw Error(
      ErrorKind::BadInput,
      fmt::format("{} columns without names are no layout that is known{}", first.size(), kCure));
}

ScoreColumns asGiven(const Fields& first, const ScoreTableFormat& format) {
  ScoreColumns columns;
  columns.layout.name = "given columns";
  const bool named = !isColumnNumber(format.columnA) || !isColumnNumber(format.columnB) ||
                     !isColumnNumber(format.columnScore);
  columns.header = format.header == HeaderRule::Yes ||
                   (format.header == HeaderRule::Auto && (named || looksLikeHeader(first)));
  columns.a = givenColumn(format.columnA, first, columns.header);
  columns.b = givenColumn(format.columnB, first, columns.header);
  columns.score = givenColumn(format.columnScore, first, columns.header);
  if (columns.a == columns.b || columns.score == columns.a || columns.score == columns.b) {
    throw Error(ErrorKind::BadInput, "id A, id B and score must be three different columns");
  }
  columns.layout.idsAreSequences = columns.header && plainName(first[columns.a]) == "query" &&
                                   plainName(first[columns.b]) == "text";
  return columns;
}

}  // namespace

std::optional<double> parseScore(std::string_view text) {
  if (isMissing(text)) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  return parseReal(text);
}

ScoreColumns findScoreColumns(const std::vector<std::string_view>& first,
                              const ScoreTableFormat& format) {
  if (!format.columnScore.empty()) {
    return asGiven(first, format);
  }
  const bool header = format.header == HeaderRule::Yes ||
                      (format.header == HeaderRule::Auto && looksLikeHeader(first));
  ScoreColumns columns = header ? byNames(first) : byShape(first);
  columns.header = header;
  return columns;
}

}  // namespace twofold::formats
