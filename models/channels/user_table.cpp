#include "models/channels/user_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/base/error.h"

namespace twofold::models {

namespace {

using data::Missing;
using data::Normalisation;
using data::Pooling;

/// The mean over residues, then the largest of each column where that was chosen.
std::vector<float> pooled(const std::vector<float>& rows, const data::UserChannel& channel) {
  const auto width = static_cast<std::size_t>(channel.width);
  const std::size_t residues = rows.size() / width;
  std::vector<double> sum(width, 0);
  std::vector<float> largest(rows.begin(), rows.begin() + channel.width);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    sum[i % width] += rows[i];
    largest[i % width] = std::max(largest[i % width], rows[i]);
  }
  std::vector<float> result;
  for (const double total : sum) {
    result.push_back(static_cast<float>(total / static_cast<double>(residues)));
  }
  if (channel.pooling == Pooling::MeanMax) {
    result.insert(result.end(), largest.begin(), largest.end());
  }
  return result;
}

/// To length 1; a row of zeros has no direction and stays.
void scaleToUnit(std::vector<float>& row) {
  double squares = 0;
  for (const float value : row) {
    squares += double{value} * double{value};
  }
  const double length = std::sqrt(squares);
  for (float& value : row) {
    value = length > 0 ? static_cast<float>(value / length) : value;
  }
}

/// What a protein gives the model: [features], of rows that are not empty.
std::vector<float> prepared(std::vector<float> rows, const data::UserChannel& channel) {
  if (channel.normalisation == Normalisation::Log) {
    for (float& value : rows) {
      value = std::copysign(std::log1p(std::fabs(value)), value);
    }
  }
  if (channel.perResidue) {
    rows = pooled(rows, channel);
  }
  if (channel.normalisation == Normalisation::Unit) {
    scaleToUnit(rows);
  }
  return rows;
}

class UserTable : public Channel {
 public:
  UserTable(std::string id, std::string hash) : m_id(std::move(id)), m_hash(std::move(hash)) {}

  void fit(const TrainingPart& part, const ChannelWork& work) override {
    const auto& table = tableOf(work.proteins);
    if (table.channel.missing != Missing::Mean) {
      return;
    }
    std::vector<double> sum(static_cast<std::size_t>(table.channel.features()), 0);
    double rows = 0;
    for (const auto protein : part.proteins) {
      throwIfStopped(work.stop);
      if (table.rows.at(protein).empty()) {
        continue;
      }
      const auto row = prepared(table.rows[protein], table.channel);
      for (std::size_t f = 0; f < row.size(); ++f) {
        sum[f] += row[f];
      }
      ++rows;
    }
    m_mean.clear();
    for (const double total : sum) {
      if (rows > 0) {
        m_mean.push_back(static_cast<float>(total / rows));
      }
    }
  }

  [[nodiscard]] ChannelState state() const override {
    ChannelState state;
    if (!m_mean.empty()) {
      state.put("mean", m_mean);
    }
    return state;
  }

  void restore(const ChannelState& state) override {
    m_mean = state.arrays().contains("mean") ? state.floats("mean") : std::vector<float>();
  }

  [[nodiscard]] ChannelInputs inputs(const ChannelWork& work) override {
    const auto& table = tableOf(work.proteins);
    const auto total = static_cast<std::int64_t>(table.rows.size());
    ChannelInputs inputs{1, table.channel.features(), {}, {}};
    inputs.standardised = table.channel.normalisation != Normalisation::None;
    inputs.values.reserve(table.rows.size() * static_cast<std::size_t>(inputs.features));
    for (std::int64_t i = 0; i < total; ++i) {
      throwIfStopped(work.stop);
      const auto protein = static_cast<std::size_t>(i);
      const auto row = rowOf(table, protein, work.proteins.ids[protein]);
      inputs.present.push_back(row.empty() ? 0 : 1);
      inputs.values.insert(inputs.values.end(), row.begin(), row.end());
      inputs.values.resize((protein + 1) * static_cast<std::size_t>(inputs.features), 0);
      if (work.progress) {
        work.progress({"Reading tables", i + 1, total, "proteins"});
      }
    }
    return inputs;
  }

 private:
  [[nodiscard]] std::vector<float> rowOf(const data::UserTable& table, std::size_t protein,
                                         const std::string& id) const {
    if (!table.rows[protein].empty()) {
      return prepared(table.rows[protein], table.channel);
    }
    if (table.channel.missing == Missing::Refuse) {
      throw Error(ErrorKind::BadInput,
                  fmt::format("protein \"{}\" has no row in the table of channel {}, which was "
                              "imported with --missing refuse; leave the protein out, or import "
                              "the table with --missing mask and train anew",
                              id, m_id));
    }
    return m_mean;  // empty where missing proteins are masked
  }

  [[nodiscard]] const data::UserTable& tableOf(const ProteinInputs& proteins) const {
    const auto found = proteins.tables.find(m_id);
    if (found == proteins.tables.end() || found->second.rows.size() != proteins.ids.size()) {
      throw Error(ErrorKind::Internal,
                  fmt::format("the proteins came without the table of channel {}", m_id));
    }
    if (found->second.channel.hash != m_hash) {
      throw Error(ErrorKind::Usage,
                  fmt::format("the table of channel {} is another than the one that the run was "
                              "made for; put the former back, or start a new run",
                              m_id));
    }
    return found->second;
  }

  std::string m_id;
  std::string m_hash;
  std::vector<float> m_mean;  // of the training proteins' rows, where missing ones get it
};

}  // namespace

std::unique_ptr<Channel> makeUserTable(const runs::PartSpec& spec) {
  const auto found = spec.options.find(data::kTableOption);
  const auto* hash =
      found == spec.options.end() ? nullptr : std::get_if<std::string>(&found->second);
  if (hash == nullptr || spec.options.size() != 1) {
    throw Error(ErrorKind::Usage,
                fmt::format("channel {} takes one option, {}, the hash of its table", spec.id,
                            data::kTableOption));
  }
  return std::make_unique<UserTable>(spec.id, *hash);
}

}  // namespace twofold::models
