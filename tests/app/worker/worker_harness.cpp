#include "worker_harness.h"

#include <fmt/format.h>

#include <QElapsedTimer>
#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "core/base/random.h"

namespace twofold::test {

namespace {

constexpr std::uint64_t kProteins = 60;
constexpr std::size_t kPairs = 200;

/// Proteins of even number are rich in lysine, those of odd number in leucine.
std::string madeUpFasta() {
  Random random(1);
  constexpr std::string_view kResidues = "ACDEFGHIKLMNPQRSTVWY";
  std::string text;
  for (std::uint64_t i = 0; i < kProteins; ++i) {
    text += fmt::format(">p{:02} Made-up protein {} OS=Nowhere\n", i, i);
    const auto length = 40 + random.below(40);
    for (std::uint64_t k = 0; k < length; ++k) {
      text += random.below(3) == 0 ? (i % 2 == 0 ? 'K' : 'L') : kResidues[random.below(20)];
    }
    text += '\n';
  }
  return text;
}

/// Proteins of one kind interact, mostly.
std::string madeUpPairs() {
  Random random(2);
  std::set<std::pair<std::uint64_t, std::uint64_t>> seen;
  std::string text;
  while (seen.size() < kPairs) {
    const auto a = random.below(kProteins);
    const auto b = random.below(kProteins);
    if (a == b || !seen.insert(std::minmax(a, b)).second) {
      continue;
    }
    const bool label = (a % 2 == b % 2) != (random.below(10) == 0);
    text += fmt::format("p{:02}\tp{:02}\t{}\n", a, b, label ? 1 : 0);
  }
  return text;
}

constexpr std::string_view kOneLetter = "ACDEFGHIKLMNPQRSTVWY";
constexpr std::array<std::string_view, 20> kThreeLetters = {
    "ALA", "CYS", "ASP", "GLU", "PHE", "GLY", "HIS", "ILE", "LYS", "LEU",
    "MET", "ASN", "PRO", "GLN", "ARG", "SER", "THR", "VAL", "TRP", "TYR"};

/// A C-alpha trace that winds like a helix, stretched more for one kind than for the other.
std::string madeUpPdb(const std::string& sequence, bool stretched) {
  std::string text;
  for (std::size_t i = 0; i < sequence.size(); ++i) {
    const double turn = 1.745 * static_cast<double>(i);
    text += fmt::format(
        "ATOM  {:5}  CA  {} A{:4}    {:8.3f}{:8.3f}{:8.3f}  1.00  0.00           C  \n", i + 1,
        kThreeLetters.at(kOneLetter.find(sequence[i])), i + 1, 2.3 * std::cos(turn),
        2.3 * std::sin(turn), (stretched ? 1.9 : 1.5) * static_cast<double>(i));
  }
  return text + "END\n";
}

}  // namespace

std::vector<Json> jsonLines(const std::string& text) {
  std::vector<Json> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) {
    const auto json = Json::parse(line, nullptr, false);
    lines.push_back(json.is_object() ? json : Json());
  }
  return lines;
}

WorkerResult runWorker(const QStringList& arguments) {
  QProcess process;
  process.start(TWOFOLD_WORKER, arguments);
  process.closeWriteChannel();
  WorkerResult result;
  if (!process.waitForFinished(120000) || process.exitStatus() != QProcess::NormalExit) {
    process.kill();
    process.waitForFinished();
    return result;
  }
  result.exitCode = process.exitCode();
  result.out = process.readAllStandardOutput().toStdString();
  result.err = process.readAllStandardError().toStdString();
  if (arguments.contains("--json")) {
    result.lines = jsonLines(result.out);
  }
  return result;
}

MadeUpProject::MadeUpProject() {
  write("proteins.fasta", madeUpFasta());
  write("pairs.tsv", madeUpPairs());
}

QString MadeUpProject::write(const QString& name, const std::string& text) const {
  const auto path = file(name);
  std::ofstream(path.toStdString(), std::ios::binary) << text;
  return path;
}

QStringList MadeUpProject::complete(QStringList arguments) const {
  return arguments << "--project" << project() << "--json";
}

WorkerResult MadeUpProject::run(QStringList arguments) const {
  return runWorker(complete(std::move(arguments)));
}

void MadeUpProject::start(QProcess& process, QStringList arguments) const {
  process.start(TWOFOLD_WORKER, complete(std::move(arguments)));
}

bool MadeUpProject::prepare() const {
  return run({"import", "proteins", file("proteins.fasta")}).exitCode == 0 &&
         run({"import", "pairs", file("pairs.tsv"), "--name", "made"}).exitCode == 0 &&
         run({"split", "--pairs", "made", "--rule", "random", "--name", "random"}).exitCode == 0;
}

bool MadeUpProject::prepareWithStructures() const {
  std::ifstream fasta(file("proteins.fasta").toStdString());
  const QString folder = file("structures");
  std::filesystem::create_directories(folder.toStdString());
  std::string header;
  std::string sequence;
  for (int i = 0; std::getline(fasta, header) && std::getline(fasta, sequence); ++i) {
    if (i >= 10 && i < 50) {
      write(QString("structures/p%1.pdb").arg(i), madeUpPdb(sequence, i % 2 == 1));
    }
  }
  return prepare() && run({"import", "structures", folder}).exitCode == 0;
}

QStringList MadeUpProject::trainCommand(const QString& channels, int epochs) const {
  return {"train",
          "--pairs",
          "made",
          "--split",
          "random",
          "--backbone",
          "composition",
          "--channels",
          channels,
          "--experiment",
          "test",
          "--threads",
          "1",
          "--set",
          QString("training.epochs=%1").arg(epochs),
          QString("training.patience=%1").arg(epochs),
          "training.batch_size=32"};
}

Json withoutDetails(Json parts) {
  for (auto& part : parts) {
    for (const char* detail : {"auprc_baseline", "precision_at", "protein_mcc", "best_f1"}) {
      part.erase(detail);
    }
  }
  return parts;
}

std::string readUntilEpoch(QProcess& process, int epoch) {
  std::string text;
  QElapsedTimer timer;
  timer.start();
  const auto wanted = "\"step\":" + std::to_string(epoch) + ",";
  while (text.find(wanted) == std::string::npos && timer.elapsed() < 60000) {
    process.waitForReadyRead(100);
    text += process.readAllStandardOutput().toStdString();
  }
  if (text.find(wanted) == std::string::npos) {
    qFatal("the run did not come to epoch %d", epoch);
  }
  return text;
}

}  // namespace twofold::test
