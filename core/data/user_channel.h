// A table of the user's as a channel: numbers a protein, or numbers a residue, and what was chosen
// for it. Values stay as they came; the channel normalises and pools them.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace twofold::data {

/// Standard: each column to mean 0 and deviation 1 over the training proteins. Unit: each row to
/// length 1 first. Log: sign(x) log(1 + |x|) first. None: as it is, not even cut.
enum class Normalisation { Standard, Unit, Log, None };
/// What a protein without a row is: no evidence, an error, or the mean of the training proteins.
enum class Missing { Mask, Refuse, Mean };
/// How residues become one row; MeanMax has twice the width.
enum class Pooling { Mean, MeanMax };

[[nodiscard]] std::string_view name(Normalisation normalisation) noexcept;
[[nodiscard]] std::string_view name(Missing missing) noexcept;
[[nodiscard]] std::string_view name(Pooling pooling) noexcept;
/// Throw Error(Usage) naming the nearest.
[[nodiscard]] Normalisation normalisationOf(const std::string& text);
[[nodiscard]] Missing missingOf(const std::string& text);
[[nodiscard]] Pooling poolingOf(const std::string& text);

struct UserChannel {
  std::string name;
  std::int64_t width = 0;  // numbers a protein, or a residue
  bool perResidue = false;
  Normalisation normalisation = Normalisation::Standard;
  Missing missing = Missing::Mask;
  Pooling pooling = Pooling::Mean;
  std::int64_t proteins = 0;  // that have a row
  std::string hash;           // of values, ids and choices: 64 hexadecimal digits
  std::string source;         // the file's name
  std::int64_t imported = 0;  // seconds since 1970

  /// Numbers a protein gives the model.
  [[nodiscard]] std::int64_t features() const {
    return perResidue && pooling == Pooling::MeanMax ? 2 * width : width;
  }
};

/// The channel with its numbers for some proteins.
struct UserTable {
  UserChannel channel;
  /// Of each protein: [width], or [residues, width]; empty for none.
  std::vector<std::vector<float>> rows;
};

/// What stands before the name in the id of a channel: "user:expression".
inline constexpr std::string_view kUserPrefix = "user:";
/// The option that records which table a run was made for: the channel's hash.
inline constexpr const char* kTableOption = "table";

[[nodiscard]] std::string userChannelId(std::string_view name);
[[nodiscard]] bool isUserChannel(std::string_view id) noexcept;
/// Of an id that isUserChannel().
[[nodiscard]] std::string userChannelName(std::string_view id);

/// A letter, then letters, digits and underscores, 40 at most, and none of `taken` in any case:
/// ids of parts that it would be mistaken for. Throws Error(Usage).
void requireUserChannelName(const std::string& name, std::span<const std::string> taken);

}  // namespace twofold::data
