// `export`: runs as a CSV table or to MLflow, one run with all that belongs to it as a folder, or
// the report of an experiment.
#include <fmt/format.h>

#include <cstdlib>
#include <memory>
#include <optional>

#include "app/worker/audit_input.h"
#include "app/worker/commands/commands.h"
#include "app/worker/run_query_options.h"
#include "app/worker/text.h"
#include "core/audit/mmseqs.h"
#include "core/base/files.h"
#include "core/report/experiment_report.h"
#include "core/report/html.h"
#include "core/runs/exported_run.h"
#include "core/runs/run_csv.h"
#include "core/store/pair_repository.h"

namespace twofold::app {

namespace {

struct ExportOptions {
  RunQueryOptions query;
  std::string run;
  std::filesystem::path out;
};

struct ReportOptions {
  std::string experiment;
  std::filesystem::path out;
  bool audit = false;
};

void exportTable(Job& job, const ExportOptions& options) {
  auto project = job.openProject();
  store::RunColumns columns(project.database());
  const auto query = options.query.query(project.database());
  const auto table = query.columns.empty()
                         ? runs::tableOf(project.database(), columns, query, columns.names())
                         : runs::listRuns(project.database(), columns, query);
  writeFileAtomically(options.out, runs::toCsv(table));
  job.output.result({{{"command", "export runs"},
                      {"runs", table.ids.size()},
                      {"columns", table.columns.size() + 1},
                      {"out", options.out.string()}}},
                    fmt::format("{} runs with {} columns written to {}", table.ids.size(),
                                table.columns.size() + 1, options.out.string()));
}

void exportFolder(Job& job, const ExportOptions& options) {
  auto project = job.openProject();
  const auto written = runs::exportRun(project, options.run, options.out);
  job.output.result(
      {{{"command", "export folder"},
        {"run", options.run},
        {"files", written.files},
        {"bytes", written.bytes},
        {"why_not_repeatable", written.whyNotRepeatable},
        {"out", options.out.string()}}},
      fmt::format("Run {} with {} files ({}) written to {}{}", options.run, written.files,
                  bytesText(written.bytes), options.out.string(),
                  written.whyNotRepeatable.empty()
                      ? ""
                      : ". It cannot be trained again from there: " + written.whyNotRepeatable));
}

/// Every finding, as `audit` gives them by its defaults.
std::vector<audit::Finding> wholeAudit(Job& job, store::Project& project,
                                       const std::string& experiment) {
  const auto [pairSet, splitName] = report::pairsOf(project, experiment);
  if (pairSet.empty()) {
    return {};  // imported runs without their pairs
  }
  store::PairRepository repository(project.database());
  std::optional<data::Split> split;
  if (!splitName.empty()) {
    split = repository.split(repository.splitInfo(pairSet, splitName).key);
  }
  const auto subject = auditSubject(project, pairSet, split ? &*split : nullptr);
  audit::AuditRequest request;
  request.relatives = {{}, job.threads(), {}};
  if (const char* path = std::getenv("PATH"); path != nullptr) {
    request.relatives.mmseqs = audit::findMmseqs(path);
  }
  request.backbones = auditBackbones({});
  request.evidence = auditEvidence(project, pairSet, subject);
  request.leftOut = auditLeftOut(project, pairSet, split ? &*split : nullptr);
  return audit::audit(subject, request, job.output.progressSink(), job.stop);
}

void exportReport(Job& job, const ReportOptions& options) {
  if (options.out.extension() == ".pdf") {
    throw Error(ErrorKind::Usage,
                "this writes HTML; for PDF: twofold --report EXPERIMENT --out "
                "FILE.pdf --project PROJECT, or the window's Report");
  }
  auto project = job.openProject();
  report::FactsRequest request{options.experiment};
  if (options.audit) {
    request.findings = wholeAudit(job, project, options.experiment);
  }
  const auto facts = report::factsOf(project, request, job.output.progressSink(), job.stop);
  const auto html = report::htmlOf(report::reportOf(facts));
  writeFileAtomically(options.out, html);
  job.output.result(
      {{{"command", "export report"},
        {"experiment", options.experiment},
        {"models", facts.models.size()},
        {"controls", facts.controls.size()},
        {"part", data::name(facts.shown)},
        {"light",
         audit::name(facts.hasPairs() ? audit::lightOf(facts.findings) : audit::Severity::Skipped)},
        {"bytes", html.size()},
        {"out", options.out.string()}}},
      fmt::format("Report of {} on {} models and {} controls ({}) written to {}",
                  options.experiment, facts.models.size(), facts.controls.size(),
                  bytesText(static_cast<std::int64_t>(html.size())), options.out.string()));
}

void addReport(CLI::App& parent, CommandContext& context) {
  auto options = std::make_shared<ReportOptions>();
  auto* command = parent.add_subcommand(
      "report", "An experiment as one HTML file: audit, results, controls, figures, methods");
  command->add_option("--experiment", options->experiment, "The experiment")->required();
  command->add_option("--out", options->out, "HTML file; one that is there is replaced")
      ->required();
  command->add_flag("--audit", options->audit,
                    "Audit all, near relatives too; without it what is quick");
  command->callback(
      [options, &context] { context.work = [options](Job& job) { exportReport(job, *options); }; });
}

}  // namespace

void addExport(CLI::App& app, CommandContext& context) {
  auto* command = app.add_subcommand(
      "export", "Runs as a table or to MLflow, one run as a folder, an experiment as a report");
  auto options = std::make_shared<ExportOptions>();
  auto* table = command->add_subcommand("runs", "A CSV table of the runs, as runs list finds them");
  options->query.addTo(*table);
  options->query.addPageTo(*table);
  table->add_option("--out", options->out, "CSV file")->required();
  table->callback(
      [options, &context] { context.work = [options](Job& job) { exportTable(job, *options); }; });
  addReport(*command, context);
  auto* folder = command->add_subcommand(
      "folder", "One run with all that training it again needs, for another machine (import run)");
  folder->add_option("RUN", options->run, "The run's id")->required();
  folder->add_option("--out", options->out, "A new folder")->required();
  folder->callback(
      [options, &context] { context.work = [options](Job& job) { exportFolder(job, *options); }; });
  addExportMlflow(*command, context);
}

}  // namespace twofold::app
