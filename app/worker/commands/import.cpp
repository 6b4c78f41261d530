// `import proteins|annotations|pairs|structures|channel|scores|mlflow|run`: files into the project,
// each with a counted report.
#include <fmt/format.h>

#include <memory>

#include "app/worker/commands/commands.h"
#include "app/worker/import_output.h"
#include "app/worker/pair_table_options.h"
#include "core/data/evidence_rule.h"
#include "core/imports/importers.h"
#include "core/mlflow/import_runs.h"

namespace twofold::app {

namespace {

/// Ends an import: folds the store's log into its file, then tells what was done.
void finish(Job& job, store::Project& project, const std::string& command,
            const imports::ImportReport& report) {
  project.database().checkpoint();
  job.output.result({reportJson(command, report)}, reportText(report));
}

void addProteins(CLI::App& parent, CommandContext& context) {
  auto files = std::make_shared<std::vector<std::filesystem::path>>();
  auto* command = parent.add_subcommand(
      "proteins", "FASTA files, UniProt text or XML with its annotations, plain or gzip");
  command->add_option("FILE", *files, "Files, told by their content")->required();
  command->callback([files, &context] {
    context.work = [files](Job& job) {
      auto project = job.openForWriting(true);
      finish(job, project, "import proteins",
             imports::importProteins(project, *files, job.watch()));
    };
  });
}

void addAnnotations(CLI::App& parent, CommandContext& context) {
  auto options = std::make_shared<imports::AnnotationImport>();
  auto* command = parent.add_subcommand(
      "annotations",
      "UniProt text or XML, org.Hs.eg.sqlite, GO.sqlite; all is kept with its evidence code");
  command->add_option("FILE", options->files, "Files, told by their content")->required();
  command
      ->add_option("--evidence", options->evidenceRule,
                   "Says how much a model sees under this rule: default, electronic or all")
      ->capture_default_str();
  command->callback([options, &context] {
    context.work = [options](Job& job) {
      static_cast<void>(data::evidenceRuleOf(options->evidenceRule));  // before a project is made
      auto project = job.openForWriting(true);
      finish(job, project, "import annotations",
             imports::importAnnotations(project, *options, job.watch()));
    };
  });
}

struct PairsOptions {
  std::filesystem::path file;
  std::string name;
  std::string rule;
  std::string together;
  std::uint64_t seed = 1;
  PairTableOptions table;
};

imports::ImportReport importPairs(Job& job, store::Project& project, const PairsOptions& options) {
  if (options.rule.empty() == options.file.empty()) {
    throw Error(ErrorKind::Usage, "give either a pair file or --rule co-complex");
  }
  if (options.rule.empty() && !options.together.empty()) {
    throw Error(ErrorKind::Usage, "--with goes with --rule co-complex");
  }
  if (options.rule.empty()) {
    return imports::importPairs(project, {options.file, options.name, options.table.format()},
                                job.watch());
  }
  return imports::makeComplexPairs(project, {options.name, options.seed, options.together});
}

void addPairs(CLI::App& parent, CommandContext& context) {
  auto options = std::make_shared<PairsOptions>();
  auto* command = parent.add_subcommand("pairs", "A pair file, or pairs made by a rule");
  command->add_option("FILE", options->file, "Two ids and perhaps a label a line, plain or gzip");
  command->add_option("--name", options->name, "Name of the new pair set")->required();
  command->add_option("--rule", options->rule, "Make the pairs by a rule instead of a file")
      ->check(CLI::IsMember({"co-complex"}));
  command->add_option("--with", options->together,
                      "The positives of this pair set join those of the rule");
  command->add_option("--seed", options->seed, "Of the rule's negatives");
  options->table.addTo(*command);
  command->callback([options, &context] {
    context.work = [options](Job& job) {
      auto project = job.openForWriting(true);
      finish(job, project, "import pairs", importPairs(job, project, *options));
    };
  });
}

struct ChannelOptions {
  imports::ChannelImport request;
  std::string normalisation = "standard";
  std::string missing = "mask";
  std::string nonFinite = "mask";
  std::string constant = "keep";
  std::string pooling = "mean";
};

imports::ChannelImport requestOf(const ChannelOptions& options, bool isPoolingGiven) {
  auto request = options.request;
  if (isPoolingGiven && !request.perResidue) {
    throw Error(ErrorKind::Usage, "--pooling goes with --per-residue");
  }
  request.normalisation = data::normalisationOf(options.normalisation);
  request.missing = data::missingOf(options.missing);
  request.pooling = data::poolingOf(options.pooling);
  request.refuseNonFinite = options.nonFinite == "refuse";
  request.dropConstant = options.constant == "drop";
  request.taken = builtinChannelIds();
  return request;
}

void addChannel(CLI::App& parent, CommandContext& context) {
  auto options = std::make_shared<ChannelOptions>();
  auto& request = options->request;
  auto* command = parent.add_subcommand(
      "channel", "A table of numbers of yours, which becomes the channel user:NAME");
  command
      ->add_option("FILE", request.file,
                   "An id and numbers a line, plain or gzip, or safetensors with a tensor an id")
      ->required();
  command->add_option("--name", request.name, "Letters, digits and underscores")->required();
  command->add_flag("--per-residue", request.perResidue,
                    "An id, a position from 1 and numbers a line, or tensors [residues, width]");
  command
      ->add_option(
          "--normalisation", options->normalisation,
          "standard: columns to mean 0, deviation 1 over the training proteins; unit: rows "
          "to length 1 first; log: sign(x) log(1 + |x|) first; none: as they are")
      ->check(CLI::IsMember({"standard", "unit", "log", "none"}))
      ->capture_default_str();
  command
      ->add_option("--missing", options->missing,
                   "A protein without a row has no evidence, is refused, or gets the mean of the "
                   "training proteins")
      ->check(CLI::IsMember({"mask", "refuse", "mean"}))
      ->capture_default_str();
  command
      ->add_option("--non-finite", options->nonFinite,
                   "A protein with NaN, infinity or an empty cell counts as without a row, or the "
                   "table is refused")
      ->check(CLI::IsMember({"mask", "refuse"}))
      ->capture_default_str();
  command->add_option("--constant", options->constant, "What becomes of columns that never vary")
      ->check(CLI::IsMember({"keep", "drop"}))
      ->capture_default_str();
  auto* pooling = command
                      ->add_option("--pooling", options->pooling,
                                   "How residues become one row; mean-max has twice the width")
                      ->check(CLI::IsMember({"mean", "mean-max"}))
                      ->capture_default_str();
  command->add_flag("--replace", request.replace,
                    "In place of the channel of this name; runs that used it keep its hash and are "
                    "refused");
  command->callback([options, pooling, &context] {
    const bool isPoolingGiven = pooling->count() > 0;
    context.work = [options, isPoolingGiven](Job& job) {
      const auto wanted = requestOf(*options, isPoolingGiven);
      auto project = job.openForWriting();
      finish(job, project, "import channel", imports::importChannel(project, wanted, job.watch()));
    };
  });
}

void addStructures(CLI::App& parent, CommandContext& context) {
  auto options = std::make_shared<imports::StructureImport>();
  auto* command = parent.add_subcommand(
      "structures",
      "PDB and mmCIF files or folders of them; broken ones are counted, the others kept");
  command->add_option("PATH", options->paths, "Files or folders")->required();
  command->add_option("--pairs", options->pairSet,
                      "Chain pairs in contact become positives of a new pair set of this name");
  command
      ->add_option("--radius", options->radius,
                   "Two residues are in contact when their C-alphas are at most this far apart, "
                   "in angstrom")
      ->check(CLI::Range(1.0F, 50.0F))
      ->capture_default_str();
  command->add_option("--contacts", options->contacts, "Fewest contacts that make an interface")
      ->check(CLI::Range(1, 10000))
      ->capture_default_str();
  auto match = std::make_shared<std::string>("exact");
  auto percent = std::make_shared<double>(100 * options->matching.identity);
  command
      ->add_option("--match", *match,
                   "What a chain becomes that is no protein by accession or equal sequence. exact: "
                   "a new protein, told with its best match. sequence: the protein it aligns with "
                   "best, if --identity and half of the chain agree; else it is left out and told")
      ->check(CLI::IsMember({"exact", "sequence"}))
      ->capture_default_str();
  command->add_option("--identity", *percent, "Least identity of --match sequence, in percent")
      ->check(CLI::Range(30.0, 100.0))
      ->capture_default_str();
  command->callback([options, match, percent, &context] {
    options->matching.bySequence = *match == "sequence";
    options->matching.identity = *percent / 100;
    context.work = [options](Job& job) {
      auto project = job.openForWriting(true);
      finish(job, project, "import structures",
             imports::importStructures(project, *options, job.watch()));
    };
  });
}

void addMlflow(CLI::App& parent, CommandContext& context) {
  auto request = std::make_shared<mlflow::RunImport>();
  auto* command = parent.add_subcommand(
      "mlflow",
      "The SQLite file of an MLflow server: its runs, to be read and compared, never run");
  command->add_option("FILE", request->file, "mlflow.db, of MLflow 1.0 to 3.17")->required();
  command->add_option("--experiment", request->experiment, "Only this one of MLflow's");
  command->callback([request, &context] {
    context.work = [request](Job& job) {
      auto project = job.openForWriting(true);
      finish(job, project, "import mlflow", mlflow::importRuns(project, *request, job.watch()));
    };
  });
}

}  // namespace

void addImport(CLI::App& app, CommandContext& context) {
  auto* command =
      app.add_subcommand("import", "Brings files into the project, with a counted report");
  addProteins(*command, context);
  addAnnotations(*command, context);
  addPairs(*command, context);
  addStructures(*command, context);
  addChannel(*command, context);
  addImportScores(*command, context);
  addMlflow(*command, context);
  addImportRun(*command, context);
}

}  // namespace twofold::app
