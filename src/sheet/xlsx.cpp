#include "sheet/xlsx.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <deque>

#include "base/text.h"
#include "sheet/merge_scan.h"
#include "sheet/parts.h"

namespace anlan::sheet {
namespace {

// Between the first days of both systems; Excel for the Macintosh began with the second.
constexpr double kDaysTo1904 = 1462;

// As XML Schema writes doubles; a locale has no say.
std::optional<double> number_in(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

// What all sheets of a book share.
struct Source {
  Package package;
  Contents contents;
  SharedTexts texts;
  std::vector<DateStyle> styles;
  Limits limits;
};

// Hears one sheet and makes rows of it. An element counts only where the standard has it: rows in sheetData, cells in
// rows, values in cells.
class RowListener : public Listener {
 public:
  RowListener(const Source& source, std::string sheet) : source_(source), sheet_(std::move(sheet)) {}

  void start(std::string_view name, const Attributes& attributes) override {
    if (refusal) return;
    collecting_ = false;
    if (in_cell_) return start_in_cell(name);
    if (in_row_) {
      if (name == "c") start_cell(attributes);
    } else if (in_data_) {
      if (name == "row") start_row(attributes);
    } else {
      in_data_ = name == "sheetData";
    }
  }

  void end(std::string_view name) override {
    if (refusal) return;
    collecting_ = false;
    if (name == "rPh" && aloud_ > 0) --aloud_;
    if (name == "is") inline_ = false;
    if (in_cell_ && name == "c") {
      in_cell_ = false;
      end_cell();
    } else if (in_row_ && !in_cell_ && name == "row") {
      in_row_ = false;
      end_row();
    } else if (in_data_ && !in_row_ && name == "sheetData") {
      in_data_ = false;
    }
  }

  void text(std::string_view text) override {
    if (!collecting_ || refusal) return;
    value_ += text;
    if (value_.size() > source_.limits.cell_bytes)
      refusal = refuse(RefusalKind::kTooLarge, "sheet.cell_length", place(),
                       {{"cell", place()}, {"limit", std::to_string(source_.limits.cell_bytes / 4)}});
  }

  std::deque<Row> ready;
  std::optional<Refusal> refusal;

 private:
  // Rows may be left out and need not say their number; they come in order, or the sheet is not what programs write.
  // Whoever reads two rows of one number would not know which of them people saw.
  void start_row(const Attributes& attributes) {
    std::int64_t number = row_.number + 1;
    if (attributes.has("r")) {
      const std::string reference = "A" + std::string(attributes["r"]);
      const auto address = address_of(reference);
      if (!address || address->row <= row_.number) return bad_reference(attributes["r"]);
      number = address->row;
    }
    row_ = {number, {}};
    column_ = -1;
    in_row_ = true;
  }

  // As rows: in order, and where a cell says where it is, in its row.
  void start_cell(const Attributes& attributes) {
    std::int64_t column = column_ + 1;
    if (const std::string_view reference = attributes["r"]; !reference.empty()) {
      const auto address = address_of(reference);
      if (!address || address->row != row_.number || address->column <= column_) return bad_reference(reference);
      column = address->column;
    }
    column_ = column;
    type_.assign(attributes["t"]);
    style_ = DateStyle::kNone;
    if (const std::string_view style = attributes["s"]; !style.empty() && !source_.styles.empty()) {
      std::size_t index = 0;
      std::from_chars(style.data(), style.data() + style.size(), index);
      if (index < source_.styles.size()) style_ = source_.styles[index];
    }
    value_.clear();
    formula_ = has_value_ = inline_ = false;
    in_cell_ = true;
  }

  // A shared formula stands at its first cell alone, but each of the others has an empty <f>, so that none passes for a
  // value.
  void start_in_cell(std::string_view name) {
    if (name == "f") formula_ = true;
    if (name == "is") inline_ = true;
    if (name == "rPh") ++aloud_;
    collecting_ = (name == "v" && !inline_) || (name == "t" && inline_ && aloud_ == 0);
    has_value_ = has_value_ || collecting_;
  }

  // What the type does not allow becomes an error of the sheet and keeps its text: the person sees it named, where a
  // refusal of the whole file would hide every other row.
  void end_cell() {
    if (!has_value_ && !formula_) return;
    Cell cell;
    if (type_ == "s" && has_value_) {
      if (!take_shared()) return;
    } else {
      unescape(value_);
    }
    cell.kind = formula_ ? CellKind::kFormula : kind();
    if (cell.kind == CellKind::kNumber || cell.kind == CellKind::kBoolean) {
      const auto number = number_in(value_);
      if (number) {
        cell.number = *number;
        cell.style = cell.kind == CellKind::kNumber ? style_ : DateStyle::kNone;
        if (source_.contents.from_1904 && cell.style != DateStyle::kNone && cell.style != DateStyle::kTime)
          cell.number += kDaysTo1904;
      } else {
        cell.kind = value_.empty() ? CellKind::kEmpty : CellKind::kError;
      }
    }
    if (cell.kind != CellKind::kNumber && cell.kind != CellKind::kBoolean) cell.text = std::move(value_);
    if (!blank(cell)) keep(std::move(cell));
  }

  // ST_CellType; what is none of them is a number, as it is without a type.
  CellKind kind() const {
    if (type_ == "s" || type_ == "str" || type_ == "inlineStr" || type_ == "d") return CellKind::kText;
    if (type_ == "b") return CellKind::kBoolean;
    if (type_ == "e") return CellKind::kError;
    return CellKind::kNumber;
  }

  // A number below 0 or beyond the table is no text at all: the file is damaged or made to be.
  bool take_shared() {
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(value_.data(), value_.data() + value_.size(), index);
    if (error == std::errc() && end == value_.data() + value_.size() && index < source_.texts.size()) {
      value_.assign(source_.texts[index]);
      return true;
    }
    refusal = refuse(RefusalKind::kMalformed, "sheet.shared_text", place(), {{"cell", place()}});
    return false;
  }

  // Formats reach over empty cells to the end of the sheet; only what holds something counts against the limit.
  void keep(Cell cell) {
    if (column_ >= source_.limits.columns) {
      refusal = refuse(RefusalKind::kTooLarge, "sheet.columns", place(),
                       {{"cell", place()}, {"limit", std::to_string(source_.limits.columns)}});
      return;
    }
    if (cell.text.size() > source_.limits.cell_bytes) {
      refusal = refuse(RefusalKind::kTooLarge, "sheet.cell_length", place(),
                       {{"cell", place()}, {"limit", std::to_string(source_.limits.cell_bytes / 4)}});
      return;
    }
    row_.cells.resize(static_cast<std::size_t>(column_));
    row_.cells.push_back(std::move(cell));
  }

  // Likewise rows: a column that is formatted as a whole has a million of them.
  void end_row() {
    if (row_.cells.empty()) return;
    if (++rows_ > source_.limits.rows) {
      refusal = refuse(RefusalKind::kTooLarge, "sheet.rows", sheet_,
                       {{"sheet", sheet_}, {"limit", std::to_string(source_.limits.rows)}});
      return;
    }
    ready.push_back({row_.number, std::exchange(row_.cells, {})});
  }

  // Told with the last place that was right, since the wrong one leads nowhere.
  void bad_reference(std::string_view reference) {
    const std::string near =
        sheet_ + "!" + to_string({std::max<std::int64_t>(column_, 0), std::max<std::int64_t>(row_.number, 1)});
    refusal = refuse(RefusalKind::kMalformed, "sheet.reference", near,
                     {{"cell", near}, {"reference", std::string(reference.substr(0, 32))}});
  }

  std::string place() const { return sheet_ + "!" + to_string({column_, row_.number}); }

  const Source& source_;
  const std::string sheet_;
  Row row_;
  std::int64_t column_ = -1, rows_ = 0;
  std::string type_, value_;
  DateStyle style_ = DateStyle::kNone;
  bool in_data_ = false, in_row_ = false, in_cell_ = false;
  bool formula_ = false, has_value_ = false, inline_ = false, collecting_ = false;
  int aloud_ = 0;
};

// Pulls: a piece of the part is inflated and parsed when no whole row is left. A piece has few rows, so few are held.
class XlsxRows : public Rows {
 public:
  XlsxRows(const Source& source, const NamedSheet& sheet, Part part, std::vector<Range> merges)
      : part_(std::move(part)),
        part_name_(sheet.part),
        merges_(std::move(merges)),
        listener_(source, sheet.name),
        events_(listener_) {}

  Outcome<bool> next(Row& row) override {
    while (listener_.ready.empty()) {
      if (ended_) return false;
      if (auto refused = read_on()) return *refused;
    }
    row = std::move(listener_.ready.front());
    listener_.ready.pop_front();
    return true;
  }

  const std::vector<Range>& merges() const override { return merges_; }

 private:
  // Rows that were whole before the fault are given first.
  std::optional<Refusal> read_on() {
    if (refused_) return refused_;
    std::array<char, 1 << 14> chunk;
    const auto got = part_.read(chunk.data(), chunk.size());
    if (!got.ok()) {
      refused_ = got.error();
    } else {
      const bool sound = *got == 0 ? events_.finish() : events_.feed({chunk.data(), *got});
      ended_ = *got == 0;
      if (listener_.refusal)
        refused_ = listener_.refusal;
      else if (!sound)
        refused_ = refuse(RefusalKind::kMalformed, "sheet.xml", part_name_, {{"part", part_name_}});
    }
    if (refused_) ended_ = false;
    return listener_.ready.empty() ? refused_ : std::nullopt;
  }

  Part part_;
  const std::string part_name_;
  const std::vector<Range> merges_;
  RowListener listener_;
  Events events_;
  bool ended_ = false;
  std::optional<Refusal> refused_;
};

class Xlsx : public Book {
 public:
  explicit Xlsx(Source source) : source_(std::move(source)) {
    for (const NamedSheet& sheet : source_.contents.sheets) names_.push_back({sheet.name, sheet.hidden});
  }

  const std::vector<SheetName>& sheets() const override { return names_; }

  Outcome<std::unique_ptr<Rows>> rows(std::size_t index) const override {
    ANLAN_ASSERT(index < names_.size());
    const NamedSheet& sheet = source_.contents.sheets[index];
    auto merges = merges_of(source_.package, sheet.part, source_.limits);
    if (!merges.ok()) return merges.error();
    auto part = source_.package.part(sheet.part);
    if (!part.ok()) return part.error();
    return std::unique_ptr<Rows>(
        std::make_unique<XlsxRows>(source_, sheet, std::move(part).value(), std::move(merges).value()));
  }

 private:
  const Source source_;
  std::vector<SheetName> names_;
};

}  // namespace

Outcome<std::unique_ptr<Book>> open_xlsx(std::string_view bytes, const Limits& limits) {
  auto package = Package::open(bytes, limits);
  if (!package.ok()) return package.error();
  auto contents = contents_of(*package, limits);
  if (!contents.ok()) return contents.error();
  auto texts = SharedTexts::read(*package, contents->strings, limits);
  if (!texts.ok()) return texts.error();
  auto styles = styles_of(*package, contents->styles);
  if (!styles.ok()) return styles.error();
  return std::unique_ptr<Book>(
      std::make_unique<Xlsx>(Source{std::move(package).value(), std::move(contents).value(), std::move(texts).value(),
                                    std::move(styles).value(), limits}));
}

}  // namespace anlan::sheet
