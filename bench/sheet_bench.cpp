// Reading and checking a sheet of 50,000 rows of ten columns, beside inflating its bytes alone and parsing them by
// libxml2 alone; writing it, beside
// libxlsxwriter alone; and what memory each adds. Argument: rows.

#include <fmt/format.h>
#include <libxml/parser.h>
#include <sys/resource.h>
#include <xlsxwriter.h>
#include <zip.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <functional>

#include "sheet/head.h"
#include "sheet/table.h"
#include "sheet/values.h"

namespace anlan::bench {
namespace {

using Steady = std::chrono::steady_clock;
using sheet::Moment;
using sheet::Value;
constexpr int kRounds = 5;

double ms_since(Steady::time_point start) {
  return std::chrono::duration<double, std::milli>(Steady::now() - start).count();
}

void print(const std::string& name, double value, const char* unit, double reference) {
  fmt::print("{:<48} {:>12.3f} {:<8} {:>12.3f} {:>8.3f}\n", name, value, unit, reference, value / reference);
  std::fflush(stdout);
}

[[noreturn]] void give_up(const std::string& what) {
  fmt::print(stderr, "bench: {}\n", what);
  std::exit(1);
}

double best_ms(const std::function<void()>& work) {
  double best = 1e12;
  for (int round = 0; round < kRounds; ++round) {
    const auto start = Steady::now();
    work();
    best = std::min(best, ms_since(start));
  }
  return best;
}

double most_memory_mib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

const sheet::Words& words() {
  const auto file = [](const char* name) {
    std::ifstream in(std::string(ANLAN_SOURCE_DIR "/data/sheet/") + name, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  };
  static const sheet::Words kWords = sheet::Words::read(file("words.tsv"), file("units.tsv")).value();
  return kWords;
}

std::string text_of(std::size_t row, const char* what) { return fmt::format("{}{}", what, row); }

std::string written(std::size_t rows) {
  sheet::Layout layout{"队伍", "应急队伍", {}, "", "", 10};
  for (const char* label : {"名称", "编号", "电话", "人数", "成立日期", "经度", "纬度", "面积", "保险", "备注"})
    layout.columns.push_back({label});
  sheet::Table table(layout);
  std::vector<Value> values(10);
  for (std::size_t r = 0; r < rows; ++r) {
    const auto n = static_cast<double>(r);
    values = {text_of(r, "救援队"),
              text_of(r, "A"),
              std::to_string(13900000000 + r),
              10 + n / 7,
              Moment{2024, 3, 5},
              119 + n / 1e6,
              36 + n / 1e6,
              text_of(r, "约") + "平方米",
              std::string("是"),
              text_of(r % 100, "备注")};
    table.row(values);
  }
  return table.finish().value();
}

// The same cells by the library alone, in the form that keeps no rows in memory.
void write_bare(std::size_t rows) {
  lxw_workbook_options options{};
  options.constant_memory = LXW_TRUE;
  lxw_workbook* book = workbook_new_opt("/dev/null", &options);
  lxw_worksheet* page = workbook_add_worksheet(book, nullptr);
  lxw_format* date = workbook_add_format(book);
  format_set_num_format(date, "yyyy-mm-dd");
  for (std::size_t r = 0; r < rows; ++r) {
    const auto row = static_cast<lxw_row_t>(r);
    const auto n = static_cast<double>(r);
    lxw_datetime day{2024, 3, 5, 0, 0, 0};
    worksheet_write_string(page, row, 0, text_of(r, "救援队").c_str(), nullptr);
    worksheet_write_string(page, row, 1, text_of(r, "A").c_str(), nullptr);
    worksheet_write_string(page, row, 2, std::to_string(13900000000 + r).c_str(), nullptr);
    worksheet_write_number(page, row, 3, 10 + n / 7, nullptr);
    worksheet_write_datetime(page, row, 4, &day, date);
    worksheet_write_number(page, row, 5, 119 + n / 1e6, nullptr);
    worksheet_write_number(page, row, 6, 36 + n / 1e6, nullptr);
    worksheet_write_string(page, row, 7, (text_of(r, "约") + "平方米").c_str(), nullptr);
    worksheet_write_string(page, row, 8, "是", nullptr);
    worksheet_write_string(page, row, 9, text_of(r % 100, "备注").c_str(), nullptr);
  }
  workbook_close(book);
}

std::size_t inflate_bare(const std::string& bytes) {
  zip_error_t error;
  zip_t* archive = zip_open_from_source(zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error), 0, &error);
  zip_file_t* file = zip_fopen(archive, "xl/worksheets/sheet1.xml", 0);
  std::vector<char> chunk(1 << 16);
  std::size_t all = 0;
  for (zip_int64_t got; (got = zip_fread(file, chunk.data(), chunk.size())) > 0;) all += static_cast<std::size_t>(got);
  zip_fclose(file);
  zip_discard(archive);
  return all;
}

// The same bytes through libxml2's push parser, whose events nobody hears.
void parse_bare(const std::string& bytes) {
  zip_error_t error;
  zip_t* archive = zip_open_from_source(zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error), 0, &error);
  zip_file_t* file = zip_fopen(archive, "xl/worksheets/sheet1.xml", 0);
  xmlSAXHandler handler{};
  handler.initialized = XML_SAX2_MAGIC;
  handler.startElementNs = [](void*, const xmlChar*, const xmlChar*, const xmlChar*, int, const xmlChar**, int, int,
                              const xmlChar**) {};
  xmlParserCtxt* parser = xmlCreatePushParserCtxt(&handler, nullptr, nullptr, 0, nullptr);
  std::vector<char> chunk(1 << 14);
  for (zip_int64_t got; (got = zip_fread(file, chunk.data(), chunk.size())) > 0;)
    xmlParseChunk(parser, chunk.data(), static_cast<int>(got), 0);
  xmlParseChunk(parser, nullptr, 0, 1);
  if (!parser->wellFormed) give_up("the sheet is not well-formed");
  xmlFreeParserCtxt(parser);
  zip_fclose(file);
  zip_discard(archive);
}

template <class T>
bool holds(const sheet::Reading<T>& reading) {
  return reading.ok() && reading.value();
}

bool is_right(const sheet::Row& row) {
  return holds(sheet::read_text(row[0])) && holds(sheet::read_code(row[1])) &&
         holds(sheet::read_telephone(row[2], words())) && holds(sheet::read_number(row[3], words(), {"人"})) &&
         holds(sheet::read_moment(row[4], words())) && holds(sheet::read_point(row[5], row[6], words())) &&
         holds(sheet::read_number(row[7], words(), {"平方米"})) && holds(sheet::read_yes_no(row[8], words())) &&
         holds(sheet::read_text(row[9]));
}

// Rows of data; with `check`, every cell is made a value.
std::size_t read_rows(const std::string& bytes, bool check) {
  const auto book = sheet::Book::open(bytes);
  const auto rows = (*book)->rows(0);
  std::size_t count = 0;
  for (sheet::Row row;;) {
    const auto more = (*rows)->next(row);
    if (!more.ok()) give_up(more.error().code);
    if (!*more) return count;
    if (row.number <= 2) continue;
    if (check && !is_right(row)) give_up("row " + std::to_string(row.number) + " is at fault");
    ++count;
  }
}

void run(std::size_t rows) {
  const double at_first = most_memory_mib();
  const std::string bytes = written(rows);
  const double with_file = most_memory_mib();
  if (read_rows(bytes, true) != rows) give_up("rows are missing");
  const double with_rows = most_memory_mib();
  const auto file_mib = static_cast<double>(bytes.size()) / (1 << 20);
  std::size_t inflated = 0;
  const double bare = best_ms([&] { inflated = inflate_bare(bytes); });
  const std::string of = fmt::format("{}_rows", rows);
  const double parsed = best_ms([&] { parse_bare(bytes); });
  const double read = best_ms([&] { read_rows(bytes, false); }), checked = best_ms([&] { read_rows(bytes, true); });
  print("sheet.read." + of + " (inflating alone)", read, "ms", bare);
  print("sheet.read." + of + " (libxml2 alone)", read, "ms", parsed);
  print("sheet.read_and_check." + of + " (inflating alone)", checked, "ms", bare);
  print("sheet.read_and_check." + of + " (libxml2 alone)", checked, "ms", parsed);
  const double bare_write = best_ms([&] { write_bare(rows); });
  print("sheet.write." + of + " (libxlsxwriter alone)", best_ms([&] { written(rows); }), "ms", bare_write);
  print("sheet.memory.writing (the file)", with_file - at_first, "MiB", file_mib);
  print("sheet.memory.reading (the sheet inflated)", with_rows - with_file, "MiB",
        static_cast<double>(inflated) / (1 << 20));
}

}  // namespace
}  // namespace anlan::bench

int main(int argc, char** argv) { anlan::bench::run(argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 50'000); }
