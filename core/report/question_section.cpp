#include <fmt/format.h>

#include <algorithm>

#include "core/report/sections.h"
#include "core/report/words.h"

namespace twofold::report {

namespace {

std::string shareText(std::int64_t part, std::int64_t whole) {
  return whole == 0 ? "–"
                    : fmt::format("{:.1f} %",
                                  100 * static_cast<double>(part) / static_cast<double>(whole));
}

Table sizesTable(const ExperimentFacts& facts) {
  Table table{"The split: labelled pairs of each part",
              {"part", "pairs", "positive", "share positive", "proteins"},
              {}};
  for (const auto part : data::kParts) {
    const auto& size = facts.size(part);
    table.rows.push_back({std::string(data::name(part)), countText(size.pairs),
                          countText(size.positives), shareText(size.positives, size.pairs),
                          countText(size.proteins)});
  }
  table.note = "The share of positives is the AUPRC of knowing nothing.";
  return table;
}

std::string optionsText(const data::SplitOptions& options) {
  std::vector<std::string> items;
  for (const auto& [name, value] : options) {
    items.push_back(fmt::format("{} {}", name, value.empty() ? "–" : value));
  }
  return items.empty() ? "" : fmt::format(" ({})", listText(items));
}

std::string_view lightWord(audit::Severity severity) {
  switch (severity) {
    case audit::Severity::Ok:
      return "green";
    case audit::Severity::Warn:
      return "amber";
    case audit::Severity::Bad:
      return "red";
    case audit::Severity::Skipped:
      break;
  }
  return "not looked at";
}

Tone toneOf(audit::Severity severity) {
  switch (severity) {
    case audit::Severity::Ok:
      return Tone::Good;
    case audit::Severity::Bad:
      return Tone::Bad;
    case audit::Severity::Warn:
    case audit::Severity::Skipped:
      break;
  }
  return Tone::Warn;
}

}  // namespace

std::string recipeText(const runs::RunSpec& spec) {
  if (spec.imported) {
    return spec.imported->name;
  }
  std::string channels;
  for (const auto& channel : spec.channels) {
    channels += (channels.empty() ? "" : " + ") + channel.id;
  }
  return fmt::format("{} · {} · {} · {}", spec.backbone.id, channels, spec.fusion.id, spec.head.id);
}

Blocks questionSection(const ExperimentFacts& facts) {
  if (!facts.hasPairs()) {
    return {
        Heading{"What was asked"},
        Paragraph{"These runs were imported with their numbers alone: the project knows neither "
                  "the pairs that they were measured on nor how those were split."}};
  }
  const auto& split = facts.split;
  const bool hasImported = std::any_of(facts.models.begin(), facts.models.end(), isImported);
  Blocks blocks = {
      Heading{"What was asked"},
      Paragraph{fmt::format(
          "Which of the {} below tells interacting from other pairs best, on the pair set "
          "{} ({} of {}, {} positive and {} negative; from {}) {}?",
          hasImported ? "models" : "recipes", facts.pairSet.name,
          countOf(facts.pairSet.pairs, "pair"), countOf(facts.proteins, "protein"),
          countText(facts.pairSet.positives), countText(facts.pairSet.negatives),
          facts.pairSet.source,
          facts.hasSplit() ? fmt::format("under the split {}", split.name) : "as a whole")}};
  if (!facts.hasSplit()) {
    blocks.push_back(Paragraph{
        fmt::format("The scores were imported for the whole set, which no split cuts: the project "
                    "does not know which of its pairs the models were trained on. The hash of ids, "
                    "sequences and labels is {}.",
                    facts.dataHash)});
    return blocks;
  }
  blocks.push_back(Paragraph{fmt::format(
      "The split was cut by the rule {}{}, seed {}; its hash is {}. The hash of ids, sequences and "
      "labels is {}.",
      split.rule, optionsText(split.options), split.seed, split.hash, facts.dataHash)});
  blocks.push_back(sizesTable(facts));
  return blocks;
}

Blocks auditSection(const ExperimentFacts& facts) {
  if (!facts.hasPairs()) {
    return {
        Heading{"Leakage audit"},
        Paragraph{"Nothing was looked for: the project has no pairs of these runs.", Tone::Warn}};
  }
  const auto light = audit::lightOf(facts.findings);
  Blocks blocks = {
      Heading{"Leakage audit"},
      Paragraph{fmt::format("The light of the audit is {}. {}", lightWord(light),
                            facts.wholeAudit
                                ? "All findings were looked for."
                                : "Only what is quick was looked for; near relatives and what is "
                                  "known of proteins are looked at with --audit."),
                toneOf(light)}};
  Table table{
      facts.hasSplit() ? "Findings on the pair set and its split" : "Findings on the pair set",
      {"finding", "light", "what", "count"},
      {},
      3};
  std::vector<std::string> cures;
  for (const auto& finding : facts.findings) {
    table.rows.push_back(
        {std::string(audit::infoOf(finding.kind).title), std::string(lightWord(finding.severity)),
         finding.what,
         finding.severity == audit::Severity::Skipped ? "–" : countText(finding.count)});
    if (!finding.cure.empty() && finding.severity != audit::Severity::Ok) {
      cures.push_back(finding.cure);
    }
  }
  blocks.push_back(std::move(table));
  for (auto& cure : cures) {
    blocks.push_back(Paragraph{"To do: " + cure});
  }
  return blocks;
}

}  // namespace twofold::report
