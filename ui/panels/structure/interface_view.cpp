#include "ui/panels/structure/interface_view.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QLocale>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include "ui/theme/number_text.h"

namespace twofold::ui {
namespace {

constexpr int kStepsPerAngstrom = 4;

int sliderValue(float radius) {
  return static_cast<int>(radius * kStepsPerAngstrom);
}

}  // namespace

InterfaceView::InterfaceView(const Theme& theme, QWidget* parent)
    : QWidget(parent),
      m_theme(theme),
      m_model(new ContactTableModel(this)),
      m_chainA(new QComboBox(this)),
      m_chainB(new QComboBox(this)),
      m_slider(new QSlider(Qt::Horizontal, this)),
      m_radiusText(new QLabel(this)),
      m_counts(new QLabel(this)),
      m_table(new QTableView(this)) {
  m_chainA->setObjectName(QStringLiteral("chainA"));
  m_chainB->setObjectName(QStringLiteral("chainB"));
  m_chainA->setAccessibleName(tr("First chain of the interface"));
  m_chainB->setAccessibleName(tr("Second chain of the interface"));
  for (QComboBox* box : {m_chainA, m_chainB}) {
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(3);
  }
  m_slider->setObjectName(QStringLiteral("radiusSlider"));
  m_slider->setAccessibleName(tr("Interface radius in angstrom"));
  m_slider->setRange(sliderValue(kSmallestRadius), sliderValue(kLargestRadius));
  m_slider->setValue(sliderValue(kDefaultRadius));
  m_slider->setPageStep(kStepsPerAngstrom);
  m_counts->setObjectName(QStringLiteral("interfaceCounts"));
  m_counts->setWordWrap(true);
  m_table->setObjectName(QStringLiteral("contactTable"));
  m_table->setAccessibleName(tr("Contacts, nearest first"));
  m_table->setModel(m_model);
  m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
  m_table->setSelectionMode(QAbstractItemView::SingleSelection);
  m_table->setTabKeyNavigation(false);  // Tab leaves the table; the arrows move in it
  m_table->setShowGrid(false);
  m_table->setWordWrap(false);
  m_table->verticalHeader()->hide();
  m_table->verticalHeader()->setDefaultSectionSize(Tokens::kRow);
  m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
  m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  m_table->horizontalHeader()->setHighlightSections(false);
  buildLayout();
  connect(m_slider, &QSlider::valueChanged, this, &InterfaceView::recompute);
  connect(m_chainA, &QComboBox::activated, this, &InterfaceView::chooseChains);
  connect(m_chainB, &QComboBox::activated, this, &InterfaceView::chooseChains);
  connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
          [this](const QModelIndex& row) {
            if (row.isValid() && !m_following) {
              const bio::Contact& contact = m_model->contact(row.row());
              Q_EMIT contactChosen({m_scene.chainA, static_cast<int>(contact.a)},
                                   {m_scene.chainB, static_cast<int>(contact.b)});
            }
          });
  recompute();
}

void InterfaceView::buildLayout() {
  auto* chains = new QHBoxLayout;
  chains->setSpacing(Tokens::kSpace2);
  auto* between = new QLabel(tr("&Between"), this);
  between->setBuddy(m_chainA);
  chains->addWidget(between);
  chains->addWidget(m_chainA, 1);
  auto* with = new QLabel(tr("&and"), this);
  with->setBuddy(m_chainB);
  chains->addWidget(with);
  chains->addWidget(m_chainB, 1);
  auto* radius = new QHBoxLayout;
  radius->setSpacing(Tokens::kSpace2);
  auto* within = new QLabel(tr("W&ithin"), this);
  within->setBuddy(m_slider);
  radius->addWidget(within);
  radius->addWidget(m_slider, 1);
  m_radiusText->setMinimumWidth(QFontMetrics(font()).horizontalAdvance(QStringLiteral("12.75 Å")));
  m_radiusText->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  radius->addWidget(m_radiusText);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(Tokens::kSpace2);
  layout->addLayout(chains);
  layout->addLayout(radius);
  layout->addWidget(m_counts);
  layout->addWidget(m_table, 1);
}

void InterfaceView::setScene(const StructureScene& scene, const std::vector<bio::Contact>& widest) {
  m_scene = scene;
  m_widest = widest;
  fillChains();
  recompute();
}

float InterfaceView::radius() const {
  return static_cast<float>(m_slider->value()) / kStepsPerAngstrom;
}

void InterfaceView::showSelection(const QList<ResidueRef>& selection) {
  int row = -1;
  if (selection.size() == 2) {
    const bool ordered = selection[0].chain == m_scene.chainA;
    const ResidueRef& a = ordered ? selection[0] : selection[1];
    const ResidueRef& b = ordered ? selection[1] : selection[0];
    if (a.chain == m_scene.chainA && b.chain == m_scene.chainB) {
      row = m_model->rowOf(a.residue, b.residue);
    }
  }
  m_following = true;
  if (row >= 0) {
    m_table->selectRow(row);
    m_table->scrollTo(m_model->index(row, 0));
  } else {
    m_table->clearSelection();
    m_table->setCurrentIndex({});
  }
  m_following = false;
}

void InterfaceView::fillChains() {
  for (QComboBox* box : {m_chainA, m_chainB}) {
    const QSignalBlocker quiet(box);
    box->clear();
    for (const SceneChain& chain : m_scene.chains) {
      box->addItem(QString::fromStdString(chain.name));
    }
    box->setCurrentIndex(box == m_chainA ? m_scene.chainA : m_scene.chainB);
    box->setEnabled(m_scene.docked && m_scene.chains.size() > 2);
  }
}

void InterfaceView::recompute() {
  m_highlight = interfaceWithin(m_scene, m_widest, radius());
  m_radiusText->setText(tr("%1 Å").arg(QLocale().toString(static_cast<double>(radius()), 'f', 2)));
  m_slider->setEnabled(m_scene.hasInterface());
  if (m_scene.hasInterface()) {
    m_counts->setText(tr("%1 and %2 residues, %3 contacts")
                          .arg(countText(static_cast<qint64>(m_highlight.residuesA())),
                               countText(static_cast<qint64>(m_highlight.residuesB())),
                               countText(static_cast<qint64>(m_highlight.contacts.size()))));
  } else if (m_scene.docked) {
    m_counts->setText(tr("No interface: only one chain is shown."));
  } else {
    m_counts->setText(
        tr("No structure holds both proteins, so there is no interface. Each is shown from its "
           "own file, side by side."));
  }
  m_model->setContacts(m_scene, m_highlight.contacts);
  Q_EMIT highlightChanged();
}

void InterfaceView::chooseChains() {
  const int a = m_chainA->currentIndex();
  const int b = m_chainB->currentIndex();
  if (a != b) {
    Q_EMIT chainsChosen(a, b);
  } else {  // a chain has no interface with itself: the other side takes the old one
    const bool first = sender() == m_chainA;
    Q_EMIT chainsChosen(first ? a : m_scene.chainB, first ? m_scene.chainA : b);
  }
}

}  // namespace twofold::ui
