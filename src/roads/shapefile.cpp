#include <fmt/format.h>
#include <iconv.h>
#include <shapefil.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "base/text.h"
#include "roads/lines.h"

namespace anlan::roads {
namespace {

// The library opens files by name; here it gets those that were read already. Used by one thread at a time.
struct Held {
  const std::string* bytes;
  std::size_t at = 0;
};
thread_local const Shapefile* files_at_hand = nullptr;

// Names are those that are given to the library below.
SAFile open_held(const char* name, const char*) {
  const std::string_view path(name);
  const std::string* bytes = path.ends_with(".shp")   ? &files_at_hand->shp
                             : path.ends_with(".shx") ? &files_at_hand->shx
                             : path.ends_with(".dbf") ? &files_at_hand->dbf
                                                      : nullptr;
  return bytes && !bytes->empty() ? reinterpret_cast<SAFile>(new Held{bytes}) : nullptr;
}
Held& held(SAFile file) { return *reinterpret_cast<Held*>(file); }
// As fread: whole items only.
SAOffset read_held(void* into, SAOffset size, SAOffset count, SAFile file) {
  Held& h = held(file);
  if (size == 0) return 0;
  const SAOffset whole = std::min<SAOffset>(count, (h.bytes->size() - h.at) / size);
  std::memcpy(into, h.bytes->data() + h.at, whole * size);
  h.at += whole * size;
  return whole;
}
SAOffset write_nothing(void*, SAOffset, SAOffset, SAFile) { return 0; }
// As fseek, but never behind the end: the library would go on there as if bytes had come.
SAOffset seek_held(SAFile file, SAOffset offset, int whence) {
  Held& h = held(file);
  const std::size_t from = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? h.at : h.bytes->size();
  const std::size_t to = from + offset;
  if (to > h.bytes->size()) return static_cast<SAOffset>(-1);
  h.at = to;
  return 0;
}
SAOffset tell_held(SAFile file) { return held(file).at; }
int flush_nothing(SAFile) { return 0; }
int close_held(SAFile file) { return delete &held(file), 0; }
int remove_nothing(const char*) { return -1; }
void say_nothing(const char*) {}
double number_of(const char* text) { return std::strtod(text, nullptr); }

SAHooks hooks() {
  return {open_held,     read_held,  write_nothing,  seek_held,   tell_held,
          flush_nothing, close_held, remove_nothing, say_nothing, number_of};
}

std::uint32_t big_endian(const std::string& bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return value;
}
std::uint32_t little_endian(const std::string& bytes, std::size_t at, std::size_t size) {
  std::uint32_t value = 0;
  for (std::size_t i = size; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

// What the library would take memory for on the file's word alone.
constexpr std::size_t kHead = 100, kIndexEntry = 8, kDbfHead = 32;
bool is_index_sound(const std::string& shx) {
  return shx.size() >= kHead && big_endian(shx, 0) == 9994 && std::size_t{big_endian(shx, 24)} * 2 == shx.size() &&
         (shx.size() - kHead) % kIndexEntry == 0;
}
bool is_table_sound(const std::string& dbf) {
  if (dbf.size() < kDbfHead) return false;
  const std::size_t records = little_endian(dbf, 4, 4), head = little_endian(dbf, 8, 2),
                    size = little_endian(dbf, 10, 2);
  return head > kDbfHead && size > 0 && head <= dbf.size() && records <= (dbf.size() - head) / size;
}
// Every record lies in the file and has room for the points and parts that it counts.
bool are_records_sound(const Shapefile& s) {
  for (std::size_t at = kHead; at < s.shx.size(); at += kIndexEntry) {
    const std::size_t begin = std::size_t{big_endian(s.shx, at)} * 2, size = std::size_t{big_endian(s.shx, at + 4)} * 2;
    if (begin < kHead || begin + 8 + size > s.shp.size() || size < 4) return false;
    if (little_endian(s.shp, begin + 8, 4) == SHPT_NULL) continue;
    if (size < 44) return false;
    const std::size_t parts = little_endian(s.shp, begin + 44, 4), points = little_endian(s.shp, begin + 48, 4);
    if (size < 44 + parts * 4 + points * 16) return false;
  }
  return true;
}

// Tables of Chinese surveys are GBK as often as not.
std::string text_of(std::string bytes) {
  while (bytes.ends_with(' ')) bytes.pop_back();
  if (is_utf8(bytes)) return bytes;
  const iconv_t converter = iconv_open("UTF-8", "GB18030");
  if (converter == reinterpret_cast<iconv_t>(-1)) return {};
  std::string text(bytes.size() * 4, '\0');
  char *in = bytes.data(), *out = text.data();
  std::size_t left = bytes.size(), room = text.size();
  const bool done = iconv(converter, &in, &left, &out, &room) != static_cast<std::size_t>(-1);
  iconv_close(converter);
  text.resize(text.size() - room);
  return done ? text : std::string();
}

// The .dbf beside the lines; without one there is no column and every line has the class of unknown words.
class Table {
 public:
  explicit Table(DBFHandle dbf) : dbf_(dbf) {
    for (int i = 0; dbf && i < DBFGetFieldCount(dbf); ++i) {
      char name[XBASE_FLDNAME_LEN_READ + 1] = {};
      DBFGetFieldInfo(dbf, i, name, nullptr, nullptr);
      columns_.try_emplace(lower(text_of(name)), i);
    }
  }
  std::string at(int row, const std::vector<std::string>& names) const {
    if (!dbf_ || row >= DBFGetRecordCount(dbf_)) return {};
    for (const std::string& name : names) {
      const auto column = columns_.find(lower(name));
      if (column == columns_.end() || DBFIsAttributeNULL(dbf_, row, column->second)) continue;
      if (const char* text = DBFReadStringAttribute(dbf_, row, column->second); text && *text) return text_of(text);
    }
    return {};
  }

 private:
  DBFHandle dbf_;
  std::map<std::string, int> columns_;
};

// Each part of a shape is a line of its own.
Outcome<Done> add_shape(const std::string& file, const SHPObject& shape, const Meaning& meaning, Lines& lines) {
  for (int part = 0; part < shape.nParts; ++part) {
    const int begin = shape.panPartStart[part];
    const int end = part + 1 < shape.nParts ? shape.panPartStart[part + 1] : shape.nVertices;
    if (begin < 0 || end < begin || end > shape.nVertices) return refuse_file("shape_broken", file, "parts");
    std::vector<LngLat> points;
    for (int i = begin; i < end; ++i) points.push_back({shape.padfX[i], shape.padfY[i]});
    if (auto added = lines.add(file, points, meaning); !added.ok()) return added;
  }
  return Done();
}

bool is_line(int type) { return type == SHPT_ARC || type == SHPT_ARCZ || type == SHPT_ARCM; }

}  // namespace

Outcome<Done> read_shapefile(const std::string& file, const Shapefile& given, const Rules& rules, Lines& lines) {
  if (given.shp.size() < kHead || !is_index_sound(given.shx)) return refuse_file("shape_broken", file, ".shx");
  if (big_endian(given.shp, 0) != 9994 || std::size_t{big_endian(given.shp, 24)} * 2 != given.shp.size())
    return refuse_file("shape_broken", file, ".shp");
  if (!is_line(static_cast<int>(little_endian(given.shp, 32, 4)))) return refuse_file("shape_type", file);
  if (given.prj.find("PROJCS") != std::string::npos || given.prj.find("PROJCRS") != std::string::npos)
    return refuse_file("projected", file, given.prj.substr(0, given.prj.find(',')));
  if (!given.dbf.empty() && !is_table_sound(given.dbf)) return refuse_file("shape_broken", file, ".dbf");
  if (!are_records_sound(given)) return refuse_file("shape_broken", file, ".shp");
  files_at_hand = &given;
  SAHooks held_files = hooks();
  const std::unique_ptr<std::remove_pointer_t<SHPHandle>, void (*)(SHPHandle)> shp(
      SHPOpenLL("held.shp", "rb", &held_files), SHPClose);
  if (!shp) return refuse_file("shape_broken", file, ".shp");
  const std::unique_ptr<std::remove_pointer_t<DBFHandle>, void (*)(DBFHandle)> dbf(
      given.dbf.empty() ? nullptr : DBFOpenLL("held.dbf", "rb", &held_files), [](DBFHandle h) {
        if (h) DBFClose(h);
      });
  if (!given.dbf.empty() && !dbf) return refuse_file("shape_broken", file, ".dbf");
  const Table table(dbf.get());
  int count = 0;
  SHPGetInfo(shp.get(), &count, nullptr, nullptr, nullptr);
  for (int i = 0; i < count; ++i) {
    const std::unique_ptr<SHPObject, void (*)(SHPObject*)> shape(SHPReadObject(shp.get(), i), SHPDestroyObject);
    if (!shape) return refuse_file("shape_broken", file, fmt::format("{}", i + 1));
    if (!is_line(shape->nSHPType)) {
      lines.leave_out("geometry");
      continue;
    }
    const Columns& c = rules.columns;
    const Words words{table.at(i, c.road_class), table.at(i, c.one_way), table.at(i, c.limit), table.at(i, c.height),
                      table.at(i, c.weight)};
    const auto meaning = meaning_of(words, rules);
    if (!meaning) {
      lines.leave_out("class");
      continue;
    }
    if (!meaning->known) lines.unknown_class(words.road_class);
    if (auto added = add_shape(file, *shape, *meaning, lines); !added.ok()) return added;
  }
  return Done();
}

}  // namespace anlan::roads
