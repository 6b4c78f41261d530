// Whether a window can be shown here, asked before Qt would end the program without a word.
#pragma once

#include <QString>

namespace twofold::app {

/// A sentence with the cure, or empty when there is a display.
[[nodiscard]] QString displayProblem();

}  // namespace twofold::app
