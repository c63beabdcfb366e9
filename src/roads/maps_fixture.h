#pragma once
// Maps of roads in their files' forms, written by the tests themselves.

#include <filesystem>
#include <fstream>
#include <protozero/pbf_writer.hpp>

#include "platform/deflate/deflate.h"
#include "roads/lines.h"

namespace anlan::roads {

inline Rules test_rules() {
  using road::Class;
  Rules rules;
  rules.profile = {{100, 75, 60, 50, 40, 30, 25, 15, 15, 10}, 1, 5, 2000};
  rules.classes = {{"motorway", Class::kMotorway},
                   {"primary", Class::kPrimary},
                   {"motorway_link", Class::kMotorway},
                   {"trunk", Class::kTrunk},
                   {"secondary", Class::kSecondary},
                   {"tertiary", Class::kTertiary},
                   {"unclassified", Class::kMinor},
                   {"residential", Class::kResidential},
                   {"living_street", Class::kResidential},
                   {"service", Class::kService},
                   {"track", Class::kTrack},
                   {"ferry", Class::kFerry},
                   {"国道", Class::kTrunk},
                   {"footway", std::nullopt}};
  rules.otherwise = Class::kMinor;
  rules.forward = {"yes", "true", "1"};
  rules.backward = {"-1"};
  rules.forbidden = {"no"};
  rules.columns = {{"highway", "道路等级"}, {"oneway"}, {"maxspeed"}, {"maxheight"}, {"maxweight"}};
  rules.osm_attribution = "the mappers";
  return rules;
}

inline Opening opening(std::string bytes) {
  return [bytes = std::move(bytes)]() -> Bytes {
    return [&bytes, at = std::size_t{0}](std::size_t most) mutable {
      std::string piece = bytes.substr(at, most);
      at += piece.size();
      return piece;
    };
  };
}

// An OpenStreetMap extract, block by block.
class Osm {
 public:
  using Tags = std::vector<std::pair<std::string, std::string>>;
  struct OsmNode {
    std::int64_t id;
    LngLat place;
  };

  Osm() { header({"OsmSchema-V0.6", "DenseNodes"}); }
  explicit Osm(const std::vector<std::string>& features) { header(features); }

  Osm& dense(const std::vector<OsmNode>& nodes) {
    std::vector<std::int64_t> ids, lats, lngs;
    std::int64_t id = 0, lat = 0, lng = 0;
    for (const OsmNode& n : nodes) {
      const auto spot = road::spot(n.place);
      ids.push_back(n.id - id), lats.push_back(spot.lat - lat), lngs.push_back(spot.lng - lng);
      id = n.id, lat = spot.lat, lng = spot.lng;
    }
    return group([&](protozero::pbf_writer& group) {
      protozero::pbf_writer dense(group, 2);
      dense.add_packed_sint64(1, ids.begin(), ids.end());
      dense.add_packed_sint64(8, lats.begin(), lats.end());
      dense.add_packed_sint64(9, lngs.begin(), lngs.end());
    });
  }
  Osm& plain(const OsmNode& n) {
    return group([&](protozero::pbf_writer& group) {
      protozero::pbf_writer node(group, 1);
      node.add_sint64(1, n.id);
      node.add_sint64(8, road::spot(n.place).lat);
      node.add_sint64(9, road::spot(n.place).lng);
    });
  }
  Osm& way(const std::vector<std::int64_t>& refs, const Tags& tags) {
    words_ = {""};
    std::vector<std::uint32_t> keys, values;
    for (const auto& [key, value] : tags) {
      words_.push_back(key), keys.push_back(static_cast<std::uint32_t>(words_.size() - 1));
      words_.push_back(value), values.push_back(static_cast<std::uint32_t>(words_.size() - 1));
    }
    return way_of(refs, keys, values);
  }
  Osm& way_of(const std::vector<std::int64_t>& refs, const std::vector<std::uint32_t>& keys,
              const std::vector<std::uint32_t>& values) {
    std::vector<std::int64_t> deltas;
    for (std::size_t i = 0; i < refs.size(); ++i) deltas.push_back(i == 0 ? refs[0] : refs[i] - refs[i - 1]);
    return group([&](protozero::pbf_writer& group) {
      protozero::pbf_writer way(group, 3);
      way.add_int64(1, 1);
      way.add_packed_uint32(2, keys.begin(), keys.end());
      way.add_packed_uint32(3, values.begin(), values.end());
      way.add_packed_sint64(8, deltas.begin(), deltas.end());
    });
  }
  // `raw_size`: what the blob says of its size; that of the block unless told.
  Osm& blob(const std::string& type, const std::string& content, std::optional<std::int32_t> raw_size = {}) {
    std::string packed;
    protozero::pbf_writer writer(packed);
    writer.add_int32(2, raw_size.value_or(static_cast<std::int32_t>(content.size())));
    writer.add_bytes(3, deflate::pack(content));
    std::string head;
    protozero::pbf_writer head_writer(head);
    head_writer.add_string(1, type);
    head_writer.add_int32(3, static_cast<std::int32_t>(packed.size()));
    for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(head.size() >> shift & 0xff);
    bytes += head + packed;
    return *this;
  }
  std::string bytes;

 private:
  void header(const std::vector<std::string>& features) {
    std::string block;
    protozero::pbf_writer writer(block);
    for (const std::string& feature : features) writer.add_string(4, feature);
    blob("OSMHeader", block);
  }
  template <class Fill>
  Osm& group(Fill&& fill) {
    std::string block;
    protozero::pbf_writer writer(block);
    {
      protozero::pbf_writer table(writer, 1);
      for (const std::string& word : words_) table.add_string(1, word);
    }
    {
      protozero::pbf_writer one(writer, 2);
      fill(one);
    }
    return blob("OSMData", block);
  }

  std::vector<std::string> words_{""};
};

// A folder of its own that goes with it.
class Folder {
 public:
  explicit Folder(const std::string& name) : path(std::filesystem::temp_directory_path() / ("anlan_roads_" + name)) {
    std::filesystem::remove_all(path);
    std::filesystem::create_directories(path);
  }
  ~Folder() { std::filesystem::remove_all(path); }
  std::string put(const std::string& name, const std::string& bytes) const {
    std::ofstream(path / name, std::ios::binary) << bytes;
    return (path / name).string();
  }
  std::filesystem::path path;
};

}  // namespace anlan::roads
