#include "ui/report/pdf_report.h"

#include <QAbstractTextDocumentLayout>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgRenderer>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextObjectInterface>
#include <QTextTable>
#include <variant>

#include "core/base/error.h"
#include "core/report/svg.h"

namespace twofold::ui {

namespace {

constexpr int kFigure = QTextFormat::UserObject + 1;
constexpr int kSvg = QTextFormat::UserProperty + 1;
constexpr int kSize = QTextFormat::UserProperty + 2;

constexpr int kResolution = 300;  // device units an inch
constexpr double kTextSize = 9, kTableSize = 7, kCodeSize = 7, kHeadingSize = 12, kTitleSize = 17;

// Paper is light: the light theme's colours.
const QColor kText(0x1C, 0x1D, 0x1F);
const QColor kMutedText(0x5A, 0x5D, 0x63);
const QColor kSunken(0xF0, 0xF0, 0xEC);
const QColor kRule(0xD8, 0xD8, 0xD4);
const QColor kGood(0x1E, 0x8E, 0x5A);
const QColor kWarn(0xB7, 0x79, 0x1F);
const QColor kBad(0xC4, 0x37, 0x2C);

QString text(const std::string& words) {
  return QString::fromStdString(words);
}

/// Draws the SVG that its format carries; a text object is an image that stays a vector.
class FigureObject : public QObject, public QTextObjectInterface {
  Q_OBJECT
  Q_INTERFACES(QTextObjectInterface)
 public:
  QSizeF intrinsicSize(QTextDocument* /*document*/, int /*position*/,
                       const QTextFormat& format) override {
    return format.property(kSize).toSizeF();
  }
  void drawObject(QPainter* painter, const QRectF& rect, QTextDocument* /*document*/,
                  int /*position*/, const QTextFormat& format) override {
    QSvgRenderer(format.property(kSvg).toByteArray()).render(painter, rect);
  }
};

QTextCharFormat charFormat(double size, const QColor& colour = kText, bool isBold = false) {
  QTextCharFormat format;
  format.setFontPointSize(size);
  format.setForeground(colour);
  format.setFontWeight(isBold ? QFont::Bold : QFont::Normal);
  return format;
}

QTextBlockFormat blockFormat(double above, double below) {
  QTextBlockFormat format;
  format.setTopMargin(above);
  format.setBottomMargin(below);
  return format;
}

/// Writes blocks one after the other into a document.
class Writer {
 public:
  Writer(QTextDocument& document, double width) : m_cursor(&document), m_width(width) {}

  void writeTitle(const report::Report& report) {
    m_cursor.setBlockFormat(blockFormat(0, 2));
    m_cursor.insertText(text(report.title), charFormat(kTitleSize, kText, true));
    paragraph(report.subtitle, charFormat(kTextSize, kMutedText), blockFormat(0, 4));
  }

  void operator()(const report::Heading& heading) {
    auto format = blockFormat(14, 4);
    format.setHeadingLevel(2);
    paragraph(heading.text, charFormat(kHeadingSize, kText, true), format);
  }

  void operator()(const report::Paragraph& block) {
    if (block.tone == report::Tone::Plain) {
      paragraph(block.text, charFormat(kTextSize), blockFormat(2, 4));
      commands(block.commands);
      return;
    }
    const QColor colour = block.tone == report::Tone::Good   ? kGood
                          : block.tone == report::Tone::Warn ? kWarn
                                                             : kBad;
    const QString word = block.tone == report::Tone::Good   ? QStringLiteral("✓ GOOD")
                         : block.tone == report::Tone::Warn ? QStringLiteral("▲ CAUTION")
                                                            : QStringLiteral("✕ PROBLEM");
    QTextTableFormat format = tableFormat();
    format.setBorder(1);
    format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
    format.setBorderBrush(colour);
    format.setCellPadding(6);
    begin(1, 1, format);
    m_cursor.insertText(word, charFormat(kTableSize, colour, true));
    paragraph(block.text, charFormat(kTextSize), blockFormat(2, 2));
    commands(block.commands);
    end();
  }

  void operator()(const report::Table& table) {
    paragraph(table.caption, charFormat(kTextSize, kMutedText), blockFormat(6, 2));
    QTextTableFormat format = tableFormat();
    format.setHeaderRowCount(1);
    format.setCellPadding(2.5);
    auto* cells = begin(static_cast<int>(table.rows.size()) + 1,
                        static_cast<int>(table.columns.size()), format);
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      cell(*cells, 0, c, table.columns[c], c < table.words, true);
    }
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
      for (std::size_t c = 0; c < table.rows[r].size(); ++c) {
        cell(*cells, static_cast<int>(r) + 1, c, table.rows[r][c], c < table.words, false);
      }
    }
    end();
    if (!table.note.empty()) {
      paragraph(table.note, charFormat(kTableSize, kMutedText), blockFormat(2, 4));
    }
  }

  /// The captions of a row stand above its pictures.
  void operator()(const report::Figures& row) {
    auto* cells = begin(2, static_cast<int>(row.figures.size()), tableFormat());
    for (std::size_t i = 0; i < row.figures.size(); ++i) {
      auto caption = cells->cellAt(0, static_cast<int>(i)).firstCursorPosition();
      caption.setBlockFormat(blockFormat(8, 2));
      caption.insertText(text(row.figures[i].caption), charFormat(kTextSize, kMutedText));
      auto place = cells->cellAt(1, static_cast<int>(i)).firstCursorPosition();
      insertFigure(place, row.figures[i],
                   m_width / static_cast<double>(std::max<std::size_t>(
                                 row.figures.size(), row.figures[i].rows.empty() ? 2 : 1)));
    }
    end();
  }

 private:
  static QTextTableFormat tableFormat() {
    QTextTableFormat format;
    format.setBorder(0);
    format.setCellSpacing(0);
    format.setBorderCollapse(true);
    format.setWidth(QTextLength(QTextLength::PercentageLength, 100));
    return format;
  }

  QTextTable* begin(int rows, int columns, const QTextTableFormat& format) {
    m_cursor.insertBlock(blockFormat(0, 0), charFormat(1));
    auto* table = m_cursor.insertTable(rows, columns, format);
    m_cursor = table->cellAt(0, 0).firstCursorPosition();
    return table;
  }
  void end() { m_cursor.movePosition(QTextCursor::End); }

  void paragraph(const std::string& words, const QTextCharFormat& chars,
                 const QTextBlockFormat& block) {
    m_cursor.insertBlock(block, chars);
    m_cursor.insertText(text(words), chars);
  }

  void commands(const std::vector<std::string>& lines) {
    auto chars = charFormat(kCodeSize);
    chars.setFontFamilies({QStringLiteral("monospace")});
    chars.setFontFixedPitch(true);
    for (const auto& line : lines) {
      auto block = blockFormat(0, 2);
      block.setBackground(kSunken);
      paragraph(line, chars, block);
    }
  }

  static void cell(QTextTable& table, int row, std::size_t column, const std::string& words,
                   bool isWord, bool isHeader) {
    auto cell = table.cellAt(row, static_cast<int>(column));
    QTextTableCellFormat format;
    format.setBottomBorder(1);
    format.setBottomBorderStyle(QTextFrameFormat::BorderStyle_Solid);
    format.setBottomBorderBrush(kRule);
    cell.setFormat(format);
    auto cursor = cell.firstCursorPosition();
    QTextBlockFormat block;
    block.setAlignment(isWord ? Qt::AlignLeft : Qt::AlignRight);
    cursor.setBlockFormat(block);
    cursor.insertText(text(words), charFormat(kTableSize, isHeader ? kMutedText : kText, isHeader));
  }

  static void insertFigure(QTextCursor& cursor, const report::Figure& figure, double width) {
    const auto svg = report::svgOf(figure);
    QTextCharFormat format;
    format.setObjectType(kFigure);
    format.setProperty(kSvg, QByteArray::fromStdString(svg.text));
    const double shown = 0.97 * width;
    format.setProperty(kSize, QSizeF(shown, shown * svg.height / svg.width));
    cursor.insertText(QString(QChar::ObjectReplacementCharacter), format);
  }

  QTextCursor m_cursor;
  double m_width;
};

void drawPage(QPainter& painter, QTextDocument& document, int page, const QSizeF& size) {
  painter.save();
  painter.translate(0, -page * size.height());
  QAbstractTextDocumentLayout::PaintContext context;
  context.clip = QRectF({0, page * size.height()}, size);
  context.palette.setColor(QPalette::Text, kText);
  painter.setClipRect(context.clip);
  document.documentLayout()->draw(&painter, context);
  painter.restore();
}

void draw(const report::Report& report, QPdfWriter& writer) {
  QPainter painter(&writer);
  const double footer = kResolution * 0.3;
  const QSizeF size(writer.width(), writer.height() - footer);
  QTextDocument document;
  FigureObject figures;
  document.setDocumentMargin(0);
  document.setDefaultFont(QFont(QStringLiteral("sans-serif"), static_cast<int>(kTextSize)));
  document.documentLayout()->setPaintDevice(&writer);
  document.documentLayout()->registerHandler(kFigure, &figures);
  document.setPageSize(size);
  Writer blocks(document, size.width());
  blocks.writeTitle(report);
  for (const auto& block : report.blocks) {
    std::visit(blocks, block);
  }
  QFont small = document.defaultFont();
  small.setPointSizeF(kTableSize);
  for (int page = 0; page < document.pageCount(); ++page) {
    if (page > 0) {
      writer.newPage();
    }
    drawPage(painter, document, page, size);
    painter.setFont(small);
    painter.setPen(kMutedText);
    const QRectF line(0, size.height(), size.width(), footer);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignBottom, text(report.title));
    painter.drawText(line, Qt::AlignRight | Qt::AlignBottom,
                     QStringLiteral("%1 / %2").arg(page + 1).arg(document.pageCount()));
  }
}

}  // namespace

void writePdf(const report::Report& report, const QString& file) {
  QSaveFile out(file);
  const auto fail = [&] {
    return Error(ErrorKind::Io, QStringLiteral("%1 cannot be written: %2; choose another place")
                                    .arg(file, out.errorString())
                                    .toStdString());
  };
  if (!out.open(QIODevice::WriteOnly)) {
    throw fail();
  }
  {
    QPdfWriter writer(&out);
    writer.setResolution(kResolution);
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setPageMargins(QMarginsF(15, 15, 15, 12), QPageLayout::Millimeter);
    writer.setTitle(text(report.title));
    writer.setCreator(QStringLiteral("Twofold " TWOFOLD_VERSION));
    draw(report, writer);
  }
  if (!out.commit()) {
    throw fail();
  }
}

}  // namespace twofold::ui

#include "pdf_report.moc"
