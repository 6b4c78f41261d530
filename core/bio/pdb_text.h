// A PDB file's text cut down to the records this program uses, checked and padded, so that
// nothing of it can lead gemmi's reader astray.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace twofold::bio {

struct PdbText {
  std::string text;                // each line 80 printable characters and '\n'
  std::vector<std::size_t> lines;  // of the file, for each line of `text`
  std::size_t models = 1;          // how many the file has; `text` holds the first
  bool atomsAfterEnd = false;      // left out, as END closes the file
};

/// Keeps HEADER, TITLE, EXPDTA, DBREF, SEQRES and the first model's ATOM and HETATM records without
/// anything behind a chain's last TER that is a HETATM (ligands, waters). TER itself is dropped:
/// merged chains of docking benchmarks have it in their middle. gemmi 0.5.7 reads past the end of
/// short lines, hence the padding. Throws Error(BadInput) as "file:line: reason" for an atom
/// whose coordinates are no numbers or whose line is cut short, and when nothing in the text is a
/// PDB record.
[[nodiscard]] PdbText sanitisedPdb(std::string_view text, std::string_view file);

}  // namespace twofold::bio
