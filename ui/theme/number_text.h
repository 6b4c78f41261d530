// How numbers are written everywhere: three figures, signs, thin spaces, en dash when missing.
#pragma once

#include <QString>

namespace twofold::ui {

/// "0.873"; "–" for NaN.
[[nodiscard]] QString probabilityText(double value);
/// ".703 [.698, .708]" style without the leading zero dropped: "0.703 [0.698, 0.708]".
[[nodiscard]] QString intervalText(double value, double low, double high);
/// "+0.012", "−0.004".
[[nodiscard]] QString deltaText(double value);
/// "163 192" with thin spaces.
[[nodiscard]] QString countText(qint64 value);
/// "1 min 20 s", "4.2 s", "350 ms".
[[nodiscard]] QString durationText(double seconds);
/// "2.3 MiB".
[[nodiscard]] QString bytesText(qint64 bytes);

}  // namespace twofold::ui
