#include <QApplication>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include "ui/theme/style_sheet.h"
#include "ui/theme/theme.h"

using namespace twofold::ui;

namespace {

/// The most opaque colour of a picture.
QColor inkOf(const QIcon& icon) {
  const QImage image = icon.pixmap(32).toImage();
  QColor ink(0, 0, 0, 0);
  for (int y = 0; y < image.height(); ++y) {
    for (int x = 0; x < image.width(); ++x) {
      const QColor color = image.pixelColor(x, y);
      if (color.alpha() > ink.alpha()) {
        ink = color;
      }
    }
  }
  return ink;
}

}  // namespace

class TestTheme : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theStyleSheetLeavesNoTokenUnfilled() {
    for (const auto mode : {ThemeMode::Light, ThemeMode::Dark}) {
      const QString sheet = styleSheet(tokens(mode));
      QVERIFY(!sheet.contains('%'));
      QVERIFY(sheet.contains(tokens(mode).accent.name()));
    }
  }

  void theStyleSheetsShapesAreThereInTheTokensColours() {
    for (const auto& [mode, name] :
         {std::pair{ThemeMode::Light, "light"}, {ThemeMode::Dark, "dark"}}) {
      const auto& colors = tokens(mode);
      for (const auto& [shape, color] :
           {std::pair{"check", colors.raised}, {"up", colors.muted}, {"down", colors.muted}}) {
        QFile file(QStringLiteral(":/icons/style/%1-%2.svg").arg(shape, name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(QString::fromUtf8(file.readAll()).contains(color.name(), Qt::CaseInsensitive));
        QVERIFY(styleSheet(colors).contains(file.fileName()));
      }
    }
  }

  void wordsOnThePrimaryButtonRead() {
    for (const auto mode : {ThemeMode::Light, ThemeMode::Dark}) {
      Theme theme(mode);
      QPushButton button;
      button.setProperty("role", "primary");
      button.ensurePolished();
      QVERIFY(contrastRatio(button.palette().color(QPalette::ButtonText), theme.colors().accent) >=
              4.5);
    }
  }

  void changingTheModeChangesThePaletteAndTells() {
    Theme theme(ThemeMode::Light);
    QSignalSpy changed(&theme, &Theme::changed);
    theme.setMode(ThemeMode::Dark);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(QApplication::palette().color(QPalette::Window), tokens(ThemeMode::Dark).surface);
    QCOMPARE(theme.colors().text, tokens(ThemeMode::Dark).text);
  }

  void everyIconIsThereInTheTextsColour() {
    Theme theme(ThemeMode::Dark);
    const auto names = QDir(QStringLiteral(":/icons")).entryList({"*.svg"});
    QVERIFY(names.contains("check.svg") && names.contains("triangle.svg"));
    for (const auto& name : names) {
      QCOMPARE(inkOf(theme.icon(name.chopped(4))), theme.colors().text);
    }
    QVERIFY(theme.icon(QStringLiteral("no such icon")).isNull());
  }

  void anIconCanTakeAStatesColour() {
    Theme theme(ThemeMode::Light);
    QCOMPARE(inkOf(theme.icon(QStringLiteral("cross"), theme.colors().bad)), theme.colors().bad);
  }

  void sizesFollowTheSystemsFont() {
    Theme theme(ThemeMode::Light);
    const double body = theme.font(Theme::Size::Body).pointSizeF();
    QCOMPARE(body, QApplication::font().pointSizeF());
    QVERIFY(theme.font(Theme::Size::Small).pointSizeF() < body);
    QVERIFY(theme.font(Theme::Size::Title).pointSizeF() > body);
    QVERIFY(theme.font(Theme::Size::Display).pointSizeF() >
            theme.font(Theme::Size::Title).pointSizeF());
    QVERIFY(QFontInfo(theme.monospace()).fixedPitch());
  }
};

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
