// Cells with anything in them: see sheet/values.h for what is promised of them.

#include <cmath>

#include "base/text.h"
#include "hostile.h"
#include "sheet/book.h"
#include "sheet/csv_write.h"
#include "sheet/fold.h"
#include "sheet/values.h"

namespace {

using namespace anlan;
using namespace anlan::sheet;

// A few words of each kind; the table itself is not at hand to a fuzzer that runs elsewhere.
const Words& words() {
  static const Words kWords = Words::read(
                                  "yes\t是\nno\t否\nnothing\t无\nabout_before\t约\nabout_after\t左右\nabout_after\t余\n"
                                  "times:10000\t万\neast\t东经\neast\te\nwest\tw\nnorth\t北纬\nnorth\tn\nsouth\ts\n"
                                  "morning\t上午\nafternoon\t下午\nweekday\t星期二\nextension\t转\n",
                                  "元\tmoney\t1\n万元\tmoney\t10000\n人\tpeople\t1\n")
                                  .value();
  return kWords;
}

void require_moment(const Cell& cell) {
  const auto read = read_moment(cell, words());
  if (!read.ok() || !*read) return;
  const Moment m = **read;
  const ChinaTime t = china_time(m.instant());
  require(t.year == m.year && t.month == m.month && t.day == m.day && t.hour == m.hour && t.minute == m.minute &&
              t.second == m.second,
          "a moment is one of the calendar");
  std::string line;
  append_csv_line(line, std::vector<Value>{m});
  Cell again{CellKind::kText, line.substr(0, line.size() - 2), 0, DateStyle::kNone};
  const auto second = read_moment(again, words());
  require(second.ok() && *second && **second == m, "a moment that was written is read again");
}

void require_point(const Reading<Point>& read) {
  if (!read.ok() || !*read) return;
  const LngLat place = (*read)->place;
  require(place.lng >= 73 && place.lng <= 136 && place.lat >= 3 && place.lat <= 54, "a place lies in China");
}

void require_values(const Cell& cell) {
  const auto number = read_number(cell, words(), {"元", "万元"});
  if (number.ok() && *number) require(std::isfinite((*number)->value), "a number is one");
  if (!number.ok()) require(!number.error().code.empty(), "a fault says which");
  require_moment(cell);
  const auto telephone = read_telephone(cell, words());
  if (telephone.ok() && *telephone)
    require((*telephone)->find_first_not_of("0123456789-") == std::string::npos, "digits");
  require_point(read_point(cell, words()));
  require_point(read_point(cell, cell, words()));
  (void)read_yes_no(cell, words());
  (void)read_code(cell);
  const auto list = read_list(cell);
  if (list.ok() && *list)
    for (const std::string& piece : **list) require(!piece.empty() && trimmed(piece) == piece, "pieces are trimmed");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(text_of(data, size));
  double number = 0;
  if (size >= sizeof number) std::copy_n(data, sizeof number, reinterpret_cast<std::uint8_t*>(&number));
  if (std::isfinite(number))
    for (const DateStyle style : {DateStyle::kNone, DateStyle::kDate, DateStyle::kDateTime})
      require_values({CellKind::kNumber, {}, number, style});
  if (!is_utf8(text)) return 0;  // as no cell is
  require_values({CellKind::kText, text, 0, DateStyle::kNone});
  require(comparable(comparable(text)) == comparable(text), "a compared label is one");
  if (text.find('\0') != text.npos || blank(without_controls(text))) return 0;
  // What was written as .csv is read as it was, but for line ends and what no text holds.
  std::string file(kCsvStart);
  append_csv_line(file, std::vector<Value>{std::string("x"), text});
  const auto book = Book::open(file);
  require(book.ok(), "what was written can be read");
  Row row;
  const auto more = (*(*book)->rows(0))->next(row);
  require(more.ok() && *more, "it has its row");
  require(size > 100'000 || row[1].text == without_controls(text), "a text is read as it was written");
  return 0;
}
