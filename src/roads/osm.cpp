#include <algorithm>
#include <protozero/pbf_reader.hpp>

#include "platform/deflate/deflate.h"
#include "roads/lines.h"

namespace anlan::roads {
namespace {

using protozero::pbf_reader;
using View = protozero::data_view;

// A field of the format by its number and what it holds; of another type it is another field, and skipped.
constexpr std::uint32_t varint(protozero::pbf_tag_type tag) {
  return protozero::tag_and_type(tag, protozero::pbf_wire_type::varint);
}
constexpr std::uint32_t string(protozero::pbf_tag_type tag) {
  return protozero::tag_and_type(tag, protozero::pbf_wire_type::length_delimited);
}

// Limits of the format, and of what a way may have there.
constexpr std::size_t kLargestHead = 64 << 10, kLargestBlob = 32 << 20, kMostNodesOfAWay = 2000;
constexpr double kNano = 1e-9;

// What a reader cannot go on with; caught where reading began.
struct Broken {
  Refusal refusal;
};

// Blob by blob through one file.
class Blobs {
 public:
  Blobs(const std::string& file, Bytes bytes) : file_(file), bytes_(std::move(bytes)) {}

  // The content of the next blob; false at the end.
  bool next(std::string& type, std::string& content) {
    const std::string size = bytes_(4);
    if (size.empty()) return false;
    if (size.size() < 4) broken("end");
    std::size_t length = 0;
    for (const char c : size) length = length << 8 | static_cast<unsigned char>(c);
    if (length > kLargestHead) broken("head");
    const std::string head = take(length);
    std::size_t blob_size = 0;
    type.clear();
    for (pbf_reader reader(head); reader.next();) switch (reader.tag_and_type()) {
        case string(1):
          type = reader.get_string();
          break;
        case varint(3):
          blob_size = static_cast<std::size_t>(std::max(reader.get_int32(), 0));
          break;
        default:
          reader.skip();
      }
    if (type.empty() || blob_size > kLargestBlob + kLargestHead) broken("head");
    content = inflated(take(blob_size));
    return true;
  }
  [[noreturn]] void broken(const char* what) const { throw Broken{refuse_file("osm_broken", file_, what)}; }
  [[noreturn]] void unsupported(const std::string& what) const {
    throw Broken{refuse_file("osm_feature", file_, what)};
  }

 private:
  // So many bytes; an extract that ends before is cut off.
  std::string take(std::size_t size) {
    std::string bytes = bytes_(size);
    if (bytes.size() != size) broken("end");
    return bytes;
  }
  // Never more than the format allows, and never more than the blob says of itself.
  std::string inflated(const std::string& blob) const {
    std::optional<std::string> content;
    std::size_t raw_size = 0;
    View packed;
    for (pbf_reader reader(blob); reader.next();) switch (reader.tag_and_type()) {
        case string(1):
          content = reader.get_string();
          break;
        case varint(2):
          raw_size = static_cast<std::size_t>(std::max(reader.get_int32(), 0));
          break;
        case string(3):
          packed = reader.get_view();
          break;
        case string(4):
        case string(5):
        case string(6):
        case string(7):
          unsupported("compression");
        default:
          reader.skip();
      }
    if (content) return *std::move(content);
    if (raw_size > kLargestBlob) broken("size");
    auto unpacked = deflate::unpack({packed.data(), packed.size()}, raw_size);
    if (!unpacked || unpacked->size() != raw_size) broken("deflate");
    return *std::move(unpacked);
  }

  const std::string& file_;
  Bytes bytes_;
};

// Of ways that are roads: what they mean, and the numbers that their places have in the file.
struct WayOfNodes {
  Meaning meaning;
  std::uint32_t end;  // in Reading::refs_; it begins where the one before ends
};

// Twice through the file, since ways name nodes by number, and nodes may stand before them or behind. Only places of
// roads are kept: one node in five, or fewer.
class Reading {
 public:
  Reading(const std::string& file, const Opening& open, const Rules& rules, Lines& lines)
      : file_(file), open_(open), rules_(rules), lines_(lines) {}

  Outcome<Done> run() {
    each_block([&](const std::string& block) { read_ways(block); });
    if (ways_.empty()) return refuse_file("empty", file_);
    wanted_ = refs_;
    std::ranges::sort(wanted_);
    wanted_.erase(std::unique(wanted_.begin(), wanted_.end()), wanted_.end());
    places_.assign(wanted_.size(), {kNowhere, 0});
    each_block([&](const std::string& block) { read_nodes(block); });
    return add_ways();
  }

 private:
  static constexpr double kNowhere = 1000;
  struct Table {
    std::vector<View> words;
    std::vector<View> groups;
    std::int64_t granularity = 100, lat_offset = 0, lng_offset = 0;
  };

  template <class Visit>
  void each_block(Visit&& visit) {
    Blobs blobs(file_, open_());
    std::string type, content;
    bool headed = false;
    while (blobs.next(type, content)) {
      if (type == "OSMHeader") {
        headed = true;
        check_header(blobs, content);
      } else if (type == "OSMData") {
        if (!headed) blobs.broken("head");
        visit(content);
      }
    }
    if (!headed) blobs.broken("end");
  }
  // What a file requires and this reader does not know would be read wrongly: history has several versions of a way.
  static void check_header(const Blobs& blobs, const std::string& header) {
    for (pbf_reader reader(header); reader.next();) {
      if (reader.tag_and_type() != string(4)) {
        reader.skip();
        continue;
      }
      const std::string feature = reader.get_string();
      if (feature != "OsmSchema-V0.6" && feature != "DenseNodes") blobs.unsupported(feature.substr(0, 80));
    }
  }
  static Table table_of(const std::string& block) {
    Table table;
    for (pbf_reader reader(block); reader.next();) switch (reader.tag_and_type()) {
        case string(1):
          for (pbf_reader words = reader.get_message(); words.next(1, protozero::pbf_wire_type::length_delimited);)
            table.words.push_back(words.get_view());
          break;
        case string(2):
          table.groups.push_back(reader.get_view());
          break;
        case varint(17):
          table.granularity = reader.get_int32();
          break;
        case varint(19):
          table.lat_offset = reader.get_int64();
          break;
        case varint(20):
          table.lng_offset = reader.get_int64();
          break;
        default:
          reader.skip();
      }
    return table;
  }

  void read_ways(const std::string& block) {
    const Table table = table_of(block);
    for (const View group : table.groups)
      for (pbf_reader reader(group); reader.next();) {
        if (reader.tag_and_type() == string(3))
          read_way(table, reader.get_message());
        else
          reader.skip();
      }
  }
  // Numbers of nodes come as differences.
  void read_way(const Table& table, pbf_reader way) {
    std::vector<std::uint32_t> keys, values;
    std::vector<std::int64_t> refs;
    while (way.next()) switch (way.tag_and_type()) {
        case string(2):
          for (const auto key : way.get_packed_uint32()) keys.push_back(key);
          break;
        case string(3):
          for (const auto value : way.get_packed_uint32()) values.push_back(value);
          break;
        case string(8):
          for (const std::int64_t delta : way.get_packed_sint64())
            refs.push_back(static_cast<std::int64_t>(static_cast<std::uint64_t>(refs.empty() ? 0 : refs.back()) +
                                                     static_cast<std::uint64_t>(delta)));
          break;
        default:
          way.skip();
      }
    if (keys.size() != values.size()) throw Broken{refuse_file("osm_broken", file_, "tags")};
    const auto word = [&](std::uint32_t number) {
      if (number >= table.words.size()) throw Broken{refuse_file("osm_broken", file_, "tags")};
      return std::string_view(table.words[number].data(), table.words[number].size());
    };
    std::map<std::string_view, std::string_view> tags;
    for (std::size_t i = 0; i < keys.size(); ++i) tags[word(keys[i])] = word(values[i]);
    if (const auto meaning = meaning_of_tags(tags)) take(*meaning, refs);
  }
  // Known classes only: what else bears a "highway" is a crossing, a lift, a plan.
  std::optional<Meaning> meaning_of_tags(const std::map<std::string_view, std::string_view>& tags) const {
    const auto at = [&](const char* key) {
      const auto found = tags.find(key);
      return found == tags.end() ? std::string() : std::string(found->second);
    };
    Words words{at("highway"), at("oneway"), at("maxspeed"), at("maxheight"), at("maxweight")};
    if (words.road_class.empty() && at("route") == "ferry") words.road_class = "ferry";
    if (words.road_class.empty() || !rules_.classes.contains(words.road_class) || at("area") == "yes")
      return std::nullopt;
    const auto shut = [&](const char* key) {
      return std::ranges::find(rules_.forbidden, at(key)) != rules_.forbidden.end();
    };
    if ((shut("access") || shut("vehicle") || shut("motor_vehicle")) && at("emergency") != "yes") return std::nullopt;
    // Motorways and roundabouts are one-way where nothing else is said.
    const bool round = at("junction") == "roundabout" || at("junction") == "circular";
    if (words.one_way.empty() && (round || words.road_class == "motorway")) words.one_way = "yes";
    return meaning_of(words, rules_);
  }
  void take(const Meaning& meaning, const std::vector<std::int64_t>& refs) {
    if (refs.size() > kMostNodesOfAWay)
      throw Broken{refuse_file("line_too_long", file_, std::to_string(kMostNodesOfAWay))};
    if (ways_.size() >= kMostLines || refs_.size() + refs.size() > kMostPlaces)
      throw Broken{refuse_file("too_many", file_, std::to_string(kMostLines))};
    refs_.insert(refs_.end(), refs.begin(), refs.end());
    ways_.push_back({meaning, static_cast<std::uint32_t>(refs_.size())});
  }

  void read_nodes(const std::string& block) {
    const Table table = table_of(block);
    for (const View group : table.groups)
      for (pbf_reader reader(group); reader.next();) {
        if (reader.tag_and_type() == string(1))
          read_node(table, reader.get_message());
        else if (reader.tag_and_type() == string(2))
          read_dense(table, reader.get_message());
        else
          reader.skip();
      }
  }
  void read_node(const Table& table, pbf_reader node) {
    std::int64_t id = 0, lat = 0, lng = 0;
    while (node.next()) switch (node.tag_and_type()) {
        case varint(1):
          id = node.get_sint64();
          break;
        case varint(8):
          lat = node.get_sint64();
          break;
        case varint(9):
          lng = node.get_sint64();
          break;
        default:
          node.skip();
      }
    place(table, id, lat, lng);
  }
  void read_dense(const Table& table, pbf_reader dense) {
    protozero::iterator_range<pbf_reader::const_sint64_iterator> ids, lats, lngs;
    while (dense.next()) switch (dense.tag_and_type()) {
        case string(1):
          ids = dense.get_packed_sint64();
          break;
        case string(8):
          lats = dense.get_packed_sint64();
          break;
        case string(9):
          lngs = dense.get_packed_sint64();
          break;
        default:
          dense.skip();
      }
    // Sums of what a hostile file says may run over; they do so without harm.
    std::uint64_t id = 0, lat = 0, lng = 0;
    auto a = lats.begin(), o = lngs.begin();
    for (auto i = ids.begin(); i != ids.end(); ++i, ++a, ++o) {
      if (a == lats.end() || o == lngs.end()) throw Broken{refuse_file("osm_broken", file_, "nodes")};
      id += static_cast<std::uint64_t>(*i), lat += static_cast<std::uint64_t>(*a),
          lng += static_cast<std::uint64_t>(*o);
      place(table, static_cast<std::int64_t>(id), static_cast<std::int64_t>(lat), static_cast<std::int64_t>(lng));
    }
  }
  // Most nodes are no places of roads.
  void place(const Table& table, std::int64_t id, std::int64_t lat, std::int64_t lng) {
    const auto found = std::ranges::lower_bound(wanted_, id);
    if (found == wanted_.end() || *found != id) return;
    const auto degrees = [&](std::int64_t offset, std::int64_t value) {
      return kNano *
             (static_cast<double>(offset) + static_cast<double>(table.granularity) * static_cast<double>(value));
    };
    places_[static_cast<std::size_t>(found - wanted_.begin())] = {degrees(table.lng_offset, lng),
                                                                  degrees(table.lat_offset, lat)};
  }

  Outcome<Done> add_ways() {
    std::uint32_t begin = 0;
    std::vector<LngLat> points;
    for (const WayOfNodes& way : ways_) {
      points.clear();
      // Where a place is not in the extract, the line before and the line after are two.
      const auto finish = [&]() -> Outcome<Done> {
        if (points.size() < 2) return points.clear(), Done();
        auto added = lines_.add(file_, points, way.meaning);
        points.clear();
        return added;
      };
      for (std::uint32_t i = begin; i < way.end; ++i) {
        const LngLat p =
            places_[static_cast<std::size_t>(std::ranges::lower_bound(wanted_, refs_[i]) - wanted_.begin())];
        if (p.lng != kNowhere) {
          points.push_back(p);
        } else if (auto added = finish(); !added.ok()) {
          return added;
        }
      }
      if (auto added = finish(); !added.ok()) return added;
      begin = way.end;
    }
    return Done();
  }

  const std::string& file_;
  const Opening& open_;
  const Rules& rules_;
  Lines& lines_;
  std::vector<WayOfNodes> ways_;
  std::vector<std::int64_t> refs_, wanted_;
  std::vector<LngLat> places_;
};

}  // namespace

Outcome<Done> read_osm(const std::string& file, const Opening& open, const Rules& rules, Lines& lines) {
  try {
    return Reading(file, open, rules, lines).run();
  } catch (const Broken& broken) {
    return broken.refusal;
  } catch (const protozero::exception&) {
    return refuse_file("osm_broken", file, "protobuf");
  }
}

}  // namespace anlan::roads
