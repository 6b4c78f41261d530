#include <fmt/format.h>

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
  std::string channels;
  for (const auto& channel : spec.channels) {
    channels += (channels.empty() ? "" : " + ") + channel.id;
  }
  return fmt::format("{} · {} · {} · {}", spec.backbone.id, channels, spec.fusion.id, spec.head.id);
}

Blocks questionSection(const ExperimentFacts& facts) {
  const auto& split = facts.split;
  return {Heading{"What was asked"},
          Paragraph{fmt::format(
              "Which of the recipes below tells interacting from other pairs best, on the pair set "
              "{} ({} of {}, {} positive and {} negative; from {}) under the split {}?",
              facts.pairSet.name, countOf(facts.pairSet.pairs, "pair"),
              countOf(facts.proteins, "protein"), countText(facts.pairSet.positives),
              countText(facts.pairSet.negatives), facts.pairSet.source, split.name)},
          Paragraph{fmt::format("The split was cut by the rule {}{}, seed {}; its hash is {}. The "
                                "hash of ids, sequences and labels is {}.",
                                split.rule, optionsText(split.options), split.seed, split.hash,
                                facts.dataHash)},
          sizesTable(facts)};
}

Blocks auditSection(const ExperimentFacts& facts) {
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
      "Findings on the pair set and its split", {"finding", "light", "what", "count"}, {}, 3};
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
