#include "ui/theme/number_text.h"

#include <array>
#include <cmath>

namespace twofold::ui {

namespace {

const QString kMissing = QStringLiteral("–");

QString fixed(double value, int digits) {
  return QString::number(value, 'f', digits);
}

}  // namespace

QString probabilityText(double value) {
  return std::isnan(value) ? kMissing : fixed(value, 3);
}

QString intervalText(double value, double low, double high) {
  if (std::isnan(value)) {
    return kMissing;
  }
  return QString("%1 [%2, %3]").arg(fixed(value, 3), probabilityText(low), probabilityText(high));
}

QString deltaText(double value) {
  if (std::isnan(value)) {
    return kMissing;
  }
  return (value < 0 ? QStringLiteral("−") : QStringLiteral("+")) + fixed(std::abs(value), 3);
}

QString countText(qint64 value) {
  QString digits = QString::number(std::abs(value));
  for (auto position = digits.size() - 3; position > 0; position -= 3) {
    digits.insert(position, QChar(0x2009));
  }
  return value < 0 ? QStringLiteral("−") + digits : digits;
}

QString durationText(double seconds) {
  if (std::isnan(seconds) || seconds < 0) {
    return kMissing;
  }
  if (seconds < 1) {
    return QString("%1 ms").arg(std::lround(seconds * 1000));
  }
  if (seconds < 10) {
    return QString("%1 s").arg(fixed(seconds, 1));
  }
  const long whole = std::lround(seconds);
  if (whole < 60) {
    return QString("%1 s").arg(whole);
  }
  if (whole < 3600) {
    return QString("%1 min %2 s").arg(whole / 60).arg(whole % 60);
  }
  return QString("%1 h %2 min").arg(whole / 3600).arg(whole / 60 % 60);
}

QString bytesText(qint64 bytes) {
  static constexpr std::array kUnits = {"B", "KiB", "MiB", "GiB", "TiB"};
  auto value = static_cast<double>(bytes);
  std::size_t unit = 0;
  while (value >= 1024 && unit + 1 < kUnits.size()) {
    value /= 1024;
    ++unit;
  }
  return QString("%1 %2").arg(unit == 0 ? QString::number(bytes) : fixed(value, 1), kUnits[unit]);
}

}  // namespace twofold::ui
