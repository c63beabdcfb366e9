#include "platform/workbook/workbook.h"

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <array>
#include <map>

#include "base/text.h"

namespace anlan::workbook {
namespace {

constexpr std::uint8_t kAsTyped = 49;  // the built-in format "@"
constexpr std::size_t kLists = 255;    // bytes of a list that stands in the rule itself

// A file in memory, since the library writes to files alone.
class MemoryFile {
 public:
  MemoryFile() : file_(memfd_create("workbook", MFD_CLOEXEC)) { ANLAN_ASSERT(file_ >= 0); }
  ~MemoryFile() { close(file_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  std::string path() const { return "/proc/self/fd/" + std::to_string(file_); }
  Result<std::string> bytes() const {
    struct stat about {};
    if (fstat(file_, &about) != 0) return Failure{"workbook: its size"};
    std::string bytes(static_cast<std::size_t>(about.st_size), '\0');
    for (std::size_t at = 0; at < bytes.size();) {
      const ssize_t got = pread(file_, bytes.data() + at, bytes.size() - at, static_cast<off_t>(at));
      if (got <= 0) return Failure{"workbook: reading back"};
      at += static_cast<std::size_t>(got);
    }
    return bytes;
  }

 private:
  const int file_;
};

// Names of sheets: at most 31 characters, none of []:*?/\ and no ' at an end.
std::string sheet_name(std::string_view wanted) {
  std::string name;
  std::int64_t characters = 0;
  for (const char c : without_controls(wanted)) {
    if (std::string_view("[]:*?/\\'").find(c) != std::string_view::npos) continue;
    characters += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    if (characters > 31) break;
    name += c;
  }
  return name;
}

// As in the escapes of OOXML.
bool is_hexadecimal(std::string_view text) { return text.find_first_not_of("0123456789abcdefABCDEF") == text.npos; }

// What would be read as an escaped character (_x000D_) has its first character escaped.
std::string escaped(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string_view here = text.substr(at);
    const bool like = here.size() >= 7 && here[0] == '_' && here[1] == 'x' && here[6] == '_';
    if (like && is_hexadecimal(here.substr(2, 4)))
      out += "_x005F_";
    else
      out += text[at];
  }
  return out;
}

void lay_out(lxw_format* format, Look look) {
  format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
  switch (look) {
    case Look::kPlain:
      break;
    case Look::kTitle:
      format_set_bold(format);
      format_set_font_size(format, 16);
      format_set_align(format, LXW_ALIGN_CENTER);
      break;
    case Look::kHead:
    case Look::kHeadRequired:
      format_set_bold(format);
      format_set_text_wrap(format);
      format_set_align(format, LXW_ALIGN_CENTER);
      format_set_border(format, LXW_BORDER_THIN);
      format_set_bg_color(format, 0xE8EEF7);
      if (look == Look::kHeadRequired) format_set_font_color(format, 0xB00020);
      format_set_num_format_index(format, kAsTyped);
      break;
    case Look::kText:
      format_set_num_format_index(format, kAsTyped);
      break;
    case Look::kNumber:
      break;
    case Look::kDate:
      format_set_num_format(format, "yyyy-mm-dd");
      break;
    case Look::kDateTime:
      format_set_num_format(format, "yyyy-mm-dd hh:mm:ss");
      break;
    case Look::kTime:
      format_set_num_format(format, "hh:mm:ss");
      break;
    case Look::kReason:
      format_set_num_format_index(format, kAsTyped);
      format_set_text_wrap(format);
      format_set_font_color(format, 0xB00020);
      break;
  }
}

}  // namespace

// Formats are made once each: a workbook holds 64,000 of them at most, and one a cell would be too many.
struct Workbook::Held {
  MemoryFile file;
  lxw_workbook* book = nullptr;
  lxw_worksheet* sheet = nullptr;
  lxw_worksheet* lists = nullptr;
  std::vector<Choice> long_lists;
  std::map<std::pair<Look, bool>, lxw_format*> formats;
  lxw_error error = LXW_NO_ERROR;

  void check(lxw_error e) {
    if (error == LXW_NO_ERROR) error = e;
  }
  lxw_format* format(Look look, bool bad) {
    auto& format = formats[{look, bad}];
    if (!format) {
      format = workbook_add_format(book);
      lay_out(format, look);
      if (bad) format_set_bg_color(format, 0xFFC7CE);
      if (bad) format_set_font_color(format, 0x9C0006);
    }
    return format;
  }
  void write_lists();
};

Workbook::Workbook() : held_(std::make_unique<Held>()) {
  lxw_workbook_options options{};
  options.constant_memory = LXW_TRUE;
  held_->book = workbook_new_opt(held_->file.path().c_str(), &options);
  ANLAN_ASSERT(held_->book);
}

Workbook::~Workbook() {
  if (held_ && held_->book) lxw_workbook_free(held_->book);
}

Workbook::Workbook(Workbook&&) noexcept = default;

void Workbook::sheet(std::string_view name) {
  const std::string plain = sheet_name(name);
  held_->sheet = workbook_add_worksheet(held_->book, plain.empty() ? nullptr : plain.c_str());
  if (!held_->sheet) held_->sheet = workbook_add_worksheet(held_->book, nullptr);
  ANLAN_ASSERT(held_->sheet);
}

void Workbook::text(std::uint32_t row, std::uint16_t column, std::string_view text, Look look, bool bad) {
  const std::string plain = escaped(without_controls(text));
  held_->check(worksheet_write_string(held_->sheet, row, column, plain.c_str(), held_->format(look, bad)));
}

void Workbook::number(std::uint32_t row, std::uint16_t column, double value, bool bad) {
  held_->check(worksheet_write_number(held_->sheet, row, column, value, held_->format(Look::kNumber, bad)));
}

void Workbook::days(std::uint32_t row, std::uint16_t column, double days, Look look, bool bad) {
  held_->check(worksheet_write_number(held_->sheet, row, column, days, held_->format(look, bad)));
}

void Workbook::day(std::uint32_t row, std::uint16_t column, const Day& day, Look look) {
  lxw_datetime when{day.year, day.month, day.day, day.hour, day.minute, static_cast<double>(day.second)};
  held_->check(worksheet_write_datetime(held_->sheet, row, column, &when, held_->format(look, false)));
}

void Workbook::blank(std::uint32_t row, std::uint16_t column, bool bad) {
  held_->check(worksheet_write_blank(held_->sheet, row, column, held_->format(Look::kPlain, bad)));
}

// The library warns of a merge of one cell, which spreadsheet programs repair with a message.
void Workbook::title(std::uint32_t row, std::uint16_t last_column, std::string_view text) {
  const std::string plain = escaped(without_controls(text));
  lxw_format* format = held_->format(Look::kTitle, false);
  held_->check(last_column == 0 ? worksheet_write_string(held_->sheet, row, 0, plain.c_str(), format)
                                : worksheet_merge_range(held_->sheet, row, 0, row, last_column, plain.c_str(), format));
}

void Workbook::row_height(std::uint32_t row, double points) {
  held_->check(worksheet_set_row(held_->sheet, row, points, nullptr));
}

void Workbook::column(std::uint16_t column, double width, Look look) {
  lxw_format* format = look == Look::kPlain ? nullptr : held_->format(look, false);
  held_->check(worksheet_set_column(held_->sheet, column, column, width, format));
}

void Workbook::freeze(std::uint32_t rows, std::uint16_t columns) {
  worksheet_freeze_panes(held_->sheet, rows, columns);
}

void Workbook::filter(std::uint32_t row, std::uint16_t last_column, std::uint32_t last_row) {
  held_->check(worksheet_autofilter(held_->sheet, row, 0, last_row, last_column));
}

void Workbook::note(std::uint32_t row, std::uint16_t column, std::string_view text) {
  lxw_comment_options options{};
  options.width = 260;
  const std::string plain = without_controls(text);
  held_->check(worksheet_write_comment_opt(held_->sheet, row, column, plain.c_str(), &options));
}

// Excel takes a rule of 255 characters at most, and parts its list at commas whatever they are.
void Workbook::choice(std::uint16_t column, std::uint32_t first_row, std::uint32_t last_row, const Choice& choice) {
  std::size_t bytes = 0;
  bool comma = false;
  std::vector<char*> list;  // the library does not write to them
  for (const std::string& one : choice.of) {
    bytes += one.size() + 1;
    comma = comma || one.find_first_of(",\"=") != one.npos;
    list.push_back(const_cast<char*>(one.c_str()));
  }
  list.push_back(nullptr);
  lxw_data_validation rule{};
  const bool is_long = bytes > kLists || comma;
  const std::string column_letter(1, static_cast<char>('A' + held_->long_lists.size() % 26));
  const std::string name =
      held_->long_lists.size() < 26
          ? column_letter
          : std::string(1, static_cast<char>('A' + held_->long_lists.size() / 26 - 1)) + column_letter;
  std::string range = "=_lists!$" + name + "$1:$" + name + "$" + std::to_string(choice.of.size());
  if (is_long) {
    held_->long_lists.push_back(choice);
    rule.validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
    rule.value_formula = range.data();
  } else {
    rule.validate = LXW_VALIDATION_TYPE_LIST;
    rule.value_list = list.data();
  }
  std::string title = choice.title, message = choice.message;
  rule.error_title = title.data();
  rule.error_message = message.data();
  rule.error_type = choice.strict ? LXW_VALIDATION_ERROR_TYPE_STOP : LXW_VALIDATION_ERROR_TYPE_WARNING;
  rule.dropdown = LXW_VALIDATION_DEFAULT;
  held_->check(worksheet_data_validation_range(held_->sheet, first_row, column, last_row, column, &rule));
}

// Rows are written in order, lists stand beside each other.
void Workbook::Held::write_lists() {
  if (long_lists.empty()) return;
  lists = workbook_add_worksheet(book, "_lists");
  if (!lists) return check(LXW_ERROR_SHEETNAME_ALREADY_USED);
  std::size_t rows = 0;
  for (const Choice& list : long_lists) rows = std::max(rows, list.of.size());
  for (std::size_t r = 0; r < rows; ++r)
    for (std::size_t c = 0; c < long_lists.size(); ++c)
      if (r < long_lists[c].of.size())
        check(worksheet_write_string(lists, static_cast<lxw_row_t>(r), static_cast<lxw_col_t>(c),
                                     escaped(long_lists[c].of[r]).c_str(), nullptr));
  worksheet_hide(lists);
}

Result<std::string> Workbook::finish() {
  held_->write_lists();
  const lxw_error closed = workbook_close(std::exchange(held_->book, nullptr));
  held_->check(closed);
  if (held_->error != LXW_NO_ERROR) return Failure{std::string("workbook: ") + lxw_strerror(held_->error)};
  return held_->file.bytes();
}

}  // namespace anlan::workbook
