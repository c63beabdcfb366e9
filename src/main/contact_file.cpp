#include "main/contact_file.h"

#include <csv.h>

#include <array>
#include <charconv>
#include <memory>

#include "base/text.h"
#include "platform/machine/stream.h"

namespace anlan {
namespace {

using contacts::Contact;

constexpr std::array<std::string_view, 12> kColumns{"reference", "name",   "phone", "mail",    "division",
                                                    "lng",       "lat",    "roles", "hazards", "vulnerabilities",
                                                    "device",    "follows"};
constexpr std::size_t kChunk = 1 << 16;
constexpr std::int64_t kLongest = 200;  // characters of a cell

// Between them stand blanks or semicolons, as people type them.
std::vector<std::string> words_of(std::string_view cell) {
  std::vector<std::string> words;
  while (!cell.empty()) {
    const auto end = std::min(cell.find_first_of("; \t"), cell.size());
    if (end > 0) words.emplace_back(cell.substr(0, end));
    cell.remove_prefix(std::min(end + 1, cell.size()));
  }
  return words;
}

std::optional<double> number(std::string_view cell) {
  double value = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  return error == std::errc() && end == cell.data() + cell.size() ? std::optional(value) : std::nullopt;
}

// As a network dials it: 13900000001 of "+86 139-0000-0001"; empty where it is none.
std::string telephone(std::string_view cell) {
  std::string number;
  for (std::size_t i = 0; i < cell.size(); ++i) {
    if (cell[i] == '+' && number.empty())
      number = "00";
    else if (cell[i] >= '0' && cell[i] <= '9')
      number += cell[i];
    else if (cell.substr(i).starts_with("\u3000"))  // the wide blank
      i += 2;
    else if (cell[i] != ' ' && cell[i] != '-' && cell[i] != '(' && cell[i] != ')')
      return {};
  }
  if (number.starts_with("0086")) number.erase(0, 4);
  if (number.size() == 13 && number.starts_with("861")) number.erase(0, 2);
  return number.size() >= 5 && number.size() <= 15 ? number : std::string();
}

bool is_mail(std::string_view cell) {
  const auto at = cell.find('@');
  return at != cell.npos && at > 0 && at + 1 < cell.size() && cell.find('@', at + 1) == cell.npos &&
         cell.find_first_of(" ,;<>") == cell.npos;
}

// Follows the parser from cell to cell.
class Reading {
 public:
  Reading(const Texts& texts, const division::Divisions& divisions, const std::function<bool(const Contact&)>& take)
      : texts_(texts), divisions_(divisions), take_(take) {}

  // With the mark that spreadsheets put before the first, and characters that no text may hold, left out.
  void cell(std::string_view text) {
    cells_.push_back(without_controls(text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text));
  }
  void row() {
    ++line_;
    if (columns_.empty())
      name_columns();
    else if (!(cells_.size() == 1 && cells_[0].empty()))
      read_row();
    cells_.clear();
  }
  void fault(std::string code, std::string value = {}) {
    if (faults.size() < kMostFaults) faults.push_back({line_, std::move(code), std::move(value)});
  }
  bool lacks_columns() const { return columns_.empty(); }

  std::vector<ContactFault> faults;

 private:
  // Of the first line. A column that nobody knows is a fault, since its values would be lost in silence.
  void name_columns() {
    for (const std::string& cell : cells_) {
      std::size_t known = kColumns.size();
      for (std::size_t i = 0; i < kColumns.size(); ++i) {
        const std::string key = "contact_column." + std::string(kColumns[i]);
        if (cell == kColumns[i] || cell == texts_.get(Locale::kChinese, key) ||
            cell == texts_.get(Locale::kEnglish, key))
          known = i;
      }
      if (known == kColumns.size()) fault("column", cell);
      columns_.push_back(known);
    }
    for (const std::size_t needed : {std::size_t{0}, std::size_t{4}})
      if (std::ranges::find(columns_, needed) == columns_.end()) fault("no_column", std::string(kColumns[needed]));
  }

  // The cell of a column; empty where the file lacks the column or the line ends before it.
  std::string at(std::size_t column) const {
    const auto found = std::ranges::find(columns_, column);
    const auto i = static_cast<std::size_t>(found - columns_.begin());
    return found == columns_.end() || i >= cells_.size() ? std::string() : cells_[i];
  }

  // The first fault of a line is told.
  void read_row() {
    if (++rows_ > kMostContactRows) return fault("too_many", std::to_string(kMostContactRows));
    for (const std::string& cell : cells_)
      if (!is_utf8(cell) || code_points(cell) > kLongest) return fault("cell");
    Contact c;
    c.reference = at(0);
    c.name = at(1);
    c.phone = telephone(at(2));
    c.mail = at(3);
    c.division = at(4);
    c.roles = words_of(at(7));
    c.hazards = words_of(at(8));
    c.vulnerabilities = words_of(at(9));
    c.device = at(10);
    c.follows = words_of(at(11));
    if (c.reference.empty()) return fault("no_reference");
    if (c.phone.empty() && !at(2).empty()) return fault("phone", at(2));
    if (!c.mail.empty() && !is_mail(c.mail)) return fault("mail", c.mail);
    if (c.phone.empty() && c.mail.empty() && c.device.empty()) return fault("no_address", c.reference);
    if (!divisions_.ever(c.division)) return fault("division", c.division);
    for (const std::string& division : c.follows)
      if (!divisions_.ever(division)) return fault("division", division);
    if (!at(5).empty() || !at(6).empty()) {
      const auto lng = number(at(5)), lat = number(at(6));
      if (!lng || !lat || *lng < 70 || *lng > 140 || *lat < 0 || *lat > 56) return fault("point", at(5) + " " + at(6));
      c.point = LngLat{*lng, *lat};
    }
    if (!take_(c)) fault("twice", c.reference);
  }

  const Texts& texts_;
  const division::Divisions& divisions_;
  const std::function<bool(const Contact&)>& take_;
  std::vector<std::string> cells_;
  std::vector<std::size_t> columns_;  // of kColumns, beside the cells
  std::int64_t line_ = 0, rows_ = 0;
};

void on_cell(void* cell, std::size_t size, void* reading) {
  static_cast<Reading*>(reading)->cell({static_cast<const char*>(cell), size});
}
void on_row(int, void* reading) { static_cast<Reading*>(reading)->row(); }

}  // namespace

Result<std::vector<ContactFault>> read_contacts(const std::string& file, const Texts& texts,
                                                const division::Divisions& divisions,
                                                const std::function<bool(const Contact&)>& take) {
  auto reader = machine::FileReader::open(file);
  if (!reader.ok()) return reader.error();
  csv_parser parser;
  if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) return Failure{"csv_init"};
  const std::unique_ptr<csv_parser, void (*)(csv_parser*)> freed(&parser, csv_free);
  Reading reading(texts, divisions, take);
  for (std::string chunk = reader->read(kChunk); !chunk.empty(); chunk = reader->read(kChunk))
    if (csv_parse(&parser, chunk.data(), chunk.size(), on_cell, on_row, &reading) != chunk.size()) {
      reading.fault("csv", csv_strerror(csv_error(&parser)));
      return std::move(reading.faults);
    }
  if (csv_fini(&parser, on_cell, on_row, &reading) != 0) reading.fault("csv", csv_strerror(csv_error(&parser)));
  if (reading.lacks_columns()) reading.fault("empty");
  return std::move(reading.faults);
}

}  // namespace anlan
