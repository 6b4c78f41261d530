#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "core/base/error.h"
#include "core/formats/number_table.h"
#include "core/formats/tensor_rows.h"
#include "core/imports/channel_rows.h"
#include "core/imports/importers.h"
#include "core/store/channel_hash.h"
#include "core/store/user_channel_repository.h"

namespace twofold::imports {

namespace {

constexpr std::int64_t kWidest = 16'384;  // numbers a row
constexpr std::size_t kNamed = 5;         // of a list in a sentence

/// "a, b, c and 12 more".
std::string listed(const std::vector<std::string>& names) {
  const auto shown = std::min(names.size(), kNamed);
  auto text = fmt::format(
      "{}", fmt::join(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(shown), ", "));
  return shown < names.size() ? fmt::format("{} and {} more", text, names.size() - shown) : text;
}

void requireFreeName(store::Project& project, const ChannelImport& request) {
  data::requireUserChannelName(request.name, request.taken);
  const auto existing = store::UserChannelRepository(project).find(request.name);
  if (existing && (!request.replace || existing->name != request.name)) {
    throw Error(ErrorKind::Usage,
                fmt::format("there is a channel \"{}\" already, from {}; give another name, or "
                            "--replace to put this table in its place",
                            existing->name, existing->source));
  }
}

formats::NumberTable readTable(const ChannelImport& request, ChannelRows& rows,
                               const Watch& watch) {
  const auto consumed = [&](std::string_view unit) {
    return [&watch, unit](std::int64_t done, std::int64_t total) {
      throwIfStopped(watch.stop);
      if (watch.progress) {
        watch.progress({"Reading the table", done, total, std::string(unit)});
      }
    };
  };
  if (request.file.extension() == ".safetensors" || formats::looksLikeSafetensors(request.file)) {
    const auto take = [&](const formats::TensorRows& tensor) {
      request.perResidue ? rows.addResidues(tensor.id, tensor.residues, tensor.values)
                         : rows.addProtein(tensor.id, tensor.values, 0);
    };
    return {{},
            formats::readTensorRows(request.file, request.perResidue, kWidest, take,
                                    consumed("tensors"))};
  }
  const formats::NumberTableFormat format{request.perResidue, kWidest,
                                          [&](std::string_view id) { return rows.isProtein(id); }};
  const auto take = [&](const formats::NumberRow& row) {
    request.perResidue ? rows.addResidue(row.id, row.position, row.values, row.line)
                       : rows.addProtein(row.id, row.values, row.line);
  };
  return formats::readNumberTable(request.file, format, take, consumed("bytes"));
}

/// Names constant columns, and drops them where that was asked for; the width that is left.
std::int64_t settleConstantColumns(const ChannelImport& request, const formats::NumberTable& table,
                                   store::ChannelValues& values, ImportReport& report) {
  const auto constant = constantColumns(values, table.width);
  if (constant.empty()) {
    return table.width;
  }
  if (constant.size() == static_cast<std::size_t>(table.width)) {
    throw badInput(request.file.filename().string(), 0,
                   "every column is the same for all proteins of the project, so there is nothing "
                   "to learn from");
  }
  std::vector<std::string> names;
  names.reserve(constant.size());
  for (const auto column : constant) {
    names.push_back(table.columns.empty() ? fmt::format("number {}", column + 1)
                                          : table.columns[column]);
  }
  report.notes.push_back(fmt::format("{} of {} columns are constant and were {}: {}.",
                                     constant.size(), table.width,
                                     request.dropConstant ? "dropped" : "kept", listed(names)));
  if (!request.dropConstant) {
    return table.width;
  }
  dropColumns(values, table.width, constant);
  return table.width - static_cast<std::int64_t>(constant.size());
}

void noteMissing(const ChannelImport& request, const ChannelRows& rows, std::size_t proteins,
                 ImportReport& report) {
  const auto without = rows.without();
  if (without.empty()) {
    report.notes.push_back(fmt::format("All {} proteins of the project have a row.", proteins));
    return;
  }
  if (request.missing == data::Missing::Refuse) {
    throw badInput(request.file.filename().string(), 0,
                   fmt::format("{} of {} proteins of the project have no row that can be used: {}; "
                               "complete the table, or give --missing mask or --missing mean",
                               without.size(), proteins, listed(without)));
  }
  report.notes.push_back(
      fmt::format("{} of {} proteins of the project have a row; {} have none and {}: {}.",
                  proteins - without.size(), proteins, without.size(),
                  request.missing == data::Missing::Mean ? "get the mean of the training proteins"
                                                         : "are masked",
                  listed(without)));
}

void noteLengths(const data::UserChannel& channel, const store::ChannelValues& values,
                 ImportReport& report) {
  if (channel.normalisation == data::Normalisation::Unit && !channel.perResidue) {
    std::int64_t zeros = 0;
    for (std::size_t i = 0; i < values.proteins.size(); ++i) {
      const auto* row = values.values.data() + i * static_cast<std::size_t>(channel.width);
      zeros +=
          std::all_of(row, row + channel.width, [](float value) { return value == 0; }) ? 1 : 0;
    }
    if (zeros > 0) {
      report.notes.push_back(
          fmt::format("{} rows are zero throughout; they have no direction and stay zero.", zeros));
    }
  }
}

}  // namespace

ImportReport importChannel(store::Project& project, const ChannelImport& request,
                           const Watch& watch) {
  requireFreeName(project, request);
  ImportReport report;
  ChannelRows rows(project, request, report);
  const auto proteins = rows.proteins();
  const auto table = readTable(request, rows, watch);
  auto values = rows.taken(table.width);
  noteMissing(request, rows, proteins, report);
  data::UserChannel channel;
  channel.name = request.name;
  channel.width = settleConstantColumns(request, table, values, report);
  channel.perResidue = request.perResidue;
  channel.normalisation = request.normalisation;
  channel.missing = request.missing;
  channel.pooling = request.pooling;
  channel.proteins = static_cast<std::int64_t>(values.proteins.size());
  channel.source = request.file.filename().string();
  channel.imported = std::chrono::duration_cast<std::chrono::seconds>(
                         std::chrono::system_clock::now().time_since_epoch())
                         .count();
  if (!table.columns.empty()) {
    report.notes.push_back(
        fmt::format("The first line was read as the header of {} columns.", table.columns.size()));
  }
  noteLengths(channel, values, report);
  channel.hash = store::channelHash(project.database(), channel, values);
  throwIfStopped(watch.stop);
  store::UserChannelRepository(project).store(channel, values);
  report.notes.push_back(fmt::format(
      "The channel is {}: {} numbers a {}, normalisation {}{}.", data::userChannelId(channel.name),
      channel.width, channel.perResidue ? "residue" : "protein", data::name(channel.normalisation),
      channel.perResidue ? fmt::format(", pooled by {}", data::name(channel.pooling)) : ""));
  return report;
}

}  // namespace twofold::imports
