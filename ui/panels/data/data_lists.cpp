#include "ui/panels/data/data_lists.h"

#include "core/store/pair_repository.h"
#include "core/store/protein_repository.h"
#include "core/store/structure_repository.h"
#include "core/store/user_channel_repository.h"

namespace twofold::ui {

namespace {
QString text(const std::string& value) {
  return QString::fromStdString(value);
}
QVariant count(std::int64_t value) {
  return {qlonglong{value}};
}
}  // namespace

std::vector<ValueTableModel::Row> pairSetRows(store::Database& database) {
  std::vector<ValueTableModel::Row> rows;
  for (const auto& set : store::PairRepository(database).sets()) {
    rows.push_back({{text(set.name), count(set.pairs), count(set.positives), count(set.negatives),
                     text(set.source)},
                    set.key});
  }
  return rows;
}

std::vector<ValueTableModel::Row> splitRows(store::Database& database) {
  std::vector<ValueTableModel::Row> rows;
  for (const auto& split : store::PairRepository(database).splits()) {
    rows.push_back({{text(split.pairSet), text(split.name), text(split.rule),
                     count(static_cast<std::int64_t>(split.seed)), count(split.train),
                     count(split.validation), count(split.test), text(split.hash.substr(0, 12))},
                    split.key});
  }
  return rows;
}

std::vector<ValueTableModel::Row> proteinRows(store::Database& database) {
  std::vector<ValueTableModel::Row> rows;
  for (const auto& protein : store::ProteinRepository(database).summaries()) {
    rows.push_back(
        {{text(protein.id), text(protein.name), text(protein.organism), count(protein.length),
          protein.hasStructure ? QObject::tr("yes") : QStringLiteral("–")},
         protein.key});
  }
  return rows;
}

std::vector<ValueTableModel::Row> structureRows(store::Database& database) {
  std::vector<ValueTableModel::Row> rows;
  for (const auto& structure : store::StructureRepository(database).structures()) {
    QStringList chains;
    std::int64_t residues = 0;
    for (const auto& chain : structure.chains) {
      chains << text(chain.chain);
      residues += chain.residues;
    }
    rows.push_back({{text(structure.id), text(structure.title), chains.join(' '), count(residues),
                     structure.predicted ? QObject::tr("predicted") : QObject::tr("experiment")},
                    structure.key});
  }
  return rows;
}

std::vector<ValueTableModel::Row> channelRows(store::Project& project) {
  std::vector<ValueTableModel::Row> rows;
  const auto proteins = store::ProteinRepository(project.database()).count();
  for (const auto& channel : store::UserChannelRepository(project).channels()) {
    const double covered =
        proteins == 0 ? 0
                      : 100 * static_cast<double>(channel.proteins) / static_cast<double>(proteins);
    rows.push_back({{text(channel.name), count(channel.width),
                     channel.perResidue ? QObject::tr("residues") : QObject::tr("proteins"),
                     count(channel.proteins), QObject::tr("%1 %").arg(covered, 0, 'f', 1),
                     QString::fromUtf8(data::name(channel.normalisation)),
                     QString::fromUtf8(data::name(channel.missing)), text(channel.source)},
                    static_cast<qint64>(rows.size()) + 1});
  }
  return rows;
}

}  // namespace twofold::ui
