// `audit`: what in a pair set or its split would make a result look better than it is.
#include <fmt/format.h>

#include <cstdlib>
#include <memory>
#include <optional>

#include "app/worker/audit_input.h"
#include "app/worker/audit_report.h"
#include "app/worker/commands/commands.h"
#include "app/worker/text.h"
#include "core/audit/fixed_split.h"
#include "core/audit/mmseqs.h"
#include "core/store/pair_repository.h"

namespace twofold::app {

namespace {

constexpr const char* kImportNote =
    "Imports leave repeated, contradictory and self pairs out and count them in their own report; "
    "the store keeps no such counts, so these findings are on what it holds.";

struct AuditOptions {
  std::string pairs;
  std::string split;
  std::string fix;
  std::vector<std::string> without;
  std::filesystem::path rows;
  std::vector<std::filesystem::path> weights;
  audit::RelativeRule rule;
  bool noRelatives = false;
  bool noMmseqs = false;
};

void requireSense(const AuditOptions& options) {
  if (!options.fix.empty() && options.split.empty()) {
    throw Error(ErrorKind::Usage, "--fix makes a split from another: name that by --split");
  }
  if (!options.without.empty() && options.fix.empty()) {
    throw Error(ErrorKind::Usage, "--without says what --fix leaves out: give --fix a name");
  }
  if (options.fix == options.split && !options.fix.empty()) {
    throw Error(ErrorKind::Usage, "a split is frozen: give --fix another name than --split");
  }
}

std::vector<audit::Kind> kindsOf(const std::vector<std::string>& names) {
  std::vector<audit::Kind> kinds;
  for (const auto& name : names) {
    kinds.push_back(audit::kindFromName(name));
  }
  return kinds;
}

audit::AuditRequest requestOf(Job& job, store::Project& project, const AuditOptions& options,
                              const audit::Subject& subject, const data::Split* split) {
  audit::AuditRequest request;
  request.withRelatives = !options.noRelatives;
  request.relatives = {options.rule, job.threads(), {}};
  if (const char* path = std::getenv("PATH"); path != nullptr && !options.noMmseqs) {
    request.relatives.mmseqs = audit::findMmseqs(path);
  }
  request.backbones = auditBackbones(options.weights);
  request.evidence = auditEvidence(project, options.pairs, subject);
  request.leftOut = auditLeftOut(project, options.pairs, split);
  return request;
}

std::optional<data::Split> splitOf(store::Project& project, const AuditOptions& options) {
  store::PairRepository repository(project.database());
  (void)repository.set(options.pairs);  // names the nearest set before any split is looked for
  if (options.split.empty()) {
    return std::nullopt;
  }
  return repository.split(repository.splitInfo(options.pairs, options.split).key);
}

formats::Json jsonOf(const audit::FixedSplit& fixed, const data::SplitInfo& info) {
  formats::Json leftOut = formats::Json::object();
  for (const auto& [kind, count] : fixed.leftOut) {
    leftOut[std::string(audit::infoOf(kind).id)] = count;
  }
  return {{"split", info.name},
          {"hash", info.hash},
          {"rule", info.rule},
          {"train", info.train},
          {"validation", info.validation},
          {"test", info.test},
          {"left_out", leftOut},
          {"pairs_left_out", fixed.pairs}};
}

/// Makes the split, audits it too; JSON for the result and text for people.
std::pair<formats::Json, std::string> fix(Job& job, store::Project& project,
                                          const AuditOptions& options, const data::Split& split,
                                          std::span<const audit::Finding> findings,
                                          audit::AuditRequest request) {
  const auto fixed = audit::splitWithout(split, options.split, findings, kindsOf(options.without));
  store::PairRepository repository(project.database());
  store::Transaction transaction(project.database());
  static_cast<void>(
      repository.insertSplit(options.fix, repository.set(options.pairs).key, fixed.split));
  transaction.commit();
  project.database().checkpoint();
  const auto info = repository.splitInfo(options.pairs, options.fix);
  job.output.say(fmt::format("Auditing the new split {}.", options.fix));
  const auto subject = auditSubject(project, options.pairs, &fixed.split);
  request.leftOut = auditLeftOut(project, options.pairs, &fixed.split);
  const auto after = audit::audit(subject, request, job.output.progressSink(), job.stop);
  auto json = jsonOf(fixed, info);
  json["light"] = audit::name(audit::lightOf(after));
  json["findings"] = toJson(after, subject);
  return {std::move(json),
          fmt::format("\nSplit {} without {}: {} train, {} validation, {} test pairs, hash {}\n"
                      "Its own audit: {}\n{}",
                      info.name, countText(fixed.pairs) + (fixed.pairs == 1 ? " pair" : " pairs"),
                      countText(info.train), countText(info.validation), countText(info.test),
                      info.hash.substr(0, 12), lightText(audit::lightOf(after)),
                      auditText(after, subject))};
}

void runAudit(Job& job, const AuditOptions& options) {
  requireSense(options);
  auto project = options.fix.empty() ? job.openProject() : job.openForWriting();
  const auto split = splitOf(project, options);
  const auto subject = auditSubject(project, options.pairs, split ? &*split : nullptr);
  const auto request = requestOf(job, project, options, subject, split ? &*split : nullptr);
  const auto findings = audit::audit(subject, request, job.output.progressSink(), job.stop);
  const auto light = audit::lightOf(findings);
  formats::Json body = {
      {"command", "audit"},
      {"pairs", options.pairs},
      {"split", options.split.empty() ? formats::Json() : formats::Json(options.split)},
      {"light", audit::name(light)},
      {"findings", toJson(findings, subject)},
      {"mmseqs", !options.noRelatives && !request.relatives.mmseqs.empty()},
      {"notes", formats::Json::array({kImportNote})}};
  auto text = fmt::format("Audit of {}{}: {}\n{}\n{}", options.pairs,
                          options.split.empty() ? "" : fmt::format(", split {}", options.split),
                          lightText(light), auditText(findings, subject), kImportNote);
  if (!options.rows.empty()) {
    body["rows_written"] = writeAuditRows(options.rows, findings, subject);
  }
  if (!options.fix.empty()) {
    auto [json, more] = fix(job, project, options, *split, findings, request);
    body["fixed"] = std::move(json);
    text += more;
  }
  job.output.result({body}, text);
}

}  // namespace

void addAudit(CLI::App& app, CommandContext& context) {
  auto options = std::make_shared<AuditOptions>();
  auto* command = app.add_subcommand(
      "audit", "What in a pair set or a split would make results look better than they are");
  command->add_option("--pairs", options->pairs, "The pair set")->required();
  command->add_option("--split", options->split,
                      "One of its splits; without it the set as a whole");
  command->add_option("--fix", options->fix,
                      "Make a split of this name without what was found: offending pairs leave "
                      "training; repeated, contradictory and self pairs leave every part");
  command
      ->add_option("--without", options->without,
                   "Of which findings --fix leaves pairs out, as in shared_pair,near_relative; "
                   "without it of all")
      ->delimiter(',');
  command->add_option("--rows", options->rows, "Write all offending rows to this table (TSV)");
  command
      ->add_option("--identity", options->rule.identity,
                   "Near relatives: at least this share of the aligned stretch is identical")
      ->check(CLI::Range(0.2, 1.0))
      ->capture_default_str();
  command
      ->add_option("--coverage", options->rule.coverage,
                   "Near relatives: at least this share of the shorter sequence is aligned")
      ->check(CLI::Range(0.1, 1.0))
      ->capture_default_str();
  command
      ->add_option("--weights", options->weights,
                   "Folders of weights whose manifests of pre-training sequences are looked at, "
                   "beside the one that comes with the program")
      ->delimiter(',');
  command->add_flag("--no-relatives", options->noRelatives, "Look for no near relatives");
  command->add_flag("--no-mmseqs", options->noMmseqs, "Do not use MMseqs2 where it is installed");
  command->callback(
      [options, &context] { context.work = [options](Job& job) { runAudit(job, *options); }; });
}

}  // namespace twofold::app
