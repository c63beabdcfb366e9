#include "sheet/csv.h"

#include <csv.h>

#include <algorithm>
#include <array>
#include <deque>

#include "base/text.h"
#include "sheet/decoder.h"

namespace anlan::sheet {
namespace {

constexpr std::array<char, 4> kDelimiters{',', ';', '\t', '|'};
constexpr std::size_t kLooked = 20;  // lines

// How many of a character each of the first lines has, outside of quotes.
std::vector<int> counts_of(std::string_view text, char wanted) {
  std::vector<int> counts{0};
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == wanted) ++counts.back();
    if (c == '\n' && counts.size() == kLooked) break;
    if (c == '\n') counts.push_back(0);
  }
  return counts;
}

// "sep=;" as the first line of a file is an instruction that Excel understands.
std::optional<char> told(std::string_view text) {
  if (!text.starts_with("sep=") || text.size() < 6 || (text[5] != '\r' && text[5] != '\n')) return std::nullopt;
  return text[4];
}

// libcsv calls back for each cell and line end; what it has given is made rows.
class CsvRows : public Rows {
 public:
  CsvRows(std::string_view bytes, const Limits& limits) : decoder_(bytes), limits_(limits) {
    csv_init(&parser_, CSV_REPALL_NL);
    sound_ = decoder_.next(piece_);
    if (const auto delimiter = told(piece_)) {
      csv_set_delim(&parser_, static_cast<unsigned char>(*delimiter));
      piece_.erase(0, std::min(piece_.find('\n'), piece_.size() - 1) + 1);
      row_number_ = 1;
    } else {
      csv_set_delim(&parser_, static_cast<unsigned char>(delimiter_of(piece_)));
    }
  }
  ~CsvRows() override { csv_free(&parser_); }
  CsvRows(const CsvRows&) = delete;
  CsvRows& operator=(const CsvRows&) = delete;

  Outcome<bool> next(Row& row) override {
    while (ready_.empty()) {
      if (refusal_) return *refusal_;
      if (ended_) return false;
      read_on();
    }
    row = std::move(ready_.front());
    ready_.pop_front();
    return true;
  }

  const std::vector<Range>& merges() const override {
    static const std::vector<Range> kNone;
    return kNone;
  }

 private:
  void read_on() {
    if (!sound_) {
      refusal_ = refuse(RefusalKind::kMalformed, "sheet.encoding", place(), {{"row", std::to_string(row_number_ + 1)}});
      return;
    }
    if (piece_.empty()) return end();
    const std::size_t taken = csv_parse(&parser_, piece_.data(), piece_.size(), on_cell, on_row, this);
    if (refusal_) return;
    ANLAN_ASSERT(taken == piece_.size());
    // A quote that is never closed takes all that follows into one cell.
    if (csv_get_buffer_size(&parser_) > 2 * limits_.cell_bytes + piece_.size() && cell_so_far() > limits_.cell_bytes)
      return too_long();
    sound_ = decoder_.next(piece_);
  }

  void end() {
    ended_ = true;
    // Without its strict form, in which a quote inside of a cell is a fault too, the library closes what is open.
    constexpr int kInCell = 2;
    const bool open = parser_.pstate == kInCell && parser_.quoted;
    if (open || csv_fini(&parser_, on_cell, on_row, this) != 0)
      refusal_ = refuse(RefusalKind::kMalformed, "sheet.quote", place(), {{"row", std::to_string(row_number_ + 1)}});
  }

  std::size_t cell_so_far() const { return parser_.entry_pos; }

  static void on_cell(void* text, std::size_t size, void* self) {
    static_cast<CsvRows*>(self)->cell({static_cast<const char*>(text), size});
  }
  static void on_row(int end, void* self) { static_cast<CsvRows*>(self)->row(end); }

  // Counted before it is looked at: empty cells hold their column.
  void cell(std::string_view text) {
    after_return_ = false;
    if (refusal_) return;
    const std::int64_t column = column_++;
    text = unguarded(text);
    if (anlan::blank(text)) return;
    if (column >= limits_.columns) {
      refusal_ = refuse(RefusalKind::kTooLarge, "sheet.columns", place(),
                        {{"cell", to_string({column, row_number_ + 1})}, {"limit", std::to_string(limits_.columns)}});
      return;
    }
    if (text.size() > limits_.cell_bytes) return too_long();
    cells_.resize(static_cast<std::size_t>(column));
    cells_.push_back({CellKind::kText, std::string(text), 0, DateStyle::kNone});
  }

  // Each of the two characters of a line end is reported.
  void row(int end) {
    if (end == '\n' && after_return_) {
      after_return_ = false;
      return;
    }
    after_return_ = end == '\r';
    ++row_number_;
    column_ = 0;
    if (cells_.empty() || refusal_) return;
    if (++rows_ > limits_.rows) {
      refusal_ = refuse(RefusalKind::kTooLarge, "sheet.rows", place(),
                        {{"sheet", "csv"}, {"limit", std::to_string(limits_.rows)}});
      return;
    }
    ready_.push_back({row_number_, std::exchange(cells_, {})});
  }

  // In characters of four bytes at most, as the limit is.
  void too_long() {
    refusal_ = refuse(RefusalKind::kTooLarge, "sheet.cell_length", place(),
                      {{"cell", place()}, {"limit", std::to_string(limits_.cell_bytes / 4)}});
  }

  std::string place() const { return to_string({std::max<std::int64_t>(column_ - 1, 0), row_number_ + 1}); }

  Decoder decoder_;
  const Limits limits_;
  csv_parser parser_{};
  std::string piece_;
  std::vector<Cell> cells_;
  std::deque<Row> ready_;
  std::int64_t row_number_ = 0, column_ = 0, rows_ = 0;
  bool sound_ = true, ended_ = false, after_return_ = false;
  std::optional<Refusal> refusal_;
};

// One sheet. Each reading begins anew, since nothing of it is kept.
class Csv : public Book {
 public:
  Csv(std::string_view bytes, const Limits& limits) : bytes_(bytes), limits_(limits) {}
  const std::vector<SheetName>& sheets() const override { return names_; }
  Outcome<std::unique_ptr<Rows>> rows(std::size_t sheet) const override {
    ANLAN_ASSERT(sheet == 0);
    return std::unique_ptr<Rows>(std::make_unique<CsvRows>(bytes_, limits_));
  }

 private:
  const std::string_view bytes_;
  const Limits limits_;
  const std::vector<SheetName> names_{SheetName{}};
};

}  // namespace

// That which splits most of the first lines alike, and into most.
char delimiter_of(std::string_view text) {
  char best = ',';
  double most = 0;
  for (const char delimiter : kDelimiters) {
    std::vector<int> counts = counts_of(text, delimiter);
    if (counts.size() > 1 && counts.back() == 0) counts.pop_back();  // behind the last line end
    std::ranges::sort(counts);
    const int usual = counts[counts.size() / 2];
    const double alike = static_cast<double>(std::ranges::count(counts, usual)) / static_cast<double>(counts.size());
    if (usual * alike > most) best = delimiter, most = usual * alike;
  }
  if (most > 0) return best;
  // A title over a table of one line, or less: whichever there is.
  for (const char delimiter : kDelimiters)
    if (text.find(delimiter) != text.npos) return delimiter;
  return best;
}

// Spreadsheets of some languages take the full-width marks for theirs.
bool is_guarded(std::string_view cell) {
  constexpr std::array<std::string_view, 11> kStarts{"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"};
  const std::size_t first = cell.starts_with('\'') ? cell.find_first_not_of('\'') : cell.npos;
  return first != cell.npos &&
         std::ranges::any_of(kStarts, [&](std::string_view s) { return cell.substr(first).starts_with(s); });
}

std::string_view unguarded(std::string_view cell) {
  if (is_guarded(cell)) return cell.substr(1);
  // ="0536" is how programs keep a spreadsheet from reading a number into a text.
  const bool kept = cell.size() > 3 && cell.starts_with("=\"") && cell.ends_with('"');
  return kept && cell.substr(2, cell.size() - 3).find('"') == cell.npos ? cell.substr(2, cell.size() - 3) : cell;
}

Outcome<std::unique_ptr<Book>> open_csv(std::string_view bytes, const Limits& limits) {
  // Text holds no zeros; UTF-16 does.
  const Encoding encoding = encoding_of(bytes);
  const bool wide = encoding == Encoding::kUtf16Little || encoding == Encoding::kUtf16Big;
  if (!wide && bytes.find('\0') != bytes.npos) return refuse(RefusalKind::kMalformed, "sheet.format");
  return std::unique_ptr<Book>(std::make_unique<Csv>(bytes, limits));
}

}  // namespace anlan::sheet
