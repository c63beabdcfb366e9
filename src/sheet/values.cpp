#include "sheet/values.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "sheet/fold.h"

namespace anlan::sheet {
namespace {

constexpr double kExact = 1e15;  // spreadsheets keep 15 digits

std::optional<Fault> untrusted(const Cell& cell) {
  if (cell.kind == CellKind::kFormula) return Fault{"formula", {{"value", excerpt(cell.text)}}};
  if (cell.kind == CellKind::kError) return Fault{"error", {{"value", excerpt(cell.text)}}};
  return std::nullopt;
}

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

// 1.39E+10, as sheets show what is too wide for the cell: its last digits are gone. Item codes may have an E in them,
// so the plus must be there too.
bool is_long_number(std::u32string_view text) {
  const bool power = text.find_first_of(U"eE") != text.npos && text.find_first_of(U"+") != text.npos;
  return power && std::ranges::all_of(
                      text, [](char32_t c) { return is_digit(c) || c == U'.' || c == U'+' || c == U'e' || c == U'E'; });
}

// Whole numbers that a spreadsheet has kept whole.
bool is_exact(const Cell& cell) {
  return cell.kind != CellKind::kNumber || (std::abs(cell.number) < kExact && std::floor(cell.number) == cell.number);
}

}  // namespace

Reading<std::u32string> said(const Cell& cell, const Words* words) {
  if (const auto fault = untrusted(cell)) return *fault;
  if (blank(cell)) return std::optional<std::u32string>();
  if (cell.kind == CellKind::kBoolean) return std::optional<std::u32string>(cell.number != 0 ? U"1" : U"0");
  const std::string all = shown(cell);
  const std::u32string text = narrow(is_plain(all) ? all : without_controls(all));
  const std::u32string_view inner = trimmed(std::u32string_view(text));
  if (inner.empty() || (words && words->is("nothing", inner))) return std::optional<std::u32string>();
  return std::optional<std::u32string>(inner);
}

// Full width is kept unless it is asked for: names have brackets and quotation marks of their own.
Reading<std::string> read_text(const Cell& cell, TextWish wish) {
  if (const auto fault = untrusted(cell)) return *fault;
  if (blank(cell)) return std::optional<std::string>();
  std::string text = cell.kind == CellKind::kBoolean ? (cell.number != 0 ? "1" : "0") : trimmed(seen(cell));
  if (wish.fold) text = utf8_of(narrow(text));
  if (code_points(text) > wish.limit) return Fault{"text_long", {{"limit", std::to_string(wish.limit)}}};
  return text.empty() ? std::optional<std::string>() : std::optional(std::move(text));
}

Reading<std::string> read_code(const Cell& cell) {
  const auto text = said(cell, nullptr);
  if (!text.ok()) return text.error();
  if (!*text) return std::optional<std::string>();
  if (!is_exact(cell) || is_long_number(**text)) return Fault{"code_rounded", {{"value", excerpt(shown(cell))}}};
  return std::optional<std::string>(utf8_of(**text));
}

// Words for nothing come last, since "无" is an answer here.
Reading<bool> read_yes_no(const Cell& cell, const Words& words) {
  const auto text = said(cell, nullptr);
  if (!text.ok()) return text.error();
  if (!*text) return std::optional<bool>();
  if (words.is("yes", **text)) return std::optional<bool>(true);
  if (words.is("no", **text)) return std::optional<bool>(false);
  if (words.is("nothing", **text)) return std::optional<bool>();
  return Fault{"yes_no", {{"value", excerpt(**text)}}};
}

Reading<std::vector<std::string>> read_list(const Cell& cell) {
  if (const auto fault = untrusted(cell)) return *fault;
  auto pieces = pieces_of(seen(cell));
  return pieces.empty() ? std::optional<std::vector<std::string>>() : std::optional(std::move(pieces));
}

namespace {

// Marks inside one number. Brackets stand around the code of an area.
bool is_between_digits(char32_t c) {
  return is_blank(c) || c == U'-' || c == U'(' || c == U')' || c == U'—' || c == U'–';
}

// As it stood there, whatever its length.
struct Dialled {
  std::string number, extension;
};

std::optional<Dialled> dialled(std::u32string_view text, const Words& words) {
  Dialled found;
  bool behind = false;
  std::size_t dash = 0;  // digits before the last
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char32_t c = text[i];
    if (is_digit(c)) {
      (behind ? found.extension : found.number) += static_cast<char>(c);
    } else if (c == U'+' && found.number.empty()) {
      found.number = "00";
    } else if (const std::size_t size = words.at_begin("extension", text.substr(i));
               size > 0 && !found.number.empty()) {
      behind = true;
      i += size - 1;
    } else if (is_between_digits(c)) {
      if (!is_blank(c)) dash = found.number.size();
    } else {
      return std::nullopt;
    }
  }
  // 0536-8888888-8001: no number with the code of an area has more than twelve digits.
  if (!behind && found.number.size() > 12 && dash >= 10 && dash <= 12 && found.number[0] == '0' &&
      found.number[1] != '0') {
    found.extension = found.number.substr(dash);
    found.number.erase(dash);
  }
  if (behind && found.extension.empty()) return std::nullopt;
  return found;
}

bool is_telephone(const Dialled& d) { return d.number.size() >= 5 && d.number.size() <= 15 && d.extension.size() <= 8; }

// People write 86, +86 or 0086; all numbers here are of this country unless they begin with another code.
std::string without_country(std::string number) {
  if (number.starts_with("0086")) number.erase(0, 4);
  if (number.size() == 13 && number.starts_with("861")) number.erase(0, 2);
  // "+86 (0)536": the zero stands before areas inside of the country.
  return number;
}

}  // namespace

Reading<std::string> read_telephone(const Cell& cell, const Words& words) {
  const auto text = said(cell, &words);
  if (!text.ok()) return text.error();
  if (!*text) return std::optional<std::string>();
  const std::string value = excerpt(**text);
  if (!is_exact(cell) || is_long_number(**text)) return Fault{"telephone_rounded", {{"value", value}}};
  auto number = dialled(**text, words);
  if (number) number->number = without_country(std::move(number->number));
  if (number && is_telephone(*number))
    return std::optional<std::string>(number->number + (number->extension.empty() ? "" : "-" + number->extension));
  const auto pieces = pieces_of(utf8_of(**text));
  const bool several = pieces.size() > 1 && std::ranges::all_of(pieces, [&](const std::string& piece) {
                         const auto one = dialled(narrow(piece), words);
                         return one && is_telephone({without_country(one->number), one->extension});
                       });
  return Fault{several ? "telephone_several" : "telephone", {{"value", value}}};
}

}  // namespace anlan::sheet
