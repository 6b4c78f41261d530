// The application's style sheet, written from the tokens.
#pragma once

#include <QString>

#include "ui/theme/tokens.h"

namespace twofold::ui {

[[nodiscard]] QString styleSheet(const Tokens& tokens);

}  // namespace twofold::ui
